import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type MergedItem,
  type MergeSource,
  mergeNewestFirst,
} from '../../../src/schema/pagination/k-way-merge.ts'

interface Item {
  readonly name: string
  readonly time: number
  readonly index: number
}

/** A provider's list, newest first. Reading the item at an index in `failsAt` fails once. */
class FakeList {
  readonly items: readonly Item[]
  readonly #failsAt: Set<number>
  read = 0
  open = 0

  constructor(name: string, times: readonly number[], failsAt: readonly number[] = []) {
    this.items = [...times].sort((a, b) => b - a).map((time, index) => ({ name, time, index }))
    this.#failsAt = new Set(failsAt)
  }

  async *from(resume: string | null): AsyncGenerator<{ item: Item; resumeToken: string }> {
    this.open += 1
    try {
      for (let index = resume === null ? 0 : Number(resume); ; index += 1) {
        if (this.#failsAt.delete(index)) throw new Error('failed')
        const item = this.items[index]
        if (!item) return
        this.read += 1
        yield { item, resumeToken: String(index + 1) }
      }
    } finally {
      this.open -= 1
    }
  }
}

type Lists = ReadonlyMap<string, FakeList>
type Positions = MergedItem<Item>['positions']

const sortTime = ({ time }: Item) => time

/** Reads the page after a cursor's positions; a list that they do not name was read to its end. */
async function readPage(lists: Lists, size: number, positions: Positions | null, failedLists: string[] = []) {
  const sources = [...lists]
    .filter(([name]) => positions === null || Object.hasOwn(positions, name))
    .map(
      ([name, list]): MergeSource<Item> => ({
        name,
        position: positions?.[name] ?? null,
        open: (resume) => list.from(resume),
      }),
    )
  return mergeNewestFirst(sources, size, sortTime, (_error, name) => void failedLists.push(name))
}

/** Reads all pages. */
async function readAll(lists: Lists, size: number, failedLists: string[] = []): Promise<Item[][]> {
  const pages: Item[][] = []
  let positions: Positions | null = null
  for (;;) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(lists, size, positions, failedLists)
    pages.push(page.items.map(({ item }) => item))
    positions = page.items.at(-1)?.positions ?? positions
    if (!page.hasMore) return pages
  }
}

const makeLists = (
  times: readonly (readonly number[])[],
  failures: readonly (readonly number[])[] = [],
): Lists => new Map(times.map((list, n) => [`list-${n}`, new FakeList(`list-${n}`, list, failures[n])]))

/** All items of all lists: newest first, and for equal times in the order of the lists. */
const everything = (lists: Lists): Item[] =>
  [...lists.values()].flatMap(({ items }) => items).sort((a, b) => b.time - a.time)

const times = fc.array(fc.array(fc.nat(12), { maxLength: 25 }), { maxLength: 5 })
const size = fc.integer({ min: 1, max: 30 })

