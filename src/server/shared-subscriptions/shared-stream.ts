import type { SubscriberQueue } from '../../live/delivery/subscriber-queue.ts'
import type { FairScheduler, Task } from '../scheduling/fair-scheduler.ts'
import type { SharedEvent, SharedOperation, SubscriberStart } from './shared-operation.ts'
import { SharedResult } from './shared-result.ts'

/** Bytes that may wait for a client before its streams are paused. */
export const MAX_BUFFERED_BYTES = 128 * 1024

/** The connection to one client, whatever the transport. */
export interface ResultSink {
  /** Whether more than `MAX_BUFFERED_BYTES` wait for the client, so that nothing more may be written. */
  readonly isFull: boolean
  /** Calls `resume` once, when the waiting bytes have been sent. */
  onDrain(resume: () => void): void
  next(result: SharedResult): void
  /** Ends the stream with an error. */
  fail(error: unknown): void
  /** Ends the stream. */
  complete(): void
}

/** One subscriber of a shared operation: writes the results of its events as fast as the client reads them. */
export class SharedStream implements Task {
  readonly #operation: SharedOperation
  readonly #scheduler: FairScheduler
  readonly #sink: ResultSink
  #opening: AbortController | null = null
  #events: SubscriberQueue<SharedEvent> | null = null
  /** Whether `run` will be called without `onReady`: it is scheduled, or waits for a result or for the client. */
  #isPending = false
  #isOver = false

  constructor(operation: SharedOperation, scheduler: FairScheduler, sink: ResultSink) {
    this.#operation = operation
    this.#scheduler = scheduler
    this.#sink = sink
  }

  /** Opens the stream; resolves when it is open, has failed or was cancelled. */
  async start(start: Omit<SubscriberStart, 'signal'>): Promise<void> {
    this.#operation.addSubscriber()
    const opening = new AbortController()
    this.#opening = opening
    try {
      const opened = await this.#operation.openStream({ ...start, signal: opening.signal })
      this.#opening = null
      if (opened instanceof SharedResult) this.#reject(opened)
      else if (this.#isOver) opened.close()
      else this.#follow(opened)
    } catch (error) {
      if (!this.#isOver) this.#end(() => this.#sink.fail(error))
    }
  }

  /** Ends the stream because the client disconnected or unsubscribed. */
  cancel(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#opening?.abort()
    this.#events?.close()
    this.#operation.removeSubscriber()
  }

  /** Called by the queue when it has events. */
  onReady(): void {
    if (this.#isPending || this.#isOver) return
    this.#isPending = true
    this.#scheduler.schedule(this)
  }

  run(): void {
    if (this.#isOver || !this.#events) return
    if (this.#sink.isFull) return void this.#sink.onDrain(() => this.#scheduler.schedule(this))
    try {
      const taken = this.#events.tryTake()
      if (taken === null) this.#isPending = false
      else if (taken.done) this.#end(() => this.#sink.complete())
      else this.#deliver(taken.value)
    } catch (error) {
      this.#end(() => this.#sink.fail(error))
    }
  }

  #reject(errors: SharedResult): void {
    if (this.#isOver) return
    this.#sink.next(errors)
    this.#end(() => this.#sink.complete())
  }

  #follow(events: SubscriberQueue<SharedEvent>): void {
    this.#events = events
    events.setConsumer(this)
  }

  #deliver(event: SharedEvent): void {
    const result = this.#operation.resultFor(event)
    if (result instanceof SharedResult) this.#write(result)
    else void result.then((loaded) => this.#write(loaded))
  }

  #write(result: SharedResult): void {
    if (this.#isOver) return
    this.#sink.next(result)
    if (this.#events?.isReady) this.#scheduler.schedule(this)
    else this.#isPending = false
  }

  #end(notifyClient: () => void): void {
    this.#isOver = true
    this.#operation.removeSubscriber()
    notifyClient()
  }
}
