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

/** A provider's list, newest first. It fails instead of giving the item at a place in `failsAt`, once for each. */
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

const isNewer = (a: Item, b: Item) => a.time > b.time

/** The page behind a cursor's positions: a list that they do not name was read to its end. */
async function readPage(lists: Lists, size: number, positions: Positions | null, told: string[] = []) {
  const sources = [...lists]
    .filter(([name]) => positions === null || Object.hasOwn(positions, name))
    .map(
      ([name, list]): MergeSource<Item> => ({
        name,
        resumeToken: positions?.[name] ?? null,
        open: (resume) => list.from(resume),
      }),
    )
  return mergeNewestFirst(sources, size, isNewer, (_error, name) => void told.push(name))
}

/** Pages to the end; a page without items and without more ends it too. */
async function readAll(lists: Lists, size: number, told: string[] = []): Promise<Item[][]> {
  const pages: Item[][] = []
  let positions: Positions | null = null
  for (;;) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(lists, size, positions, told)
    pages.push(page.items.map(({ item }) => item))
    positions = page.items.at(-1)?.positions ?? positions
    if (!page.hasMore) return pages
  }
}

const makeLists = (
  times: readonly (readonly number[])[],
  failures: readonly (readonly number[])[] = [],
): Lists => new Map(times.map((list, n) => [`list-${n}`, new FakeList(`list-${n}`, list, failures[n])]))

/** Everything of every list as one: newest first, and of the same time in the order of the lists. */
const everything = (lists: Lists): Item[] =>
  [...lists.values()].flatMap(({ items }) => items).sort((a, b) => b.time - a.time)

const times = fc.array(fc.array(fc.nat(12), { maxLength: 25 }), { maxLength: 5 })
const size = fc.integer({ min: 1, max: 30 })

describe('several lists as one', () => {
  it('are the full merge, whatever the size of a page', async () => {
    await fc.assert(
      fc.asyncProperty(times, size, async (lists, count) => {
        const sources = makeLists(lists)
        const pages = await readAll(sources, count)
        expect(pages.flat()).toEqual(everything(sources))
        for (const page of pages.slice(0, -1)) expect(page).toHaveLength(count)
      }),
    )
  })

  it('go on behind any item, not only a page’s last', async () => {
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

  it('are read one item further than the page at most, and closed', async () => {
    const lists = makeLists([[9, 8, 7, 1], [6, 5], [4]])
    await readPage(lists, 2, null)
    expect([...lists.values()].map(({ read }) => read)).toEqual([3, 1, 1])
    expect([...lists.values()].map(({ open }) => open)).toEqual([0, 0, 0])
  })

  it('of none are an empty page', async () => {
    expect(await readPage(new Map(), 5, null)).toEqual({ items: [], hasMore: false })
  })
})

describe('a list that fails', () => {
  it('loses nothing: the others go on in order, and it goes on where it stood', async () => {
    const failures = fc.array(fc.uniqueArray(fc.nat(25), { maxLength: 2 }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(times, failures, size, async (lists, failsAt, count) => {
        const sources = makeLists(lists, failsAt)
        const told: string[] = []
        const items = (await readAll(sources, count, told)).flat()
        const healthy = items.filter(({ name }) => !told.includes(name))
        expect(healthy).toEqual(everything(sources).filter(({ name }) => !told.includes(name)))
        for (const [name, list] of sources) {
          const own = items.filter((item) => item.name === name)
          // It may end early where it was the last one and fails again, but never with a hole or a repetition.
          expect(own).toEqual(list.items.slice(0, own.length))
          if (!told.includes(name)) expect(own).toHaveLength(list.items.length)
        }
      }),
    )
  })

  it('is read to its end once it is well again, as long as a page moved on', async () => {
    const lists = makeLists(
      [
        [9, 8, 7, 6, 5],
        [9, 1],
      ],
      [[3], [1]],
    )
    const told: string[] = []
    const pages = await readAll(lists, 10, told)
    expect(told).toEqual(['list-1', 'list-0'])
    expect(pages.flat().filter(({ name }) => name === 'list-0')).toEqual(lists.get('list-0')?.items)
    expect(pages.flat().filter(({ name }) => name === 'list-1')).toEqual(lists.get('list-1')?.items)
  })

  it('that gives nothing and has no company ends the reading', async () => {
    const lists = makeLists([[1, 2, 3]], [[0]])
    const told: string[] = []
    expect(await readPage(lists, 5, null, told)).toEqual({ items: [], hasMore: false })
    expect(told).toEqual(['list-0'])
  })

  it('while the next item is looked for leaves the page whole and more to come', async () => {
    const lists = makeLists([[3, 2, 1]], [[2]])
    const page = await readPage(lists, 2, null)
    expect(page.items.map(({ item }) => item.time)).toEqual([3, 2])
    expect(page.hasMore).toBe(true)
    const rest = await readPage(lists, 2, page.items.at(-1)?.positions ?? null)
    expect(rest.items.map(({ item }) => item.time)).toEqual([1])
  })
})
