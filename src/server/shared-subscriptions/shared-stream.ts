import type { SubscriberQueue } from '../../live/delivery/subscriber-queue.ts'
import type { FairScheduler, Task } from '../scheduling/fair-scheduler.ts'
import type { SharedEvent, SharedOperation, SubscriberStart } from './shared-operation.ts'
import { SharedResult } from './shared-result.ts'

/** Bytes that may wait for a client before its streams are paused. */
export const MAX_BUFFERED_BYTES = 128 * 1024
/** Results that are written to one client together, in one system call, before it is the other clients' turn. */
const MAX_RESULTS_PER_TURN = 8

/** The connection to one client, whatever the transport. */
export interface ResultSink {
  /** Whether more than `MAX_BUFFERED_BYTES` wait for the client, so that nothing more may be written. */
  readonly isFull: boolean
  /** Calls `resume` once, when the waiting bytes have been sent. */
  onDrain(resume: () => void): void
  next(result: SharedResult): void
  /** Holds what is written until `uncork`, so that it is sent together. */
  cork(): void
  uncork(): void
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

  /** Delivers what is ready, until the turn is over. */
  run(): void {
    const events = this.#events
    if (this.#isOver || !events) return
    if (this.#sink.isFull) return void this.#sink.onDrain(() => this.#scheduler.schedule(this))
    const isBurst = events.length > 1
    if (isBurst) this.#sink.cork()
    let isDelivered = true
    for (let results = 0; results < MAX_RESULTS_PER_TURN && isDelivered; results += 1) {
      if (!events.isReady || this.#sink.isFull) break
      isDelivered = this.#deliverNext(events)
    }
    if (isBurst) this.#sink.uncork()
    if (isDelivered) this.#scheduleNext()
  }

  /** Delivers the next event or the end. Returns false where the stream is over, or its result is not there yet. */
  #deliverNext(events: SubscriberQueue<SharedEvent>): boolean {
    try {
      const taken = events.tryTake()
      if (taken === null) return true
      if (!taken.done) return this.#deliver(taken.value)
      this.#end(() => this.#sink.complete())
    } catch (error) {
      this.#end(() => this.#sink.fail(error))
    }
    return false
  }

  #deliver(event: SharedEvent): boolean {
    const result = this.#operation.resultFor(event)
    if (result instanceof SharedResult) this.#sink.next(result)
    else void result.then((loaded) => this.#deliverLoaded(loaded))
    return result instanceof SharedResult
  }

  #deliverLoaded(result: SharedResult): void {
    if (this.#isOver) return
    this.#sink.next(result)
    this.#scheduleNext()
  }

  #scheduleNext(): void {
    if (this.#events?.isReady) this.#scheduler.schedule(this)
    else this.#isPending = false
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

  #end(notifyClient: () => void): void {
    this.#isOver = true
    this.#operation.removeSubscriber()
    notifyClient()
  }
}
