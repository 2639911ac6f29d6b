import type { LazyAbort } from './lazy-abort.ts'

/** The execution that a caller of `SharedQueries.run` starts. */
export interface SharedExecution {
  /** Aborts when the last client has left. */
  readonly signal: AbortSignal
  /** Lets no other query join. */
  readonly close: () => void
}

interface Entry<Result> {
  readonly result: Promise<Result>
  readonly controller: AbortController
  /** By the monotonic clock, in milliseconds. */
  readonly startedAt: number
  clients: number
}

/** An older execution is not joined: little of an operation's time would be left for the client. */
const MAX_AGE_MS = 1_000

/**
 * Equal queries of one caller that overlap share one execution. To show nothing older than an execution of its own
 * would, a query joins only while the execution has neither received a response of a provider nor read the gateway's store, and
 * never one that began before a mutation ended.
 */
export class SharedQueries<Result> {
  readonly #open = new Map<string, Entry<Result>>()

  /** Joins the open execution with this key, or starts one. A client leaves it when `disconnection` aborts. */
  async run(
    key: string,
    disconnection: LazyAbort,
    execute: (execution: SharedExecution) => Promise<Result>,
  ): Promise<Result> {
    const entry = this.#findRecent(key) ?? this.#start(key, execute)
    entry.clients += 1
    const leave = () => {
      entry.clients -= 1
      if (entry.clients > 0) return
      if (this.#open.get(key) === entry) this.#open.delete(key)
      entry.controller.abort()
    }
    disconnection.setListener(leave)
    // A client can leave while its request is still being read.
    if (disconnection.isAborted) leave()
    try {
      return await entry.result
    } finally {
      disconnection.setListener(null)
    }
  }

  /** Lets no query join an execution that has begun. Call it when a write ends. */
  closeAll(): void {
    this.#open.clear()
  }

  #findRecent(key: string): Entry<Result> | null {
    const entry = this.#open.get(key)
    return entry && performance.now() - entry.startedAt < MAX_AGE_MS ? entry : null
  }

  #start(key: string, execute: (execution: SharedExecution) => Promise<Result>): Entry<Result> {
    const controller = new AbortController()
    let entry: Entry<Result> | null = null
    const close = () => {
      if (this.#open.get(key) === entry) this.#open.delete(key)
    }
    const result = execute({ signal: controller.signal, close })
    entry = { result, controller, startedAt: performance.now(), clients: 0 }
    this.#open.set(key, entry)
    void result.then(close, close)
    return entry
  }
}
