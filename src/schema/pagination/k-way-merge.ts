/** An item with the token from which its list continues after it. */
export interface MergeItem<T> {
  readonly item: T
  readonly resumeToken: string
}

/** One list to merge, sorted newest first. */
export interface MergeSource<T> {
  readonly name: string
  /** Token to continue from; null starts at the newest item. */
  readonly resumeToken: string | null
  open(resumeToken: string | null): AsyncIterable<MergeItem<T>>
}

/** An item, and the positions of all lists after it: null is the start of a list, an absent name its end. */
export interface MergedItem<T> {
  readonly item: T
  readonly positions: Readonly<Record<string, string | null>>
}

/** A page of the merged list. */
export interface MergedPage<T> {
  readonly items: readonly MergedItem<T>[]
  /**
   * Whether the client should request another page. A list that failed may have more items, so a page with at least one
   * item continues. A page with none ends, or a client that pages to the end would request a broken list for ever.
   */
  readonly hasMore: boolean
}

interface Head<T> {
  readonly source: MergeSource<T>
  readonly iterator: AsyncIterator<MergeItem<T>>
  next: MergeItem<T> | null
}

/**
 * Merges lists that are sorted newest first, and returns the first `count` items. Reads each list only as far as
 * needed. Reports a list that fails to `onFailure` and leaves it at its position; the other lists continue.
 */
export async function mergeNewestFirst<T>(
  sources: readonly MergeSource<T>[],
  count: number,
  isNewer: (a: T, b: T) => boolean,
  onFailure: (error: unknown, name: string) => void,
): Promise<MergedPage<T>> {
  const positions: Record<string, string | null> = {}
  for (const { name, resumeToken } of sources) positions[name] = resumeToken
  let hasFailed = false

  const advance = async (head: Head<T>): Promise<void> => {
    try {
      const result = await head.iterator.next()
      head.next = result.done ? null : result.value
      if (result.done) delete positions[head.source.name]
    } catch (error) {
      head.next = null
      hasFailed = true
      onFailure(error, head.source.name)
    }
  }

  const heads = sources.map((source): Head<T> => {
    const iterator = source.open(source.resumeToken)[Symbol.asyncIterator]()
    return { source, iterator, next: null }
  })
  await Promise.all(heads.map(advance))
  const items: MergedItem<T>[] = []
  for (let head = newest(heads, isNewer); head?.next && items.length < count; head = newest(heads, isNewer)) {
    const { item, resumeToken } = head.next
    positions[head.source.name] = resumeToken
    items.push({ item, positions: { ...positions } })
    await advance(head)
  }
  const hasMore = heads.some(({ next }) => next !== null) || (hasFailed && items.length > 0)
  await Promise.all(heads.map(({ iterator }) => iterator.return?.()))
  return { items, hasMore }
}

function newest<T>(heads: readonly Head<T>[], isNewer: (a: T, b: T) => boolean): Head<T> | null {
  let newestHead: Head<T> | null = null
  for (const head of heads) {
    if (head.next && (!newestHead?.next || isNewer(head.next.item, newestHead.next.item))) newestHead = head
  }
  return newestHead
}
