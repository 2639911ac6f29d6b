import type { Budget, BudgetCall } from '../../src/upstream/budget.ts'

/** How a simulated server limits one of its routes (docs/providers/rocketchat.md 6). */
export interface LimitedServerOptions {
  readonly limit: number
  readonly windowMs: number
  /** Its clock minus ours. */
  readonly skewMs?: number
  /** Whether it tells of its limit in headers; true unless told. */
  readonly publishes?: boolean
}

/** A call that reached the server. */
export interface Served {
  readonly id: string
  readonly kind: BudgetCall['kind']
  /** Counted from 1 within the server. */
  readonly window: number
  readonly refused: boolean
}

/** A route's limiter in the manner of Rocket.Chat: windows begin with the first call after the last one's end. */
export class LimitedServer {
  readonly served: Served[] = []
  /** The calls that were let leave, in order. */
  readonly admitted: string[] = []
  #options: LimitedServerOptions
  #startedAt = Number.NEGATIVE_INFINITY
  #count = 0
  #window = 0
  #strays: string[] = []

  constructor(options: LimitedServerOptions) {
    this.#options = options
  }

  get refusals(): number {
    return this.served.filter(({ refused }) => refused).length
  }

  /** The calls of each window, in order. */
  get windows(): readonly (readonly Served[])[] {
    const numbers = [...new Set(this.served.map(({ window }) => window))]
    return numbers.map((number) => this.served.filter(({ window }) => window === number))
  }

  /** Starts once more, with what is given otherwise: what it counted is forgotten. */
  restart(options: Partial<LimitedServerOptions>): void {
    this.#options = { ...this.#options, ...options }
    this.#startedAt = Number.NEGATIVE_INFINITY
  }

  /** The next calls are refused whatever their number, without headers; an empty text names no time. */
  strayRefusals(times: number, text: string): void {
    this.#strays = Array.from({ length: times }, () => text)
  }

  answer(id: string, kind: BudgetCall['kind']) {
    const { limit, windowMs, skewMs = 0, publishes = true } = this.#options
    const now = Date.now() + skewMs
    const stray = this.#strays.pop()
    if (stray !== undefined) return this.#refuseAstray(id, kind, stray)
    if (now - this.#startedAt > windowMs) {
      this.#startedAt = now
      this.#count = 0
      this.#window += 1
    }
    this.#count += 1
    const refused = this.#count > limit
    this.served.push({ id, kind, window: this.#window, refused })
    const date = new Date(now).toUTCString()
    const published = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - this.#count)),
      'x-ratelimit-reset': String(this.#startedAt + windowMs),
    }
    const headers = publishes ? { date, ...published } : { date }
    return { status: refused ? 429 : 200, headers, text: '' }
  }

  #refuseAstray(id: string, kind: BudgetCall['kind'], text: string) {
    this.served.push({ id, kind, window: this.#window, refused: true })
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
export async function callThrough(
  budget: Budget,
  server: LimitedServer,
  call: Pick<BudgetCall, 'id' | 'kind'> & Partial<Pick<BudgetCall, 'limit' | 'signal'>>,
  { thereMs, backMs, lost = false }: Latency = { thereMs: 20, backMs: 20 },
): Promise<number | null> {
  const { id, kind, limit = 'route', signal = new AbortController().signal } = call
  const pass = await budget.enter({ limit, id, kind, signal })
  server.admitted.push(id)
  await after(thereMs)
  const answer = server.answer(id, kind)
  await after(backMs)
  return budget.leave(pass, lost ? null : answer)
}
