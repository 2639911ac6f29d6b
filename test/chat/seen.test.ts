import { describe, expect, it } from 'vitest'
import {
  type Cursor,
  decodeCursor,
  encodeCursor,
  endCursorOf,
  hasSeen,
  hasSeenVersion,
  reachOf,
} from '../../src/chat/cursor.ts'
import { BEGINNING, type Message } from '../../src/chat/model.ts'
import { Seen } from '../../src/chat/seen.ts'
import { findTrace } from '../../src/chat/seen-print.ts'
import { KnownWindow } from '../../src/live/known-window.ts'
import { replay } from '../../src/live/replay.ts'
import { edited, message } from '../live/messages.ts'

describe('what a cursor says of what was seen', () => {
  it('reaches back over the newest 40, no farther than one look reads', () => {
    const messages = Array.from({ length: 120 }, (_, index) => message(`m${1000 + index}`, 1_000 * index))
    expect(reachOf(endOf(messages, BEGINNING))).toEqual(messages.at(-40)?.position)
  })

  it('reaches back over all of a burst, behind which a message may yet be committed late', () => {
    const messages = burst(120)
    expect(reachOf(endOf(messages, BEGINNING))).toEqual(BEGINNING)
    const late = message('late', 20)
    expect(told(endOf(messages, BEGINNING), [...messages, late])).toEqual(['Gap'])
    expect(reachOf(endOf(burst(300), BEGINNING))).toEqual(burst(300).at(-256)?.position)
  })

  it('is, of a burst, the newest 32: what is put among them later is told', () => {
    const messages = burst(40)
    const late = message('late', 38, { text: 'late' })
    const cursor = endOf(messages, BEGINNING)
    expect(cursor.print?.traces).toHaveLength(320)
    expect(told(cursor, [...messages, late])).toEqual(['MessageAdded'])
  })

  it('names no message where more than it can name changed at once', () => {
    const messages = burst(40).map((one) => edited(one, 5_000))
    const cursor = endOf(messages, BEGINNING)
    expect(cursor.print).toMatchObject({ tracesFrom: 5_000_001, traces: '' })
    expect(told(cursor, messages)).toEqual([])
  })

  it('is the same whether it was seen at once or one by one, in whatever order', () => {
    const messages = [...burst(90), edited(message('m', 200), 95)]
    const at = 95_000
    const atOnce = new Seen(
      BEGINNING,
      [...messages].reverse().map((one) => ({ message: one, isOutdated: false })),
    )
    const oneByOne = new Seen(BEGINNING)
    for (const one of messages) oneByOne.see(one)
    expect(atOnce.print(at)).toEqual(oneByOne.print(at))
    expect(atOnce.print(at).traces).toHaveLength(320)
  })

  it('forgets a message that is gone, and how one read that has changed', () => {
    const [one, two] = [message('one', 1), message('two', 2)]
    const seen = new Seen(BEGINNING)
    for (const each of [one, two, edited(one, 3), two]) seen.see(each)
    seen.lose(two)
    seen.lose(message('never', 1))
    const known = new Seen(BEGINNING, [{ message: edited(one, 3), isOutdated: false }])
    expect(seen.print(3_000)).toEqual(known.print(3_000))
  })
})

it('a message before all that a page shows is none that its reader was not told of', () => {
  const page = [message('b', 20), message('c', 30)]
  const cursor = endOf(page, page[0]?.position ?? BEGINNING)
  expect(hasSeen(cursor, message('a', 10))).toBe(true)
  expect(hasSeen(cursor, message('bb', 25))).toBe(false)
})

it('what was changed up to five seconds before is known one by one, what was earlier by its time', () => {
  const last = message('last', 10_000)
  const [then, before] = [edited(message('m', 1), 5_000), edited(message('old', 1), 4_999)]
  const cursor = endOf([then, last], then.position)
  expect(hasSeenVersion(cursor, then)).toBe(true)
  expect(hasSeenVersion(cursor, edited(then, 5_000))).toBe(false)
  expect(hasSeenVersion(cursor, before)).toBe(true)
  expect(hasSeenVersion(cursor, edited(before, 9_000))).toBe(false)
  expect(hasSeen(cursor, message('late', 5_000))).toBe(false)
  expect(hasSeen(cursor, message('later', 4_999))).toBe(true)
})

it('what was never changed and stands before a page is no change to its reader', () => {
  const page = [message('b', 20), message('c', 30)]
  expect(hasSeenVersion(endOf(page, { micros: 20_000, id: 'b' }), message('a', 10))).toBe(true)
})

it('a trace is found where one begins, and nowhere else', () => {
  const one = message('one', 1)
  const { print } = endOf([one], BEGINNING)
  if (!print) throw new Error('the cursor has no print')
  expect(findTrace({ ...print, traces: `${'A'.repeat(10)}${print.traces}` }, one)).toBe('same version')
  expect(findTrace({ ...print, traces: `AAAA${print.traces}AAAAAA` }, one)).toBe('none')
})

/** Messages of as many milliseconds. */
function burst(count: number): readonly Message[] {
  return Array.from({ length: count }, (_, index) => message(`m${1000 + index}`, index))
}

function endOf(page: readonly Message[], from: typeof BEGINNING): Cursor {
  const end = endCursorOf(page, from)
  const cursor = end && decodeCursor(encodeCursor(end))
  if (!cursor) throw new Error('the page has no end that is taken back')
  return cursor
}

/** What is told behind the cursor in a room that holds these messages. */
function told(cursor: Cursor, messages: readonly Message[]): readonly string[] {
  const window = new KnownWindow()
  window.compare({ messages, from: null })
  return replay(cursor, window).map(({ change }) => change.type)
}
