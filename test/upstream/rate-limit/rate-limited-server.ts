import type { RateLimitedRequest, RateLimiter } from '../../../src/upstream/rate-limit/rate-limiter.ts'
import { bodyOf } from '../../support/response-body.ts'

/** Rate limit of one route of a simulated server (docs/providers/rocketchat.md 6). */
export interface RateLimitedServerOptions {
  readonly limit: number
  readonly windowMs: number
  /** The server's clock minus the local one. */
  readonly skewMs?: number
  /** Whether it publishes its limit in headers; true by default. */
  readonly publishes?: boolean
}

/** A request that reached the server. */
export interface ServedRequest {
  readonly id: string
  readonly priority: RateLimitedRequest['priority']
  /** Number of the window, from 1. */
  readonly window: number
  readonly isRateLimited: boolean
}

/** Rate limiter of a route, like Rocket.Chat's: a window begins with the first request after the end of the last one. */
export class RateLimitedServer {
  readonly served: ServedRequest[] = []
  /** The requests that were admitted, in order. */
  readonly admitted: string[] = []
  #options: RateLimitedServerOptions
  #startedAt = Number.NEGATIVE_INFINITY
  #count = 0
  #window = 0
  #strays: string[] = []

  constructor(options: RateLimitedServerOptions) {
    this.#options = options
  }

  get rateLimitedCount(): number {
    return this.served.filter(({ isRateLimited }) => isRateLimited).length
  }

  /** The requests of each window, in order. */
  get windows(): readonly (readonly ServedRequest[])[] {
    const numbers = [...new Set(this.served.map(({ window }) => window))]
    return numbers.map((number) => this.served.filter(({ window }) => window === number))
  }

  /** Restarts with changed options, without the counts. */
  restart(options: Partial<RateLimitedServerOptions>): void {
    this.#options = { ...this.#options, ...options }
    this.#startedAt = Number.NEGATIVE_INFINITY
  }

  /** Sends rate-limit responses without headers to the next requests; an empty text names no wait. */
  addStrayResponses(times: number, text: string): void {
    this.#strays = Array.from({ length: times }, () => text)
  }

  respond(id: string, priority: RateLimitedRequest['priority']) {
    const { limit, windowMs, skewMs = 0, publishes = true } = this.#options
    const now = Date.now() + skewMs
    const stray = this.#strays.pop()
    if (stray !== undefined) return this.#respondStray(id, priority, stray)
    if (now - this.#startedAt > windowMs) {
      this.#startedAt = now
      this.#count = 0
      this.#window += 1
    }
    this.#count += 1
    const isRateLimited = this.#count > limit
    this.served.push({ id, priority, window: this.#window, isRateLimited })
    const date = new Date(now).toUTCString()
    const published = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - this.#count)),
      'x-ratelimit-reset': String(this.#startedAt + windowMs),
    }
    const headers = publishes ? { date, ...published } : { date }
    return { status: isRateLimited ? 429 : 200, headers, body: bodyOf('') }
  }

  #respondStray(id: string, priority: RateLimitedRequest['priority'], text: string) {
    this.served.push({ id, priority, window: this.#window, isRateLimited: true })
    return { status: 429, headers: {}, body: bodyOf(text) }
  }
}

export interface Latency {
  readonly thereMs: number
  readonly backMs: number
  /** Whether the response is lost. */
  readonly lost?: boolean
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Makes one call through a limiter; resolves when it is over, and rejects as the limiter does. */
export async function sendThrough(
  limiter: RateLimiter,
  server: RateLimitedServer,
  call: Pick<RateLimitedRequest, 'id' | 'priority'> &
    Partial<Pick<RateLimitedRequest, 'rateLimitKey' | 'signal'>>,
  { thereMs, backMs, lost = false }: Latency = { thereMs: 20, backMs: 20 },
): Promise<number | null> {
  const { id, priority, rateLimitKey: limit = 'route', signal = new AbortController().signal } = call
  const permit = await limiter.acquire({ rateLimitKey: limit, id, priority, signal })
  server.admitted.push(id)
  await after(thereMs)
  const response = server.respond(id, priority)
  await after(backMs)
  return limiter.release(permit, lost ? null : response)
}
