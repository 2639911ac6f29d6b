import { useState } from 'react'
import { useMutation } from 'urql'
import type { ConsoleOfflineMessageFragment } from '../../generated/graphql.ts'
import { DiscardMutation, RetryMutation } from '../documents.ts'
import { Timestamp } from '../ui/timestamp.tsx'
import { stateLabels } from './state-labels.ts'

interface DeliveryProps {
  readonly message: ConsoleOfflineMessageFragment
  readonly onChanged: (message: ConsoleOfflineMessageFragment) => void
}

/** The delivery state of a message, and the actions after a failure. */
export function Delivery({ message, onChanged }: DeliveryProps) {
  const [{ fetching: isRetrying }, retry] = useMutation(RetryMutation)
  const [{ fetching: isDiscarding }, discard] = useMutation(DiscardMutation)
  const [error, setError] = useState<string | null>(null)
  const { state, attempts, lastError, nextAttemptAt } = message.delivery
  if (state === 'RECEIVED') return null
  const isBusy = isRetrying || isDiscarding
  const isStuck = state === 'UNCONFIRMED' || state === 'FAILED'
  const input = { offlineMessageId: message.id }
  const applyResult = (result: MutationResult | undefined) => {
    if (result?.offlineMessage) onChanged(result.offlineMessage)
    setError(result?.offlineMessage ? null : (result?.detail ?? 'That did not work.'))
  }
  return (
    <div className="delivery">
      <span className={`state ${state.toLowerCase()}`}>{stateLabels[state]}</span>
      {attempts > 1 && <span className="faint">{attempts} attempts</span>}
      {nextAttemptAt && (
        <span className="faint">
          next at <Timestamp at={nextAttemptAt} />
        </span>
      )}
      {lastError && <span className="faint">{lastError}</span>}
      {isStuck && (
        <button
          type="button"
          className="quiet"
          disabled={isBusy}
          onClick={() => void retry({ input }).then(({ data }) => applyResult(data?.retryOfflineMessage))}
        >
          {state === 'UNCONFIRMED' ? 'Send again, though it may have arrived' : 'Send again'}
        </button>
      )}
      {(isStuck || state === 'QUEUED') && (
        <button
          type="button"
          className="quiet"
          disabled={isBusy}
          onClick={() => void discard({ input }).then(({ data }) => applyResult(data?.discardOfflineMessage))}
        >
          Discard
        </button>
      )}
      {error !== null && (
        <span role="alert" className="error">
          {error}
        </span>
      )}
    </div>
  )
}

/** The result of both mutations. */
interface MutationResult {
  readonly offlineMessage?: ConsoleOfflineMessageFragment
  readonly detail?: string
}
