import { type ReactNode, useEffect, useState } from 'react'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { type Failure, isOutcomeUnknown } from './failure.ts'

interface FailureNoteProps {
  /** Null shows nothing. */
  readonly failure: Failure | null
  /** Repeats the action. */
  readonly onRetry?: () => void
  readonly onDismiss?: () => void
  /** What to say where the outcome is unknown, if repeating the action is safe. */
  readonly uncertain?: string
  /** Another way out of this failure. */
  readonly children?: ReactNode
}

/** What failed, and what the operator can do about it. */
export function FailureNote({ failure, onRetry, onDismiss, uncertain, children }: FailureNoteProps) {
  const { errors } = useTexts()
  return (
    <div role="alert" className="failure-slot">
      {failure && (
        <div className={isOutcomeUnknown(failure) ? 'failure uncertain' : 'failure'}>
          <p>
            {uncertain !== undefined && isOutcomeUnknown(failure) ? (
              uncertain
            ) : (
              <FailureText failure={failure} />
            )}
          </p>
          <div className="failure-actions">
            {children}
            {onRetry && canSucceedLater(failure) && (
              // A new failure starts a new wait.
              <RetryButton key={failure.retryAfterMs} failure={failure} onRetry={onRetry} />
            )}
            {onDismiss && (
              <button type="button" className="quiet small" onClick={onDismiss}>
                {errors.dismiss}
              </button>
            )}
          </div>
        </div>
      )}
    </div>
  )
}

function FailureText({ failure }: { readonly failure: Failure }) {
  const { errors } = useTexts()
  if (isOutcomeUnknown(failure)) return errors.outcomeUnknown
  if (failure.code === 'RATE_LIMITED') return errors.rateLimited
  return failure.detail ?? errors.failed
}

/** Failures that are not of the input or the permission. */
function canSucceedLater(failure: Failure): boolean {
  return isOutcomeUnknown(failure) || RETRYABLE.includes(failure.code ?? '')
}

const RETRYABLE: readonly string[] = ['RATE_LIMITED', 'PROVIDER_UNAVAILABLE', 'PROVIDER_ERROR', 'CONFLICT']

interface RetryButtonProps {
  readonly failure: Failure
  readonly onRetry: () => void
}

/** Becomes usable once a new attempt can succeed. */
function RetryButton({ failure, onRetry }: RetryButtonProps) {
  const { errors } = useTexts()
  const formats = useFormats()
  const waitMs = useCountdown(failure.retryAfterMs ?? 0)
  return (
    <button type="button" className="quiet small" disabled={waitMs > 0} onClick={onRetry}>
      {waitMs > 0 ? errors.tryAgainIn(formats.duration(waitMs)) : errors.tryAgain}
    </button>
  )
}

const TICK_MS = 1_000

/** Milliseconds that are left of a wait, in whole seconds. */
function useCountdown(durationMs: number): number {
  const [leftMs, setLeftMs] = useState(Math.ceil(durationMs / TICK_MS) * TICK_MS)
  useEffect(() => {
    const endsAt = Date.now() + durationMs
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((endsAt - Date.now()) / TICK_MS) * TICK_MS)
      setLeftMs(left)
      if (left === 0) clearInterval(timer)
    }, TICK_MS)
    return () => clearInterval(timer)
  }, [durationMs])
  return leftMs
}
