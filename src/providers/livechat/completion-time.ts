import { ChatError } from '../../domain/errors.ts'
import { UpstreamError } from '../../upstream/errors.ts'

/** LiveChat cancels a request after 15 s (docs/providers/livechat.md 3.6); the rest allows for proxies before it. */
const MAX_COMPLETION_MS = 20_000
/** If a server fails, its connections break. What it still does for such a request takes no longer than this. */
const COMPLETION_AFTER_BREAK_MS = 3_000

/**
 * For how many milliseconds LiveChat may still process a write of unknown outcome. `error` is what the write failed
 * with, null if the process that sent it died.
 */
export function mayCompleteWithinMs(error: unknown): number {
  const cause = error instanceof ChatError ? error.cause : error
  const isBroken = cause instanceof UpstreamError && cause.failure === 'lost'
  return isBroken ? COMPLETION_AFTER_BREAK_MS : MAX_COMPLETION_MS
}
