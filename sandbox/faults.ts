/** Which calls a fault hits: every one, unless narrowed by method or route pattern. */
interface FaultTarget {
  readonly method?: string
  /** The route's pattern as registered, e.g. `/api/v1/livechat/message`. */
  readonly route?: string
  /** How many calls it hits before it is used up; without it, all until taken back. */
  readonly times?: number
}

/**
 * What goes wrong. `answer` replies instead of the route, so nothing is committed; `reset-after-commit` runs the route and
 * then cuts the line; `drop-body` loses the request's body on the way, as some proxies do to a DELETE.
 */
export type Fault = FaultTarget &
  (
    | {
        readonly kind: 'answer'
        readonly status: number
        readonly body: unknown
        readonly headers?: Record<string, string>
      }
    | { readonly kind: 'slow'; readonly ms: number }
    | { readonly kind: 'stall' | 'reset' | 'reset-after-commit' | 'half-body' | 'drop-body' }
  )

/** The faults in force, oldest first; each call takes at most one. */
export class FaultInjector {
  #armed: { fault: Fault; left: number }[] = []

  /** Arms a fault; the returned function disarms it. */
  add(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY }
    this.#armed.push(entry)
    return () => {
      this.#armed = this.#armed.filter((other) => other !== entry)
    }
  }

  /** The fault that hits this call, if any; counts it as used. */
  take(method: string, route: string): Fault | undefined {
    const entry = this.#armed.find(
      ({ fault }) =>
        (fault.method === undefined || fault.method === method) &&
        (fault.route === undefined || fault.route === route),
    )
    if (!entry) return undefined
    entry.left -= 1
    if (entry.left <= 0) this.#armed = this.#armed.filter((other) => other !== entry)
    return entry.fault
  }
}
