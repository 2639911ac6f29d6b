import { useState } from 'react'
import { useMutation } from 'urql'
import type { ConsoleOfflineMessageFragment } from '../../generated/graphql.ts'
import { DiscardMutation, RetryMutation } from '../documents.ts'
import { Moment } from '../ui/timestamp.tsx'
import { states } from './state-labels.ts'

interface DeliveryProps {
  readonly message: ConsoleOfflineMessageFragment
  readonly onChanged: (message: ConsoleOfflineMessageFragment) => void
}

/** How far a message has come, and what can be done where it came no further. */
export function Delivery({ message, onChanged }: DeliveryProps) {
  const [{ fetching: isRetrying }, retry] = useMutation(RetryMutation)
  const [{ fetching: isDiscarding }, discard] = useMutation(DiscardMutation)
  const [fault, setFault] = useState<string | null>(null)
  const { state, attempts, lastError, nextAttemptAt } = message.delivery
  if (state === 'RECEIVED') return null
  const isBusy = isRetrying || isDiscarding
  const isStuck = state === 'UNCONFIRMED' || state === 'FAILED'
  const input = { offlineMessageId: message.id }
  const settle = (result: Settled | undefined) => {
    if (result?.offlineMessage) onChanged(result.offlineMessage)
    setFault(result?.offlineMessage ? null : (result?.detail ?? 'That did not work.'))
  }
  return (
    <div className="delivery">
      <span className={`state ${state.toLowerCase()}`}>{states[state]}</span>
      {attempts > 1 && <span className="faint">{attempts} attempts</span>}
      {nextAttemptAt && (
        <span className="faint">
          next at <Moment at={nextAttemptAt} />
        </span>
      )}
      {lastError && <span className="faint">{lastError}</span>}
      {isStuck && (
        <button
          type="button"
          className="quiet"
          disabled={isBusy}
          onClick={() => void retry({ input }).then(({ data }) => settle(data?.retryOfflineMessage))}
        >
          {state === 'UNCONFIRMED' ? 'Send again, though it may have arrived' : 'Send again'}
        </button>
      )}
      {(isStuck || state === 'QUEUED') && (
        <button
          type="button"
          className="quiet"
          disabled={isBusy}
          onClick={() => void discard({ input }).then(({ data }) => settle(data?.discardOfflineMessage))}
        >
          Discard
        </button>
      )}
      {fault !== null && (
        <span role="alert" className="fault">
          {fault}
        </span>
      )}
    </div>
  )
}

/** What both mutations answer: the message as it is now, or why not. */
interface Settled {
  readonly offlineMessage?: ConsoleOfflineMessageFragment
  readonly detail?: string
}
