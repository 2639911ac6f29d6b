import type { SharedResult } from './shared-result.ts'

const MOST_KEPT = 256
const MOST_BYTES = 1024 * 1024
/** Milliseconds for which what a provider was asked for is an answer to who comes later. */
const FRESH_MS = 1_000

interface Kept {
  readonly result: SharedResult | Promise<SharedResult>
  /** In milliseconds of `performance.now()`. */
  readonly until: number
  bytes: number
}

/** The results of the last events. What followed from the event alone is kept longer than what had to be asked for. */
export class ResultCache<Event extends object> {
  readonly #kept = new Map<Event, Kept>()
  #bytes = 0

  /** What `make` gave for this event; it is asked once for all who come in time. A promise of it must not reject. */
  get(event: Event, make: () => SharedResult | Promise<SharedResult>): SharedResult | Promise<SharedResult> {
    const known = this.#kept.get(event)
    if (known && known.until > performance.now()) return known.result
    if (known) this.#forget(event, known)
    const result = make()
    const isAsked = result instanceof Promise
    const until = isAsked ? performance.now() + FRESH_MS : Number.POSITIVE_INFINITY
    const kept = { result, until, bytes: 0 }
    this.#kept.set(event, kept)
    if (isAsked) void result.then((made) => this.#weigh(event, kept, made))
    else this.#weigh(event, kept, result)
    return result
  }

  #weigh(event: Event, kept: Kept, { payload }: SharedResult): void {
    if (this.#kept.get(event) !== kept) return
    kept.bytes = payload.length
    this.#bytes += payload.length
    for (const [oldest, found] of this.#kept) {
      if (this.#kept.size <= MOST_KEPT && this.#bytes <= MOST_BYTES) return
      this.#forget(oldest, found)
    }
  }

  #forget(event: Event, { bytes }: Kept): void {
    this.#kept.delete(event)
    this.#bytes -= bytes
  }
}