describe('the merge of several lists', () => {
  it('is complete and in order for any page size', async () => {
    await fc.assert(
      fc.asyncProperty(times, size, async (lists, count) => {
        const sources = makeLists(lists)
        const pages = await readAll(sources, count)
        expect(pages.flat()).toEqual(everything(sources))
        for (const page of pages.slice(0, -1)) expect(page).toHaveLength(count)
      }),
    )
  })

  it('continues after any item, not only the last of a page', async () => {
    await fc.assert(
      fc.asyncProperty(times, fc.nat(), size, async (lists, pick, count) => {
        const sources = makeLists(lists)
        const all = everything(sources)
        const { items } = await readPage(sources, all.length + 1, null)
        const place = all.length === 0 ? 0 : pick % all.length
        const rest = await readPage(sources, count, items[place]?.positions ?? null)
        expect(rest.items.map(({ item }) => item)).toEqual(all.slice(place + 1).slice(0, count))
      }),
    )
  })

  it('reads at most one item beyond the page from each list, and closes it', async () => {
    const lists = makeLists([[9, 8, 7, 1], [6, 5], [4]])
    await readPage(lists, 2, null)
    expect([...lists.values()].map(({ read }) => read)).toEqual([3, 1, 1])
    expect([...lists.values()].map(({ open }) => open)).toEqual([0, 0, 0])
  })

  it('returns nothing that arrived after the first page, also in a list of which that page has no item', async () => {
    const oldTimes = [5, 4, 4, 1]
    const first = await readPage(makeLists([[9, 8], oldTimes]), 1, null)
    const rest = [8, ...oldTimes]
    // Arrivals in the other list are after its resume token.
    for (const arrivals of [[10], [9, 9], [12, 10, 6]]) {
      const lists = makeLists([
        [9, 8],
        [...arrivals, ...oldTimes],
      ])
      let positions = first.items.at(-1)?.positions ?? null
      const times: number[] = []
      for (let hasMore = true; hasMore; ) {
        const page = await readPage(lists, 1, positions)
        times.push(...page.items.map(({ item }) => item.time))
        positions = page.items.at(-1)?.positions ?? null
        hasMore = page.hasMore
      }
      expect(times).toEqual(rest)
    }
  })

  it('continues with the next older item if the newest of a list disappears before it is returned', async () => {
    const { items } = await readPage(makeLists([[9], [5, 4]]), 1, null)
    const rest = await readPage(makeLists([[9], [7, 4]]), 5, items[0]?.positions ?? null)
    expect(rest.items.map(({ item }) => item.time)).toEqual([4])
  })

  it('returns items of unknown time first, on whichever page', async () => {
    const unknown = Number.POSITIVE_INFINITY
    const lists = makeLists([[unknown], [unknown, 3], [2]])
    const times = (await readAll(lists, 1)).flat().map(({ time }) => time)
    expect(times).toEqual([unknown, unknown, 3, 2])
  })

  it('is an empty page for no lists', async () => {
    expect(await readPage(new Map(), 5, null)).toEqual({ items: [], hasMore: false })
  })
})

describe('a list that fails', () => {
  it('on the first page has all its items on the second, the newer ones too', async () => {
    const lists = makeLists(
      [
        [3, 2],
        [9, 1],
      ],
      [[], [0]],
    )
    expect((await readAll(lists, 1)).flat().map(({ time }) => time)).toEqual([3, 9, 2, 1])
  })

  it('loses no item: the other lists continue in order, and it continues from its position', async () => {
    const failures = fc.array(fc.uniqueArray(fc.nat(25), { maxLength: 2 }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(times, failures, size, async (lists, failsAt, count) => {
        const sources = makeLists(lists, failsAt)
        const failedLists: string[] = []
        const items = (await readAll(sources, count, failedLists)).flat()
        const healthy = items.filter(({ name }) => !failedLists.includes(name))
        expect(healthy).toEqual(everything(sources).filter(({ name }) => !failedLists.includes(name)))
        for (const [name, list] of sources) {
          const own = items.filter((item) => item.name === name)
          // It may end early if it is the last list and fails again, but never with a missing or repeated item.
          expect(own).toEqual(list.items.slice(0, own.length))
          if (!failedLists.includes(name)) expect(own).toHaveLength(list.items.length)
        }
      }),
    )
  })

  it('is read to its end after it recovers, if the page had an item', async () => {
    const lists = makeLists(
      [
        [9, 8, 7, 6, 5],
        [9, 1],
      ],
      [[3], [1]],
    )
    const failedLists: string[] = []
    const pages = await readAll(lists, 10, failedLists)
    expect(failedLists).toEqual(['list-1', 'list-0'])
    expect(pages.flat().filter(({ name }) => name === 'list-0')).toEqual(lists.get('list-0')?.items)
    expect(pages.flat().filter(({ name }) => name === 'list-1')).toEqual(lists.get('list-1')?.items)
  })

  it('ends the paging if it is the only list and returned no item', async () => {
    const lists = makeLists([[1, 2, 3]], [[0]])
    const failedLists: string[] = []
    expect(await readPage(lists, 5, null, failedLists)).toEqual({ items: [], hasMore: false })
    expect(failedLists).toEqual(['list-0'])
  })

  it('while the item after the page is read leaves the page complete and reports more items', async () => {
    const lists = makeLists([[3, 2, 1]], [[2]])
    const page = await readPage(lists, 2, null)
    expect(page.items.map(({ item }) => item.time)).toEqual([3, 2])
    expect(page.hasMore).toBe(true)
    const rest = await readPage(lists, 2, page.items.at(-1)?.positions ?? null)
    expect(rest.items.map(({ item }) => item.time)).toEqual([1])
  })
})
