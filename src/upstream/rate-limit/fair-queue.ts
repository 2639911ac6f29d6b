/** Fair queue: items are grouped by key into flows, and flows take turns, so that a long flow delays no other. */
export class FairQueue<T> {
  readonly #keyOf: (item: T) => string
  /** In the order of their turns; none is empty. */
  readonly #flows = new Map<string, Set<T>>()
  #size = 0

  constructor(keyOf: (item: T) => string) {
    this.#keyOf = keyOf
  }

  get size(): number {
    return this.#size
  }

  /** The flows in the order of their turns, each oldest item first. */
  get flows(): Iterable<ReadonlySet<T>> {
    return this.#flows.values()
  }

  /** Appends an item to its flow. */
  enqueue(item: T): void {
    const key = this.#keyOf(item)
    const flow = this.#flows.get(key)
    if (flow) flow.add(item)
    else this.#flows.set(key, new Set([item]))
    this.#size += 1
  }

  /** The next item; null if the queue is empty. */
  peek(): T | null {
    for (const flow of this.#flows.values()) for (const item of flow) return item
    return null
  }

  /** Removes an item without using its flow's turn. Returns false for an item that is not queued here. */
  delete(item: T): boolean {
    const key = this.#keyOf(item)
    const flow = this.#flows.get(key)
    if (!flow?.delete(item)) return false
    this.#size -= 1
    if (flow.size === 0) this.#flows.delete(key)
    return true
  }

  /** Removes an item and uses its flow's turn: the flow moves behind all others. */
  dequeue(item: T): void {
    const key = this.#keyOf(item)
    const flow = this.#flows.get(key)
    if (!this.delete(item) || !flow || flow.size === 0) return
    this.#flows.delete(key)
    this.#flows.set(key, flow)
  }

  /** The items that are queued in the flow of this one. */
  flowOf(item: T): ReadonlySet<T> {
    return this.#flows.get(this.#keyOf(item)) ?? new Set()
  }

  /** The longest flow, if it is longer than this item's flow would be with the item; otherwise null. */
  findLongerFlow(item: T): ReadonlySet<T> | null {
    const ownSize = (this.#flows.get(this.#keyOf(item))?.size ?? 0) + 1
    let longest: ReadonlySet<T> | null = null
    for (const flow of this.#flows.values()) if (flow.size > (longest?.size ?? ownSize)) longest = flow
    return longest
  }
}
