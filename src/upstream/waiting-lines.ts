import { FairQueue } from './fair-queue.ts'
import type { Applicant, Waiter } from './waiter.ts'

const MOST_PEOPLE = 10_000
const MOST_LOOKS = 10_000
/** Waiting calls of callers who are not proven: most of them may never be. */
const MOST_UNPROVEN = 2_000

/** One whose credential the provider refused while it waited. */
interface Refused<Permit> {
  readonly waiter: Waiter<Permit>
  readonly refusal: Error
}

/** Who waits for one limit: people, looks, and callers who are not proven. */
export class WaitingLines<Permit> {
  readonly people = new FairQueue<Waiter<Permit>>(({ caller }) => caller.key)
  readonly looks = new FairQueue<Waiter<Permit>>(({ caller }) => caller.key)
  /** Those who have waited longer than they would for a limit. */
  readonly overdue = new Set<Waiter<Permit>>()
  readonly #unproven = new FairQueue<Waiter<Permit>>(({ caller }) => caller.origin)
  readonly #queues = new Map<Waiter<Permit>, FairQueue<Waiter<Permit>>>()
  readonly #looksById = new Map<string, Waiter<Permit>>()
  readonly #onLooks: (by: 1 | -1) => void

  /** `onLooks` is told of each look that comes to wait, or does so no longer. */
  constructor(onLooks: (by: 1 | -1) => void) {
    this.#onLooks = onLooks
  }

  get size(): number {
    return this.#queues.size
  }

  /** All who wait, in no order. */
  get all(): readonly Waiter<Permit>[] {
    return [...this.#queues.keys()]
  }

  /** Whether nobody waits whom such an applicant would have to wait for. */
  isEmptyFor(applicant: Pick<Applicant, 'kind' | 'caller'>): boolean {
    return this.#queueFor(applicant).size === 0
  }

  /** The look that waits under this id; null where none does. */
  findLook(id: string): Waiter<Permit> | null {
    return this.#looksById.get(id) ?? null
  }

  /** Lets one more wait; where too many do, gives the one that has to go. `mostPeople` is what a window takes. */
  add(waiter: Waiter<Permit>, mostPeople: number): Waiter<Permit> | null {
    const queue = this.#queueFor(waiter)
    const isFull = queue.size >= this.#mostOf(queue, mostPeople)
    const longest = isFull ? queue.longerThanLineOf(waiter) : null
    this.#put(waiter, queue)
    if (!isFull) return null
    if (queue === this.#unproven) return oldestOf(longest ?? queue.lineOf(waiter))
    return longest === null ? waiter : newestOf(longest)
  }

  /** Removes one who does not wait any more. */
  delete(waiter: Waiter<Permit>): void {
    this.#queues.get(waiter)?.delete(waiter)
    this.#forget(waiter)
  }

  /** Removes one who leaves: its line's next turn comes after those of all others. */
  take(waiter: Waiter<Permit>): void {
    this.#queues.get(waiter)?.take(waiter)
    this.#forget(waiter)
  }

  /**
   * Lets those who are proven by now wait among their equals, and gives those whose credential was refused meanwhile.
   */
  sortUnproven(): readonly Refused<Permit>[] {
    const refused: Refused<Permit>[] = []
    for (const line of [...this.#unproven.lines]) {
      for (const waiter of line) {
        const { refusal, isProven } = waiter.caller
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
  nextUnproven(isFree: (waiter: Waiter<Permit>) => boolean): Waiter<Permit> | null {
    for (const line of this.#unproven.lines) {
      const next = [...line].findLast(isFree)
      if (next) return next
    }
    return null
  }

  #queueFor({ kind, caller }: Pick<Applicant, 'kind' | 'caller'>): FairQueue<Waiter<Permit>> {
    if (!caller.isProven) return this.#unproven
    return kind === 'person' ? this.people : this.looks
  }

  #mostOf(queue: FairQueue<Waiter<Permit>>, mostPeople: number): number {
    if (queue === this.people) return Math.min(MOST_PEOPLE, mostPeople)
    return queue === this.looks ? MOST_LOOKS : MOST_UNPROVEN
  }

  #move(waiter: Waiter<Permit>): void {
    this.delete(waiter)
    this.#put(waiter, this.#queueFor(waiter))
  }

  #put(waiter: Waiter<Permit>, queue: FairQueue<Waiter<Permit>>): void {
    queue.add(waiter)
    this.#queues.set(waiter, queue)
    if (waiter.isOverdue) this.overdue.add(waiter)
    if (waiter.kind === 'person') return
    this.#looksById.set(waiter.id, waiter)
    this.#onLooks(1)
  }

  #forget(waiter: Waiter<Permit>): void {
    this.overdue.delete(waiter)
    if (!this.#queues.delete(waiter) || waiter.kind === 'person') return
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
