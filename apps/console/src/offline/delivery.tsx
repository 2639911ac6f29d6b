import type { ConsoleOfflineMessageFragment } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { DiscardMutation, RetryMutation } from '../documents.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { failureOf, isOutcomeUnknown } from '../ui/failure.ts'
import { FailureNote } from '../ui/failure-note.tsx'
import { useAction } from '../ui/use-action.ts'

interface DeliveryProps {
  readonly message: ConsoleOfflineMessageFragment
  readonly onChanged: (message: ConsoleOfflineMessageFragment) => void
  /** Reads the list again. */
  readonly onRefresh: () => void
}

/** The delivery state of a message, and the actions after a failure. */
export function Delivery({ message, onChanged, onRefresh }: DeliveryProps) {
  const { offline } = useTexts()
  const formats = useFormats()
  const client = useClient()
  const { isBusy, failure, run, retry, dismiss } = useAction(async () => {})
  const { state, attempts, lastError, nextAttemptAt } = message.delivery
  if (state === 'RECEIVED') return null
  const isStuck = state === 'UNCONFIRMED' || state === 'FAILED'
  const input = { offlineMessageId: message.id }
  const sendAgain = async () => {
    const outcome = await client.mutate(RetryMutation, { input })
    if (outcome.status === 'done') onChanged(outcome.payload.offlineMessage)
    return failureOf(outcome)
  }
  const discard = async () => {
    const outcome = await client.mutate(DiscardMutation, { input })
    if (outcome.status === 'done') onChanged(outcome.payload.offlineMessage)
    return failureOf(outcome)
  }
  return (
    <div className="delivery">
      <p className="delivery-facts">
        <span className={`state ${state.toLowerCase()}`}>{offline.states[state]}</span>
        {attempts > 1 && <span className="faint">{offline.attempts(attempts)}</span>}
        {nextAttemptAt && (
          <time className="faint" dateTime={nextAttemptAt} title={formats.full(nextAttemptAt)}>
            {offline.nextAttempt(formats.short(nextAttemptAt))}
          </time>
        )}
        {lastError && <span className="faint">{lastError}</span>}
      </p>
      {state === 'UNCONFIRMED' && <p className="hint">{offline.unconfirmed}</p>}
      <p className="delivery-actions">
        {isStuck && (
          <button type="button" className="quiet small" disabled={isBusy} onClick={() => run(sendAgain)}>
            {state === 'UNCONFIRMED' ? offline.sendAgainUnconfirmed : offline.sendAgain}
          </button>
        )}
        {(isStuck || state === 'QUEUED') && (
          <button type="button" className="quiet small" disabled={isBusy} onClick={() => run(discard)}>
            {offline.discard}
          </button>
        )}
      </p>
      <FailureNote failure={failure} onRetry={retry} onDismiss={dismiss}>
        {failure && (failure.code === 'CONFLICT' || isOutcomeUnknown(failure)) && (
          <button type="button" className="quiet small" onClick={onRefresh}>
            {offline.readAgain}
          </button>
        )}
      </FailureNote>
    </div>
  )
}
