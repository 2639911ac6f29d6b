/** What is read of an answer to learn how often a route may be called. */
interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** A window as its server publishes it (docs/providers/rocketchat.md 6). */
export interface PublishedWindow {
  /** Calls per window. */
  readonly limit: number
  /** Of which this many are left. */
  readonly remaining: number
  /** When it ends: epoch milliseconds of the server's clock. */
  readonly resetAt: number
}

/** What one answer tells of its route's limit. */
export interface RateLimitInfo {
  /** Whether the call was accepted, so that what is not published beside it is not limited. */
  readonly isSuccess: boolean
  /** Whether it was refused for its rate. */
  readonly isRateLimited: boolean
  /** Milliseconds of silence that a refusal asks for, 15 minutes at most; null where it names none. */
  readonly retryAfterMs: number | null
  readonly window: PublishedWindow | null
  /** Epoch milliseconds, whole seconds, of the server's clock; our own clock where it sends no `Date`. */
  readonly serverTime: number
}

/** A header that asks for more is an accident or an attack, and would switch the route off. */
const LONGEST_WAIT_MS = 900_000

/** Whether a provider refused a request for its rate: each has its own way of saying so. */
export type RateLimitDetector = (response: { readonly status: number; readonly text: string }) => boolean

/** The standard way. */
export const hasRateLimitStatus: RateLimitDetector = ({ status }) => status === 429

/** Reads the headers `X-RateLimit-*`, `Retry-After` and `Date`, and the texts of refusals. Unreadable is absent. */
export function parseRateLimitInfo(
  { status, headers, text }: Answer,
  isRateLimited: RateLimitDetector,
): RateLimitInfo {
  const refused = isRateLimited({ status, text })
  const sent = Date.parse(String(headers['date']))
  const date = Number.isNaN(sent) ? Date.now() : sent
  return {
    isSuccess: status >= 200 && status < 300,
    isRateLimited: refused,
    retryAfterMs: refused ? askedWait(headers, text, date) : null,
    window: publishedWindow(headers),
    serverTime: date,
  }
}

/** The longest of `Retry-After` (seconds, or a date), of what the text says, and of what is left of the window. */
function askedWait(headers: Answer['headers'], text: string, date: number): number | null {
  const after = String(headers['retry-after'] ?? '')
  const asked = /^\d+(\.\d+)?$/.test(after) ? Number(after) * 1000 : Date.parse(after) - date
  const said = Number(/wait (\d+) seconds?/.exec(text)?.[1] ?? Number.NaN) * 1000
  const left = (wholeNumber(headers['x-ratelimit-reset']) ?? Number.NaN) - date
  const waits = [asked, said, left].filter((ms) => ms > 0)
  return waits.length === 0 ? null : Math.min(Math.ceil(Math.max(...waits)), LONGEST_WAIT_MS)
}

function publishedWindow(headers: Answer['headers']): PublishedWindow | null {
  const limit = wholeNumber(headers['x-ratelimit-limit'])
  const remaining = wholeNumber(headers['x-ratelimit-remaining'])
  const resetAt = wholeNumber(headers['x-ratelimit-reset'])
  if (limit === null || limit === 0 || remaining === null || resetAt === null) return null
  return { limit, remaining: Math.min(remaining, limit), resetAt }
}

/** A number that a header holds; null for anything else, the empty text included. */
function wholeNumber(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : null
}
