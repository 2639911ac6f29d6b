import { ChatError } from '../../domain/errors.ts'
import { UpstreamError } from '../../upstream/errors.ts'

/**
 * LiveChat gives up a request after 15 s (docs/providers/livechat.md 3.6); some more for what lies in front
 * of it.
 */
const LONGEST_MS = 20_000
/** A connection breaks when the server behind it does: what is still done of the request takes no longer. */
const BROKEN_MS = 3_000

/**
 * For how many milliseconds LiveChat may still carry out a write of unknown outcome, which ended in `error`; null where
 * the process that sent it died.
 */
export function mayCompleteWithinMs(error: unknown): number {
  const cause = error instanceof ChatError ? error.cause : error
  return cause instanceof UpstreamError && cause.failure === 'lost' ? BROKEN_MS : LONGEST_MS
}
