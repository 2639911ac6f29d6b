/** An item with the token from which its list continues after it. */
export interface MergeItem<T> {
  readonly item: T
  readonly resumeToken: string
}

/**
 * Position from which a list continues. A string is the resume token of its last returned item. A number is the sort time of
 * its newest item when other lists had newer ones: newer items have arrived since, and come before the page. Null is its start.
 */
export type ListPosition = string | number | null

/** Positions of lists by name; an absent list was read to its end. */
export type ListPositions = Readonly<Record<string, ListPosition>>

/** One list to merge, sorted newest first. */
export interface MergeSource<T> {
  readonly name: string
  readonly position: ListPosition
  /** Continues after the item with this token; null starts at the newest item. */
  open(resumeToken: string | null): AsyncIterable<MergeItem<T>>
}

/** An item, and the positions of all lists after it. */
export interface MergedItem<T> {
  readonly item: T
  readonly positions: ListPositions
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

/** Time of an item, in milliseconds since 1970, by which the lists are merged; infinite for items that must not wait. */
export type SortTime<T> = (item: T) => number

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
  sortTime: SortTime<T>,
  onFailure: (error: unknown, name: string) => void,
): Promise<MergedPage<T>> {
  const positions: Record<string, ListPosition> = {}
  for (const { name, position } of sources) positions[name] = position
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
    return { source, iterator: readFromPosition(source, sortTime), next: null }
  })
  await Promise.all(heads.map(advance))
  for (const { source, next } of heads) {
    if (next && typeof source.position !== 'string')
      positions[source.name] = positionOfFirst(sortTime(next.item))
  }
  const items: MergedItem<T>[] = []
  for (
    let head = newest(heads, sortTime);
    head?.next && items.length < count;
    head = newest(heads, sortTime)
  ) {
    const { item, resumeToken } = head.next
    positions[head.source.name] = resumeToken
    items.push({ item, positions: { ...positions } })
    await advance(head)
  }
  const hasMore = heads.some(({ next }) => next !== null) || (hasFailed && items.length > 0)
  await Promise.all(heads.map(({ iterator }) => iterator.return?.()))
  return { items, hasMore }
}

/** Reads a list from its position. Only what precedes its first item is skipped: a list need not be sorted throughout. */
async function* readFromPosition<T>({ position, open }: MergeSource<T>, sortTime: SortTime<T>) {
  let hasStarted = typeof position !== 'number'
  for await (const each of open(typeof position === 'number' ? null : position)) {
    hasStarted ||= typeof position === 'number' && sortTime(each.item) <= position
    if (hasStarted) yield each
  }
}

/** Position of a list whose first item has not been returned. */
function positionOfFirst(time: number): ListPosition {
  return Number.isFinite(time) ? time : null
}

function newest<T>(heads: readonly Head<T>[], sortTime: SortTime<T>): Head<T> | null {
  let newestHead: Head<T> | null = null
  for (const head of heads) {
    if (!head.next) continue
    if (!newestHead?.next || sortTime(head.next.item) > sortTime(newestHead.next.item)) newestHead = head
  }
  return newestHead
}
