import { FairQueue } from './fair-queue.ts'
import type { AdmissionRequest, QueuedRequest } from './queued-request.ts'

const MOST_PEOPLE = 10_000
const MOST_LOOKS = 10_000
/** Waiting calls of callers who are not proven: most of them may never be. */
const MOST_UNPROVEN = 2_000

/** One whose credential the provider refused while it waited. */
interface Refused<Permit> {
  readonly waiter: QueuedRequest<Permit>
  readonly refusal: Error
}

/** Who waits for one limit: people, looks, and callers who are not proven. */
export class QueuedRequests<Permit> {
  readonly interactive = new FairQueue<QueuedRequest<Permit>>(({ caller }) => caller.key)
  readonly background = new FairQueue<QueuedRequest<Permit>>(({ caller }) => caller.key)
  /** Those who have waited longer than they would for a limit. */
  readonly overdue = new Set<QueuedRequest<Permit>>()
  readonly #unproven = new FairQueue<QueuedRequest<Permit>>(({ caller }) => caller.origin)
  readonly #queues = new Map<QueuedRequest<Permit>, FairQueue<QueuedRequest<Permit>>>()
  readonly #looksById = new Map<string, QueuedRequest<Permit>>()
  readonly #onLooks: (by: 1 | -1) => void

  /** `onLooks` is told of each look that comes to wait, or does so no longer. */
  constructor(onLooks: (by: 1 | -1) => void) {
    this.#onLooks = onLooks
  }

  get size(): number {
    return this.#queues.size
  }

  /** All who wait, in no order. */
  get all(): readonly QueuedRequest<Permit>[] {
    return [...this.#queues.keys()]
  }

  /** Whether nobody waits whom such an applicant would have to wait for. */
  hasNoneAheadOf(applicant: Pick<AdmissionRequest, 'priority' | 'caller'>): boolean {
    return this.#queueFor(applicant).size === 0
  }

  /** The look that waits under this id; null where none does. */
  findBackground(id: string): QueuedRequest<Permit> | null {
    return this.#looksById.get(id) ?? null
  }

  /** Lets one more wait; where too many do, gives the one that has to go. `mostPeople` is what a window takes. */
  enqueue(waiter: QueuedRequest<Permit>, mostPeople: number): QueuedRequest<Permit> | null {
    const queue = this.#queueFor(waiter)
    const isFull = queue.size >= this.#mostOf(queue, mostPeople)
    const longest = isFull ? queue.findLongerFlow(waiter) : null
    this.#put(waiter, queue)
    if (!isFull) return null
    if (queue === this.#unproven) return oldestOf(longest ?? queue.flowOf(waiter))
    return longest === null ? waiter : newestOf(longest)
  }

  /** Removes one who does not wait any more. */
  delete(waiter: QueuedRequest<Permit>): void {
    this.#queues.get(waiter)?.delete(waiter)
    this.#forget(waiter)
  }

  /** Removes one who leaves: its line's next turn comes after those of all others. */
  dequeue(waiter: QueuedRequest<Permit>): void {
    this.#queues.get(waiter)?.dequeue(waiter)
    this.#forget(waiter)
  }

  /**
   * Lets those who are proven by now wait among their equals, and gives those whose credential was refused meanwhile.
   */
  takeRejected(): readonly Refused<Permit>[] {
    const refused: Refused<Permit>[] = []
    for (const line of [...this.#unproven.flows]) {
      for (const waiter of line) {
        const { authenticationError: refusal, isVerified: isProven } = waiter.caller
        if (refusal) refused.push({ waiter, refusal })
        else if (isProven) this.#move(waiter)
      }
    }
    return refused
  }

  /**
   * Of those who are not proven, the one whose turn it is among those that `isFree` lets go; null where there is none.
   * Origins take turns, and of one origin the newest goes first: whoever floods it waits after those who come later.
   */
  nextUnverified(isFree: (waiter: QueuedRequest<Permit>) => boolean): QueuedRequest<Permit> | null {
    for (const line of this.#unproven.flows) {
      const next = [...line].findLast(isFree)
      if (next) return next
    }
    return null
  }

  #queueFor({
    priority,
    caller,
  }: Pick<AdmissionRequest, 'priority' | 'caller'>): FairQueue<QueuedRequest<Permit>> {
    if (!caller.isVerified) return this.#unproven
    return priority === 'background' ? this.background : this.interactive
  }

  #mostOf(queue: FairQueue<QueuedRequest<Permit>>, mostPeople: number): number {
    if (queue === this.interactive) return Math.min(MOST_PEOPLE, mostPeople)
    return queue === this.background ? MOST_LOOKS : MOST_UNPROVEN
  }

  #move(waiter: QueuedRequest<Permit>): void {
    this.delete(waiter)
    this.#put(waiter, this.#queueFor(waiter))
  }

  #put(waiter: QueuedRequest<Permit>, queue: FairQueue<QueuedRequest<Permit>>): void {
    queue.enqueue(waiter)
    this.#queues.set(waiter, queue)
    if (waiter.isOverdue) this.overdue.add(waiter)
    if (waiter.priority !== 'background') return
    this.#looksById.set(waiter.id, waiter)
    this.#onLooks(1)
  }

  #forget(waiter: QueuedRequest<Permit>): void {
    this.overdue.delete(waiter)
    if (!this.#queues.delete(waiter) || waiter.priority !== 'background') return
    this.#looksById.delete(waiter.id)
    this.#onLooks(-1)
  }
}

function oldestOf<T>(line: ReadonlySet<T>): T | null {
  for (const item of line) return item
  return null
}

function newestOf<T>(line: ReadonlySet<T>): T | null {
  return [...line].at(-1) ?? null
}
