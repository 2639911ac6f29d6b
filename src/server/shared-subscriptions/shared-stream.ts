import type { SubscriberQueue } from '../../live/delivery/subscriber-queue.ts'
import type { FairScheduler, Task } from '../scheduling/fair-scheduler.ts'
import type { SharedEvent, SharedOperation, SubscriberStart } from './shared-operation.ts'
import { SharedResult } from './shared-result.ts'

/** The client's end of a shared stream, whatever the transport. */
export interface ResultSink {
  /** Whether so much waits to be sent to the client that nothing must be added. */
  readonly isFull: boolean
  /** Calls `resume`, once, when what waits has been sent. */
  onDrain(resume: () => void): void
  next(result: SharedResult): void
  /** The stream broke: nothing comes behind this. */
  fail(error: unknown): void
  /** The stream is over: nothing comes behind this. */
  complete(): void
}

/** One subscriber of a shared operation: hands its events' results on, as fast as its client takes them. */
export class SharedStream implements Task {
  readonly #operation: SharedOperation
  readonly #rounds: FairScheduler
  readonly #recipient: ResultSink
  #joining: AbortController | null = null
  #events: SubscriberQueue<SharedEvent> | null = null
  /** Whether a turn is coming anyway: one is asked for, a result is awaited, or the client is. */
  #isDue = false
  #isOver = false

  constructor(operation: SharedOperation, rounds: FairScheduler, recipient: ResultSink) {
    this.#operation = operation
    this.#rounds = rounds
    this.#recipient = recipient
  }

  /** Takes a place in the events; resolves when it has one, or the client has been told why not, or has left. */
  async start(start: Omit<SubscriberStart, 'signal'>): Promise<void> {
    this.#operation.addSubscriber()
    const joining = new AbortController()
    this.#joining = joining
    try {
      const opened = await this.#operation.openStream({ ...start, signal: joining.signal })
      this.#joining = null
      if (opened instanceof SharedResult) this.#refuse(opened)
      else if (this.#isOver) opened.close()
      else this.#follow(opened)
    } catch (error) {
      if (!this.#isOver) this.#end(() => this.#recipient.fail(error))
    }
  }

  /** The client has left. */
  cancel(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#joining?.abort()
    this.#events?.close()
    this.#operation.removeSubscriber()
  }

  /** More may be taken from the events. */
  onReady(): void {
    if (this.#isDue || this.#isOver) return
    this.#isDue = true
    this.#rounds.schedule(this)
  }

  run(): void {
    if (this.#isOver || !this.#events) return
    if (this.#recipient.isFull) return void this.#recipient.onDrain(() => this.#rounds.schedule(this))
    try {
      const taken = this.#events.tryTake()
      if (taken === null) this.#isDue = false
      else if (taken.done) this.#end(() => this.#recipient.complete())
      else this.#tell(taken.value)
    } catch (error) {
      this.#end(() => this.#recipient.fail(error))
    }
  }

  #refuse(answer: SharedResult): void {
    if (this.#isOver) return
    this.#recipient.next(answer)
    this.#end(() => this.#recipient.complete())
  }

  #follow(events: SubscriberQueue<SharedEvent>): void {
    this.#events = events
    events.setConsumer(this)
  }

  #tell(event: SharedEvent): void {
    const result = this.#operation.resultFor(event)
    if (result instanceof SharedResult) this.#give(result)
    else void result.then((made) => this.#give(made))
  }

  #give(result: SharedResult): void {
    if (this.#isOver) return
    this.#recipient.next(result)
    if (this.#events?.isReady) this.#rounds.schedule(this)
    else this.#isDue = false
  }

  #end(tell: () => void): void {
    this.#isOver = true
    this.#operation.removeSubscriber()
    tell()
  }
}
