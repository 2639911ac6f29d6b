/** The calls that a fault applies to: all, unless restricted to a method or a route pattern. */
interface FaultTarget {
  readonly method?: string
  /** The route's pattern as registered, e.g. `/api/v1/livechat/message`. */
  readonly route?: string
  /** The number of calls that it applies to. Without it, all until it is removed. */
  readonly times?: number
}

/**
 * A fault. `answer` responds instead of the route, so nothing is committed. `hold-request` runs the route when the promise
 * resolves; `hold` runs it and responds when the promise resolves. `reset-after-commit` runs the route and then cuts the connection. `drop-body` removes the request's
 * body, as some proxies do to a DELETE.
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
    | { readonly kind: 'hold' | 'hold-request'; readonly until: Promise<void> }
    | { readonly kind: 'stall' | 'reset' | 'reset-after-commit' | 'half-body' | 'drop-body' }
  )

/** Holds the injected faults, oldest first. Each call takes at most one. */
export class FaultInjector {
  #armed: { fault: Fault; left: number }[] = []

  /** Adds a fault. The returned function removes it. */
  add(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY }
    this.#armed.push(entry)
    return () => {
      this.#armed = this.#armed.filter((other) => other !== entry)
    }
  }

  /** Takes the fault for this call, if there is one, and counts its use. */
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
