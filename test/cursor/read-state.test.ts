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

describe('the fingerprint of a cursor', () => {
  it('covers the newest 40 messages, no more than one poll reads', () => {
    const messages = Array.from({ length: 120 }, (_, index) => message(`m${1000 + index}`, 1_000 * index))
    expect(requiredReadStart(endOf(messages, FIRST_POSITION))).toEqual(messages.at(-40)?.position)
  })

  it('covers a whole burst, which a late commit can still precede', () => {
    const messages = burst(120)
    expect(requiredReadStart(endOf(messages, FIRST_POSITION))).toEqual(FIRST_POSITION)
    const late = message('late', 20)
    expect(received(endOf(messages, FIRST_POSITION), [...messages, late])).toEqual(['Gap'])
    expect(requiredReadStart(endOf(burst(300), FIRST_POSITION))).toEqual(burst(300).at(-256)?.position)
  })

  it('contains the newest 32 versions of a burst, so that a message inserted among them is delivered', () => {
    const messages = burst(40)
    const late = message('late', 38, { text: 'late' })
    const cursor = endOf(messages, FIRST_POSITION)
    expect(cursor.fingerprint?.recentVersions).toHaveLength(320)
    expect(received(cursor, [...messages, late])).toEqual(['MessageAdded'])
  })

  it('contains no versions where more messages changed at once than it can hold', () => {
    const messages = burst(40).map((one) => edited(one, 5_000))
    const cursor = endOf(messages, FIRST_POSITION)
    expect(cursor.fingerprint).toMatchObject({ recentFromMicros: 5_000_001, recentVersions: '' })
    expect(received(cursor, messages)).toEqual([])
  })

  it('does not depend on the order in which messages were read', () => {
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

  it('drops deleted messages and earlier versions', () => {
    const [one, two] = [message('one', 1), message('two', 2)]
    const readState = new ReadState(FIRST_POSITION)
    for (const each of [one, two, edited(one, 3), two]) readState.add(each)
    readState.remove(two)
    readState.remove(message('never', 1))
    const known = new ReadState(FIRST_POSITION, [{ message: edited(one, 3), isOutdated: false }])
    expect(readState.fingerprint(3_000)).toEqual(known.fingerprint(3_000))
  })
})

it('a message before the start of a page counts as read', () => {
  const page = [message('b', 20), message('c', 30)]
  const cursor = endOf(page, page[0]?.position ?? FIRST_POSITION)
  expect(hasRead(cursor, message('a', 10))).toBe(true)
  expect(hasRead(cursor, message('bb', 25))).toBe(false)
})

it('changes of the last five seconds are covered individually, earlier ones by time', () => {
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

it('an unchanged message before a page counts as read in its current version', () => {
  const page = [message('b', 20), message('c', 30)]
  expect(hasReadVersion(endOf(page, { micros: 20_000, id: 'b' }), message('a', 10))).toBe(true)
})

it('a version is found only at a version boundary', () => {
  const one = message('one', 1)
  const { fingerprint } = endOf([one], FIRST_POSITION)
  if (!fingerprint) throw new Error('the cursor has no fingerprint')
  expect(
    findVersion({ ...fingerprint, recentVersions: `${'A'.repeat(10)}${fingerprint.recentVersions}` }, one),
  ).toBe('same')
  expect(
    findVersion({ ...fingerprint, recentVersions: `AAAA${fingerprint.recentVersions}AAAAAA` }, one),
  ).toBe('absent')
})

/** One message per millisecond. */
function burst(count: number): readonly Message[] {
  return Array.from({ length: count }, (_, index) => message(`m${1000 + index}`, index))
}

function endOf(page: readonly Message[], from: typeof FIRST_POSITION): Cursor {
  const end = pageEndCursor(page, from)
  const cursor = end && decodeCursor(encodeCursor(end))
  if (!cursor) throw new Error('the page has no valid end cursor')
  return cursor
}

/** The change types that a replay after the cursor delivers in a room with these messages. */
function received(cursor: Cursor, messages: readonly Message[]): readonly string[] {
  const snapshot = new RoomSnapshot()
  snapshot.diff({ messages, from: null })
  return replay(cursor, snapshot).map(({ change }) => change.type)
}
