/** Items that wait in lines, one per key. Lines take turns, so that a long line delays no other. */
export class FairQueue<T> {
  readonly #keyOf: (item: T) => string
  /** In the order of their turns; none is empty. */
  readonly #lines = new Map<string, Set<T>>()
  #size = 0

  constructor(keyOf: (item: T) => string) {
    this.#keyOf = keyOf
  }

  get size(): number {
    return this.#size
  }

  /** The lines in the order of their turns, each oldest first. */
  get flows(): Iterable<ReadonlySet<T>> {
    return this.#lines.values()
  }

  /** Appends an item to its line. */
  enqueue(item: T): void {
    const key = this.#keyOf(item)
    const line = this.#lines.get(key)
    if (line) line.add(item)
    else this.#lines.set(key, new Set([item]))
    this.#size += 1
  }

  /** The item whose turn it is; null while nothing waits. */
  peek(): T | null {
    for (const line of this.#lines.values()) for (const item of line) return item
    return null
  }

  /** Removes an item, which leaves its line's turn as it is. False for an item that does not wait here. */
  delete(item: T): boolean {
    const key = this.#keyOf(item)
    const line = this.#lines.get(key)
    if (!line?.delete(item)) return false
    this.#size -= 1
    if (line.size === 0) this.#lines.delete(key)
    return true
  }

  /** Removes an item whose turn has come: the next turn of its line comes after those of all others. */
  dequeue(item: T): void {
    const key = this.#keyOf(item)
    const line = this.#lines.get(key)
    if (!this.delete(item) || !line || line.size === 0) return
    this.#lines.delete(key)
    this.#lines.set(key, line)
  }

  /** The items that wait in the line of this one. */
  flowOf(item: T): ReadonlySet<T> {
    return this.#lines.get(this.#keyOf(item)) ?? new Set()
  }

  /** The longest line where it is longer than this item's would be with it; null where none is. */
  findLongerFlow(item: T): ReadonlySet<T> | null {
    const own = (this.#lines.get(this.#keyOf(item))?.size ?? 0) + 1
    let longest: ReadonlySet<T> | null = null
    for (const line of this.#lines.values()) if (line.size > (longest?.size ?? own)) longest = line
    return longest
  }
}
