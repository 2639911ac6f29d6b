import type { HttpResponse } from '../request.ts'

/** A rate-limit window as its server publishes it (docs/providers/rocketchat.md 6). */
export interface PublishedWindow {
  /** Requests per window. */
  readonly limit: number
  /** Requests left in this window. */
  readonly remaining: number
  /** End of the window: epoch milliseconds of the server's clock. */
  readonly resetAt: number
}

/** What one response says about the rate limit of its route. */
export interface RateLimitInfo {
  /** Whether the status is 2xx; such a response without a published window shows that the route has no limit. */
  readonly isSuccess: boolean
  /** Whether this is a rate-limit response. */
  readonly isRateLimited: boolean
  /** Wait that a rate-limit response asks for, at most 15 minutes; null if it names none. */
  readonly retryAfterMs: number | null
  readonly window: PublishedWindow | null
  /** The server's clock: epoch milliseconds in whole seconds; this machine's clock if there is no `Date` header. */
  readonly serverTime: number
}

/** Recognizes the rate-limit responses of a provider. */
export type RateLimitDetector = (response: Pick<HttpResponse, 'status' | 'body'>) => boolean

/** Detector for providers that use the standard status. */
const hasRateLimitStatus: RateLimitDetector = ({ status }) => status === 429

/** A longer wait is an accident or an attack, and would switch the route off. */
const MAX_WAIT_MS = 900_000

/** Parses the headers `X-RateLimit-*`, `Retry-After` and `Date`, and error bodies. Malformed values count as absent. */
export function parseRateLimitInfo(
  response: HttpResponse,
  detect: RateLimitDetector = hasRateLimitStatus,
): RateLimitInfo {
  const { status, headers, body } = response
  const isRateLimited = detect(response)
  const date = parseDate(headers['date'])
  const serverTime = Number.isNaN(date) ? Date.now() : date
  return {
    isSuccess: status >= 200 && status < 300,
    isRateLimited,
    retryAfterMs: isRateLimited ? requestedWaitMs(headers, body.text, serverTime) : null,
    window: publishedWindow(headers),
    serverTime,
  }
}

/** The last `Date` header, which is the same for all responses of one second. */
let lastDate: { readonly text: string; readonly time: number } = { text: '', time: Number.NaN }

function parseDate(header: string | string[] | undefined): number {
  const text = String(header)
  if (text !== lastDate.text) lastDate = { text, time: Date.parse(text) }
  return lastDate.time
}

/** The longest of `Retry-After` (seconds or a date), the wait in the error text, and the rest of the window. */
function requestedWaitMs(headers: HttpResponse['headers'], text: string, serverTime: number): number | null {
  const retryAfter = String(headers['retry-after'] ?? '')
  const fromHeader = /^\d+(\.\d+)?$/.test(retryAfter)
    ? Number(retryAfter) * 1000
    : Date.parse(retryAfter) - serverTime
  const fromText = Number(/wait (\d+) seconds?/.exec(text)?.[1] ?? Number.NaN) * 1000
  const untilReset = (wholeNumber(headers['x-ratelimit-reset']) ?? Number.NaN) - serverTime
  const waits = [fromHeader, fromText, untilReset].filter((ms) => ms > 0)
  return waits.length === 0 ? null : Math.min(Math.ceil(Math.max(...waits)), MAX_WAIT_MS)
}

function publishedWindow(headers: HttpResponse['headers']): PublishedWindow | null {
  const limit = wholeNumber(headers['x-ratelimit-limit'])
  const remaining = wholeNumber(headers['x-ratelimit-remaining'])
  const resetAt = wholeNumber(headers['x-ratelimit-reset'])
  if (limit === null || limit === 0 || remaining === null || resetAt === null) return null
  return { limit, remaining: Math.min(remaining, limit), resetAt }
}

/** The whole number in a header; null for anything else, including the empty string. */
function wholeNumber(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : null
}
