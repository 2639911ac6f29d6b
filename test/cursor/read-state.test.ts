import { describe, expect, it } from 'vitest'
import {
  type Cursor,
  decodeCursor,
  encodeCursor,
  hasRead,
  hasReadVersion,
  pageEndCursor,
  requiredReadStart,
} from '../../src/cursor/cursor.ts'
import { findVersion } from '../../src/cursor/fingerprint.ts'
import { ReadState } from '../../src/cursor/read-state.ts'
import { FIRST_POSITION, type Message } from '../../src/domain/model.ts'
import { replay } from '../../src/live/changes/replay.ts'
import { RoomSnapshot } from '../../src/live/changes/room-snapshot.ts'
import { edited, message } from '../live/message-builders.ts'

describe('what a cursor says of what was seen', () => {
  it('reaches back over the newest 40, no farther than one look reads', () => {
    const messages = Array.from({ length: 120 }, (_, index) => message(`m${1000 + index}`, 1_000 * index))
    expect(requiredReadStart(endOf(messages, FIRST_POSITION))).toEqual(messages.at(-40)?.position)
  })

  it('reaches back over all of a burst, behind which a message may yet be committed late', () => {
    const messages = burst(120)
    expect(requiredReadStart(endOf(messages, FIRST_POSITION))).toEqual(FIRST_POSITION)
    const late = message('late', 20)
    expect(told(endOf(messages, FIRST_POSITION), [...messages, late])).toEqual(['Gap'])
    expect(requiredReadStart(endOf(burst(300), FIRST_POSITION))).toEqual(burst(300).at(-256)?.position)
  })

  it('is, of a burst, the newest 32: what is put among them later is told', () => {
    const messages = burst(40)
    const late = message('late', 38, { text: 'late' })
    const cursor = endOf(messages, FIRST_POSITION)
    expect(cursor.fingerprint?.recentVersions).toHaveLength(320)
    expect(told(cursor, [...messages, late])).toEqual(['MessageAdded'])
  })

  it('names no message where more than it can name changed at once', () => {
    const messages = burst(40).map((one) => edited(one, 5_000))
    const cursor = endOf(messages, FIRST_POSITION)
    expect(cursor.fingerprint).toMatchObject({ recentFromMicros: 5_000_001, recentVersions: '' })
    expect(told(cursor, messages)).toEqual([])
  })

  it('is the same whether it was seen at once or one by one, in whatever order', () => {
    const messages = [...burst(90), edited(message('m', 200), 95)]
    const at = 95_000
    const atOnce = new ReadState(
      FIRST_POSITION,
      [...messages].reverse().map((one) => ({ message: one, isOutdated: false })),
    )
    const oneByOne = new ReadState(FIRST_POSITION)
    for (const one of messages) oneByOne.add(one)
    expect(atOnce.fingerprint(at)).toEqual(oneByOne.fingerprint(at))
    expect(atOnce.fingerprint(at).recentVersions).toHaveLength(320)
  })

  it('forgets a message that is gone, and how one read that has changed', () => {
    const [one, two] = [message('one', 1), message('two', 2)]
    const seen = new ReadState(FIRST_POSITION)
    for (const each of [one, two, edited(one, 3), two]) seen.add(each)
    seen.remove(two)
    seen.remove(message('never', 1))
    const known = new ReadState(FIRST_POSITION, [{ message: edited(one, 3), isOutdated: false }])
    expect(seen.fingerprint(3_000)).toEqual(known.fingerprint(3_000))
  })
})

it('a message before all that a page shows is none that its reader was not told of', () => {
  const page = [message('b', 20), message('c', 30)]
  const cursor = endOf(page, page[0]?.position ?? FIRST_POSITION)
  expect(hasRead(cursor, message('a', 10))).toBe(true)
  expect(hasRead(cursor, message('bb', 25))).toBe(false)
})

it('what was changed up to five seconds before is known one by one, what was earlier by its time', () => {
  const last = message('last', 10_000)
  const [then, before] = [edited(message('m', 1), 5_000), edited(message('old', 1), 4_999)]
  const cursor = endOf([then, last], then.position)
  expect(hasReadVersion(cursor, then)).toBe(true)
  expect(hasReadVersion(cursor, edited(then, 5_000))).toBe(false)
  expect(hasReadVersion(cursor, before)).toBe(true)
  expect(hasReadVersion(cursor, edited(before, 9_000))).toBe(false)
  expect(hasRead(cursor, message('late', 5_000))).toBe(false)
  expect(hasRead(cursor, message('later', 4_999))).toBe(true)
})

it('what was never changed and stands before a page is no change to its reader', () => {
  const page = [message('b', 20), message('c', 30)]
  expect(hasReadVersion(endOf(page, { micros: 20_000, id: 'b' }), message('a', 10))).toBe(true)
})

it('a trace is found where one begins, and nowhere else', () => {
  const one = message('one', 1)
  const { fingerprint: print } = endOf([one], FIRST_POSITION)
  if (!print) throw new Error('the cursor has no print')
  expect(findVersion({ ...print, recentVersions: `${'A'.repeat(10)}${print.recentVersions}` }, one)).toBe(
    'same',
  )
  expect(findVersion({ ...print, recentVersions: `AAAA${print.recentVersions}AAAAAA` }, one)).toBe('absent')
})

/** Messages of as many milliseconds. */
function burst(count: number): readonly Message[] {
  return Array.from({ length: count }, (_, index) => message(`m${1000 + index}`, index))
}

function endOf(page: readonly Message[], from: typeof FIRST_POSITION): Cursor {
  const end = pageEndCursor(page, from)
  const cursor = end && decodeCursor(encodeCursor(end))
  if (!cursor) throw new Error('the page has no end that is taken back')
  return cursor
}

/** What is told behind the cursor in a room that holds these messages. */
function told(cursor: Cursor, messages: readonly Message[]): readonly string[] {
  const window = new RoomSnapshot()
  window.diff({ messages, from: null })
  return replay(cursor, window).map(({ change }) => change.type)
}
