import type { RateLimitedRequest, RateLimiter } from '../../../src/upstream/rate-limit/rate-limiter.ts'

/** How a simulated server limits one of its routes (docs/providers/rocketchat.md 6). */
export interface RateLimitedServerOptions {
  readonly limit: number
  readonly windowMs: number
  /** Its clock minus ours. */
  readonly skewMs?: number
  /** Whether it tells of its limit in headers; true unless told. */
  readonly publishes?: boolean
}

/** A call that reached the server. */
export interface ServedRequest {
  readonly id: string
  readonly priority: RateLimitedRequest['priority']
  /** Counted from 1 within the server. */
  readonly window: number
  readonly refused: boolean
}

/** A route's limiter in the manner of Rocket.Chat: windows begin with the first call after the last one's end. */
export class RateLimitedServer {
  readonly served: ServedRequest[] = []
  /** The calls that were let leave, in order. */
  readonly admitted: string[] = []
  #options: RateLimitedServerOptions
  #startedAt = Number.NEGATIVE_INFINITY
  #count = 0
  #window = 0
  #strays: string[] = []

  constructor(options: RateLimitedServerOptions) {
    this.#options = options
  }

  get refusals(): number {
    return this.served.filter(({ refused }) => refused).length
  }

  /** The calls of each window, in order. */
  get windows(): readonly (readonly ServedRequest[])[] {
    const numbers = [...new Set(this.served.map(({ window }) => window))]
    return numbers.map((number) => this.served.filter(({ window }) => window === number))
  }

  /** Starts once more, with what is given otherwise: what it counted is forgotten. */
  restart(options: Partial<RateLimitedServerOptions>): void {
    this.#options = { ...this.#options, ...options }
    this.#startedAt = Number.NEGATIVE_INFINITY
  }

  /** The next calls are refused whatever their number, without headers; an empty text names no time. */
  strayRefusals(times: number, text: string): void {
    this.#strays = Array.from({ length: times }, () => text)
  }

  answer(id: string, priority: RateLimitedRequest['priority']) {
    const { limit, windowMs, skewMs = 0, publishes = true } = this.#options
    const now = Date.now() + skewMs
    const stray = this.#strays.pop()
    if (stray !== undefined) return this.#refuseAstray(id, priority, stray)
    if (now - this.#startedAt > windowMs) {
      this.#startedAt = now
      this.#count = 0
      this.#window += 1
    }
    this.#count += 1
    const refused = this.#count > limit
    this.served.push({ id, priority, window: this.#window, refused })
    const date = new Date(now).toUTCString()
    const published = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - this.#count)),
      'x-ratelimit-reset': String(this.#startedAt + windowMs),
    }
    const headers = publishes ? { date, ...published } : { date }
    return { status: refused ? 429 : 200, headers, text: '' }
  }

  #refuseAstray(id: string, priority: RateLimitedRequest['priority'], text: string) {
    this.served.push({ id, priority, window: this.#window, refused: true })
    return { status: 429, headers: {}, text }
  }
}

export interface Latency {
  readonly thereMs: number
  readonly backMs: number
  /** Whether its answer is lost on the way. */
  readonly lost?: boolean
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Makes one call through a budget; resolves when it is over, and rejects as the budget does. */
export async function sendThrough(
  budget: RateLimiter,
  server: RateLimitedServer,
  call: Pick<RateLimitedRequest, 'id' | 'priority'> &
    Partial<Pick<RateLimitedRequest, 'rateLimitKey' | 'signal'>>,
  { thereMs, backMs, lost = false }: Latency = { thereMs: 20, backMs: 20 },
): Promise<number | null> {
  const { id, priority, rateLimitKey: limit = 'route', signal = new AbortController().signal } = call
  const pass = await budget.acquire({ rateLimitKey: limit, id, priority, signal })
  server.admitted.push(id)
  await after(thereMs)
  const answer = server.answer(id, priority)
  await after(backMs)
  return budget.release(pass, lost ? null : answer)
}
