import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClassicPage } from '../../../../src/providers/livechat/offline/classic-client.ts'
import {
  type DayPosition,
  readDay,
  START_OF_DAY,
} from '../../../../src/providers/livechat/offline/classic-day.ts'

const PAGE_SIZE = 25

/** A day at the provider, newest first, that changes while it is read. */
class MovingDay {
  readonly ids: string[]
  calls = 0
  #added = 0

  constructor(count: number) {
    this.ids = Array.from({ length: count }, (_, n) => `m${n}`)
  }

  readonly page = async (number: number): Promise<ClassicPage> => {
    this.calls += 1
    return {
      messages: this.ids
        .slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE)
        .map((id) => ({ id, visitor_name: 'Ada', skill: '0', email: null, message: 'Hello' })),
      total: this.ids.length,
      pages: Math.ceil(this.ids.length / PAGE_SIZE),
    }
  }

  add(): void {
    this.#added += 1
    this.ids.unshift(`n${this.#added}`)
  }

  /** Removes the message at a fraction of the day, if there is one. */
  remove(part: number): void {
    this.ids.splice(Math.floor(part * this.ids.length), 1)
  }
}

/** Reads at most `limit` messages after a position; runs `meanwhile` before each. */
async function read(
  day: { page: (number: number) => Promise<ClassicPage> },
  from: DayPosition,
  count = Number.POSITIVE_INFINITY,
  meanwhile: (read: number) => void = () => {},
): Promise<{ ids: string[]; place: DayPosition | null }> {
  const ids: string[] = []
  let place: DayPosition = from
  for await (const { item, position: at } of readDay(day.page, from, null)) {
    ids.push(item.id)
    place = at
    if (ids.length >= count) return { ids, place }
    meanwhile(ids.length)
  }
  return { ids, place: null }
}

const changes = fc.record({
  added: fc.nat(3),
  removed: fc.array(fc.double({ min: 0, max: 0.999 }), { maxLength: 2 }),
})

describe('a day that is read in parts', () => {
  it('yields every message that remains exactly once and in order, whatever is added and removed in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(80),
        fc.integer({ min: 1, max: 40 }),
        fc.infiniteStream(changes),
        async (count, size, script) => {
          const day = new MovingDay(count)
          const before = [...day.ids]
          const listed: string[] = []
          let place: DayPosition | null = START_OF_DAY
          while (place) {
            const part: { ids: string[]; place: DayPosition | null } = await read(day, place, size)
            listed.push(...part.ids)
            place = part.place
            const { added, removed } = script.next().value
            for (let n = 0; n < added; n += 1) day.add()
            for (const at of removed) day.remove(at)
          }
          const stayed = before.filter((id) => day.ids.includes(id))
          expect(listed.filter((id) => stayed.includes(id))).toEqual(stayed)
          expect(new Set(listed).size).toBe(listed.length)
        },
      ),
    )
  })
})

describe('a day that changes during one read', () => {
  it.each([
    ['a new message', (day: MovingDay) => day.add()],
    ['removing a message that was read', (day: MovingDay) => day.remove(0)],
    ['removing the last message read', (day: MovingDay) => day.ids.splice(24, 1)],
    ['removing a message that was not read yet', (day: MovingDay) => day.ids.splice(25, 1)],
    ['a whole new page', (day: MovingDay) => void Array.from({ length: 25 }, () => day.add())],
    ['removing a whole page', (day: MovingDay) => day.ids.splice(0, 24)],
  ])('%s neither repeats nor loses others', async (_what, change) => {
    const day = new MovingDay(60)
    const before = [...day.ids]
    const { ids } = await read(day, START_OF_DAY, undefined, (count) => {
      if (count === 25) change(day)
    })
    const stayed = before.filter((id, index) => index < 25 || day.ids.includes(id))
    expect(ids).toEqual(stayed)
  })
})

describe('the requests of a day', () => {
  it('are one per page', async () => {
    const day = new MovingDay(60)
    await read(day, START_OF_DAY)
    expect(day.calls).toBe(3)
  })

  it('start at the page of the position, not at the first', async () => {
    const day = new MovingDay(100)
    const { place } = await read(day, START_OF_DAY, 60)
    day.calls = 0
    expect((await read(day, place ?? START_OF_DAY)).ids).toEqual(day.ids.slice(60))
    expect(day.calls).toBe(2)
  })

  it('end if a provider reports more pages than it has', async () => {
    const day = new MovingDay(30)
    const page = async (number: number) => ({ ...(await day.page(number)), pages: 1_000_000 })
    expect((await read({ page }, START_OF_DAY)).ids).toEqual(day.ids)
    expect(day.calls).toBe(3)
  })

  it('are few for a position that is on no page', async () => {
    const day = new MovingDay(30)
    const { ids } = await read(day, { readCount: 1_000_000_000, anchorIds: ['gone'] })
    expect(ids).toEqual([])
    expect(day.calls).toBeLessThan(5)
  })
})

it('skips a message that cannot be parsed, and keeps the positions of the others', async () => {
  const day = new MovingDay(30)
  const page = async (number: number) => {
    const { messages, ...rest } = await day.page(number)
    return { ...rest, messages: messages.map((item) => (item?.id === 'm3' ? null : item)) }
  }
  const { ids, place } = await read({ page }, START_OF_DAY, 10)
  expect(place?.readCount).toBe(11)
  expect([...ids, ...(await read({ page }, place ?? START_OF_DAY)).ids]).toEqual(
    day.ids.filter((id) => id !== 'm3'),
  )
})
