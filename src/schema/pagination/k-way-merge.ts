/** An item with the place in its list from which reading goes on behind it. */
export interface MergeItem<T> {
  readonly item: T
  readonly resumeToken: string
}

/** One list to merge: `open` reads it newest first from where `resume` stands. */
export interface MergeSource<T> {
  readonly name: string
  /** Null from the top. */
  readonly resumeToken: string | null
  open(resume: string | null): AsyncIterable<MergeItem<T>>
}

/** An item, and where every list stood behind it: null is a list's top, absent is its end. */
export interface MergedItem<T> {
  readonly item: T
  readonly positions: Readonly<Record<string, string | null>>
}

/** A page of several lists as one. */
export interface MergedPage<T> {
  readonly items: readonly MergedItem<T>[]
  /**
   * Whether another page is worth asking for. A list that failed may have more, as long as the page moved on at
   * all: who pages to the end must neither miss the rest of it nor ask a broken one for ever.
   */
  readonly hasMore: boolean
}

interface Head<T> {
  readonly source: MergeSource<T>
  readonly iterator: AsyncIterator<MergeItem<T>>
  next: MergeItem<T> | null
}

/**
 * The first `count` items of several lists as one, newest first. Every list is read only as far as needed. A
 * list that fails is left where it stood and told to `onFailure`; the others go on.
 */
export async function mergeNewestFirst<T>(
  sources: readonly MergeSource<T>[],
  count: number,
  isNewer: (a: T, b: T) => boolean,
  onFailure: (error: unknown, name: string) => void,
): Promise<MergedPage<T>> {
  const positions: Record<string, string | null> = {}
  for (const { name, resumeToken: resume } of sources) positions[name] = resume
  let failed = false

  const advance = async (head: Head<T>): Promise<void> => {
    try {
      const result = await head.iterator.next()
      head.next = result.done ? null : result.value
      if (result.done) delete positions[head.source.name]
    } catch (error) {
      head.next = null
      failed = true
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
    const { item, resumeToken: resume } = head.next
    positions[head.source.name] = resume
    items.push({ item, positions: { ...positions } })
    await advance(head)
  }
  const hasMore = heads.some(({ next }) => next !== null) || (failed && items.length > 0)
  await Promise.all(heads.map(({ iterator }) => iterator.return?.()))
  return { items, hasMore }
}

function newest<T>(heads: readonly Head<T>[], isNewer: (a: T, b: T) => boolean): Head<T> | null {
  let best: Head<T> | null = null
  for (const head of heads) {
    if (head.next && (!best?.next || isNewer(head.next.item, best.next.item))) best = head
  }
  return best
}
