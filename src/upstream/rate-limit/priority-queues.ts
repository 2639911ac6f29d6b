import { FairQueue } from './fair-queue.ts'
import type { AdmissionRequest, QueuedRequest } from './queued-request.ts'

const MAX_INTERACTIVE = 10_000
const MAX_BACKGROUND = 10_000
/** Queued requests of unverified callers: most of them may never be verified. */
const MAX_UNVERIFIED = 2_000

/** A queued request whose credential the provider has rejected in the meantime. */
interface RejectedRequest<Permit> {
  readonly queued: QueuedRequest<Permit>
  readonly authenticationError: Error
}

type Candidate = Pick<AdmissionRequest, 'priority' | 'caller'>

/** The requests that are queued for one limit: interactive, background, and those of unverified callers. */
export class PriorityQueues<Permit> {
  /** Requests with priority `interactive` or `subscribe`. */
  readonly interactive = new FairQueue<QueuedRequest<Permit>>(({ caller }) => caller.key)
  readonly background = new FairQueue<QueuedRequest<Permit>>(({ caller }) => caller.key)
  /** Requests that have waited longer than their maximum time. */
  readonly overdue = new Set<QueuedRequest<Permit>>()
  readonly #unverified = new FairQueue<QueuedRequest<Permit>>(({ caller }) => caller.origin)
  readonly #queues = new Map<QueuedRequest<Permit>, FairQueue<QueuedRequest<Permit>>>()
  readonly #backgroundById = new Map<string, QueuedRequest<Permit>>()
  readonly #onBackground: (by: 1 | -1) => void

  /** `onBackground` receives each change of the number of background requests. */
  constructor(onBackground: (by: 1 | -1) => void) {
    this.#onBackground = onBackground
  }

  get size(): number {
    return this.#queues.size
  }

  /** All queued requests, in no particular order. */
  get all(): readonly QueuedRequest<Permit>[] {
    return [...this.#queues.keys()]
  }

  /** Whether the queue that such a request would join is empty. */
  hasNoneAheadOf(candidate: Candidate): boolean {
    return this.#queueFor(candidate).size === 0
  }

  /** The background request with this id; null if none is queued. */
  findBackground(id: string): QueuedRequest<Permit> | null {
    return this.#backgroundById.get(id) ?? null
  }

  /**
   * Adds a request. If the queue is full, returns the request to reject: one of the longest flow, which may be the new
   * one. `maxInteractive` is the number of interactive requests per window.
   */
  enqueue(queued: QueuedRequest<Permit>, maxInteractive: number): QueuedRequest<Permit> | null {
    const queue = this.#queueFor(queued)
    const isFull = queue.size >= this.#maxSizeOf(queue, maxInteractive)
    const longerFlow = isFull ? queue.findLongerFlow(queued) : null
    this.#add(queued, queue)
    if (!isFull) return null
    if (queue === this.#unverified) return oldestOf(longerFlow ?? queue.flowOf(queued))
    return longerFlow === null ? queued : newestOf(longerFlow)
  }

  /** Removes a request that is no longer queued, without using its flow's turn. */
  delete(queued: QueuedRequest<Permit>): void {
    this.#queues.get(queued)?.delete(queued)
    this.#forget(queued)
  }

  /** Removes a request that is sent: its flow's next turn comes after those of all others. */
  dequeue(queued: QueuedRequest<Permit>): void {
    this.#queues.get(queued)?.dequeue(queued)
    this.#forget(queued)
  }

  /** Moves the requests of callers that are verified by now, and removes and returns those whose credential was rejected. */
  takeRejected(): readonly RejectedRequest<Permit>[] {
    const rejected: RejectedRequest<Permit>[] = []
    for (const flow of [...this.#unverified.flows]) {
      for (const queued of flow) {
        const { authenticationError, isVerified } = queued.caller
        if (authenticationError) {
          this.delete(queued)
          rejected.push({ queued, authenticationError })
        } else if (isVerified) this.#move(queued)
      }
    }
    return rejected
  }

  /**
   * The next request of an unverified caller for which `hasSlot` holds; null if there is none. Origins take turns, and
   * the newest request of an origin goes first: a flood from one origin delays itself, not the requests after it.
   */
  nextUnverified(hasSlot: (queued: QueuedRequest<Permit>) => boolean): QueuedRequest<Permit> | null {
    for (const flow of this.#unverified.flows) {
      const next = [...flow].findLast(hasSlot)
      if (next) return next
    }
    return null
  }

  #queueFor({ priority, caller }: Candidate): FairQueue<QueuedRequest<Permit>> {
    if (!caller.isVerified) return this.#unverified
    return priority === 'background' ? this.background : this.interactive
  }

  #maxSizeOf(queue: FairQueue<QueuedRequest<Permit>>, maxInteractive: number): number {
    if (queue === this.interactive) return Math.min(MAX_INTERACTIVE, maxInteractive)
    return queue === this.background ? MAX_BACKGROUND : MAX_UNVERIFIED
  }

  #move(queued: QueuedRequest<Permit>): void {
    this.delete(queued)
    this.#add(queued, this.#queueFor(queued))
  }

  #add(queued: QueuedRequest<Permit>, queue: FairQueue<QueuedRequest<Permit>>): void {
    queue.enqueue(queued)
    this.#queues.set(queued, queue)
    if (queued.isOverdue) this.overdue.add(queued)
    if (queued.priority !== 'background') return
    this.#backgroundById.set(queued.id, queued)
    this.#onBackground(1)
  }

  #forget(queued: QueuedRequest<Permit>): void {
    this.overdue.delete(queued)
    if (!this.#queues.delete(queued) || queued.priority !== 'background') return
    this.#backgroundById.delete(queued.id)
    this.#onBackground(-1)
  }
}

function oldestOf<T>(flow: ReadonlySet<T>): T | null {
  for (const item of flow) return item
  return null
}

function newestOf<T>(flow: ReadonlySet<T>): T | null {
  return [...flow].at(-1) ?? null
}
