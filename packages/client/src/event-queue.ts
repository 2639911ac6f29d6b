/** Items that arrive faster than they are read, and the end after them. */
export class EventQueue<Item, End> {
  #items: Item[] = []
  #end: { readonly value: End } | null = null
  #wake = () => {}

  /** Items that are not read yet. */
  get length(): number {
    return this.#items.length
  }

  /** Adds an item; nothing after the end. */
  push(item: Item): void {
    if (this.#end) return
    this.#items.push(item)
    this.#wake()
  }

  /** Ends the queue after the items in it. Only the first end counts. */
  finish(value: End): void {
    this.#end ??= { value }
    this.#wake()
  }

  /** Reads the items in order; returns the end. For one reader. */
  async *read(): AsyncGenerator<Item, End, void> {
    for (;;) {
      const items = this.#items
      this.#items = []
      yield* items
      if (this.#items.length > 0) continue
      if (this.#end) return this.#end.value
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
