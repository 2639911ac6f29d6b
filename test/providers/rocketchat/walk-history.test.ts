import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MessageWindow } from '../../../src/domain/messages.ts'
import { comparePositions, type Message } from '../../../src/domain/model.ts'
import { mapMessage } from '../../../src/providers/rocketchat/map.ts'
import { type ReadHistoryPage, walkHistory } from '../../../src/providers/rocketchat/walk-history.ts'
import { readMessage } from '../../../src/providers/rocketchat/wire.ts'
import { type HistoryWalk, readRecent, readWindow } from '../../../src/providers/shared/history.ts'

const oldest: MessageWindow = {
  take: 'oldest',
  limit: 2,
  after: null,
  before: null,
  since: null,
  until: null,
}

/** Creates a message whose position is its millisecond and its number. */
function line(ms: number, index: number): Message {
  const document = { _id: `m${String(index).padStart(6, '0')}`, msg: `line ${index}`, ts: ms }
  const wire = readMessage(document, new Set())
  return mapMessage(wire, 'room', { provider: 'rocketchat', url: 'http://127.0.0.1' })
}

/** Reads messages as the server does: newest first, `end` exclusive, in no order within a millisecond. */
function historyOf(messages: readonly Message[]): { walk: HistoryWalk; calls: () => number } {
  const newestFirst = [...messages].sort((a, b) => b.position.micros - a.position.micros)
  let calls = 0
  const read: ReadHistoryPage = async (end, limit) => {
    calls += 1
    const below = newestFirst.filter(({ createdAt }) => end === null || createdAt < end)
    return { messages: below.slice(0, limit), isFull: below.length >= limit }
  }
  return { walk: walkHistory(read), calls: () => calls }
}

describe('the oldest page of a long room', () => {
  it('is found by walking back in large pages', async () => {
    const { walk, calls } = historyOf(Array.from({ length: 1_000 }, (_, index) => line(index, index)))
    const { messages } = await readWindow(walk, oldest)
    expect(messages.map(({ text }) => text)).toEqual(['line 0', 'line 1'])
    expect(calls()).toBeLessThan(7)
  })

  it('is INVALID_INPUT with an alternative if the walk would be too long', async () => {
    const { walk } = historyOf(Array.from({ length: 20_500 }, (_, index) => line(index, index)))
    await expect(readWindow(walk, oldest)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'first',
      message: expect.stringContaining('until'),
    })
    const until = new Date(1_000)
    expect(await readWindow(walk, { ...oldest, until })).toMatchObject({ hasEarlier: false, hasLater: true })
  })
})

describe('recent messages', () => {
  it('are the newest page if no start is given', async () => {
    const { walk, calls } = historyOf(Array.from({ length: 500 }, (_, index) => line(index, index)))
    const recent = await readRecent(walk, null)
    expect(recent.messages.at(-1)?.text).toBe('line 499')
    expect(recent.messages.length).toBeGreaterThan(40)
    expect(calls()).toBe(1)
  })

  it('are two thousand at most, in few requests, however old the start is', async () => {
    const { walk, calls } = historyOf(Array.from({ length: 5_000 }, (_, index) => line(index, index)))
    const { messages, from } = await readRecent(walk, { micros: 0, id: '' })
    expect(messages.length).toBeGreaterThanOrEqual(2_000)
    expect(messages.length).toBeLessThan(2_200)
    expect(from).toEqual({ micros: messages[0]?.position.micros, id: '' })
    expect(calls()).toBe(11)
  })

  it('are all messages from a position on, and report from which position they are complete', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 160 })
    await fc.assert(
      fc.asyncProperty(times, fc.option(fc.integer({ min: -1, max: 41 })), async (milliseconds, from) => {
        const all = milliseconds.map(line)
        const place = from === null ? null : { micros: from * 1000, id: '' }
        const recent = await readRecent(historyOf(all).walk, place)
        const floor = recent.from
        const wanted = all
          .filter(({ position }) => floor === null || comparePositions(position, floor) >= 0)
          .sort((a, b) => comparePositions(a.position, b.position))
        expect(recent.messages).toEqual(wanted)
        if (place && floor) expect(comparePositions(floor, place)).toBeLessThanOrEqual(0)
      }),
    )
  })
})
