import { useCallback, useRef, useState } from 'react'
import { type Failure, isOutcomeUnknown } from './failure.ts'

/** Sends a mutation. Resolves with its failure; with null if it succeeded. */
export type Action = () => Promise<Failure | null>

export interface ActionState {
  readonly isBusy: boolean
  /** The failure of the last action; null if it succeeded, or while the next one runs. */
  readonly failure: Failure | null
  readonly run: (action: Action) => void
  /** Runs the last action again. */
  readonly retry: () => void
  readonly dismiss: () => void
}

/**
 * Runs one action at a time. `onSettled` is called after each action that changed something, or may have: its caller reads the
 * current state. An action that starts while another one runs is ignored.
 */
export function useAction(onSettled: () => Promise<unknown>): ActionState {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const running = useRef(false)
  const last = useRef<Action | null>(null)
  const run = useCallback(
    (action: Action) => {
      if (running.current) return
      running.current = true
      last.current = action
      setBusy(true)
      setFailure(null)
      void action().then(async (failed) => {
        if (failed === null || isOutcomeUnknown(failed)) await onSettled()
        running.current = false
        setBusy(false)
        setFailure(failed)
      })
    },
    [onSettled],
  )
  const retry = useCallback(() => {
    if (last.current) run(last.current)
  }, [run])
  return { isBusy, failure, run, retry, dismiss: () => setFailure(null) }
}
