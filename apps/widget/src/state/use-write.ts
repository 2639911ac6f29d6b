import type { Outcome } from '@switchboard/client'
import { useState } from 'preact/hooks'
import { useEnvironment } from '../environment.ts'
import type { Failure } from '../gateway/gateway.ts'

/** What a form writes, one thing at a time. */
export interface Writing {
  readonly isBusy: boolean
  /** Why the last write failed; null if it did not. */
  readonly failure: Failure | null
  /** Waits for a write. Returns its outcome. */
  readonly follow: <Payload>(write: Promise<Outcome<Payload>>) => Promise<Outcome<Payload>>
}

/** Says how the writes of a form go. */
export function useWrite(): Writing {
  const { gateway } = useEnvironment()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const follow: Writing['follow'] = async (write) => {
    setBusy(true)
    const outcome = await write
    setFailure(await gateway.failureOf(outcome))
    setBusy(false)
    return outcome
  }
  return { isBusy, failure, follow }
}
