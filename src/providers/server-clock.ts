import type { Upstream, UpstreamResponse } from '../upstream/client.ts'

/** A `Date` header has whole seconds: the server's clock then showed up to so many milliseconds more. */
const HEADER_STEP_MS = 1_000

/**
 * How far a server's clock is ahead of this one's, as its answers' `Date` headers bound it: it answered between
 * the request and the answer. Each answer narrows the bounds; one that contradicts them (a clock was set) begins
 * anew. Times are milliseconds.
 */
export class ServerClock {
  #least = Number.NEGATIVE_INFINITY
  #most = Number.POSITIVE_INFINITY

  /** The least that it can be ahead, negative behind; 0 while the clocks may agree. */
  get aheadMs(): number {
    const mayAgree = this.#least <= 0 && this.#most >= 0
    return mayAgree || !Number.isFinite(this.#least) ? 0 : Math.floor(this.#least)
  }

  /** Takes in an answer by its `Date` header; one without or with a strange one tells nothing. */
  observe(header: string | string[] | undefined, askedAt: number, answeredAt: number): void {
    const date = Date.parse(String(header))
    if (Number.isNaN(date)) return
    const least = date - answeredAt
    const most = date + HEADER_STEP_MS - askedAt
    const contradicted = least > this.#most || most < this.#least
    this.#least = contradicted ? least : Math.max(least, this.#least)
    this.#most = contradicted ? most : Math.min(most, this.#most)
  }

  /** The same door, with this clock reading every answer. */
  behind(upstream: Upstream): Upstream {
    const send = async (request: Parameters<Upstream['send']>[0]): Promise<UpstreamResponse> => {
      const askedAt = Date.now()
      const response = await upstream.send(request)
      this.observe(response.headers['date'], askedAt, Date.now())
      return response
    }
    return { ...upstream, send }
  }
}
