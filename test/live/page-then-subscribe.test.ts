import { expect, it } from 'vitest'
import { encodeCursor } from '../../src/cursor/cursor.ts'
import type { LivePageQueryVariables } from '../generated/graphql.ts'
import { fetchData } from '../support/graphql-client.ts'
import { asVisitor } from '../support/test-gateway.ts'
import { Events, Page } from './documents.ts'
import { cursorsOf, summarize } from './event-summary.ts'
import {
  openRocketChatRoom,
  type RocketChatRoom,
  readEndCursor,
  sendAsVisitor,
  VISITOR_TOKEN,
  waitForSubscribers,
} from './rocketchat-room.ts'
import { overWebSocket } from './transports.ts'

const { subscribe } = overWebSocket
/** Polls are made on request only. */
const rarely = { config: { pollIntervalMs: 60_000, pollIdleIntervalMs: 60_000 } }

it('does not deliver an older version to a client whose page is newer than the last poll', async () => {
  const setup = await openRocketChatRoom(rarely)
  const first = subscribe(setup.url, VISITOR_TOKEN, Events, {
    room: setup.room,
    after: await readEndCursor(setup),
  })
  const one = await sendAsVisitor(setup, 'one')
  await first.take(1)
  setup.rocketChat.workspace.edit(one, 'one, edited')
  const second = subscribe(setup.url, VISITOR_TOKEN, Events, {
    room: setup.room,
    after: await readEndCursor(setup),
  })
  expect(summarize(await first.take(1))).toEqual([`updated ${one} one, edited`])
  const two = await sendAsVisitor(setup, 'two')
  expect(summarize(await second.take(1))).toEqual([`added ${two} two`])
})

it('continues exactly after the end of a page read after a cursor', async () => {
  const setup = await openRocketChatRoom()
  sendMany(setup, 60, 'm', Date.now() - 60)
  const after = await readEndCursor(setup)
  sendMany(setup, 3, 'then')
  const page = await read(setup, { after, last: 10 })
  expect(page.edges).toHaveLength(3)
  const ends: string[] = []
  for (const [index, { cursor }] of page.edges.entries()) {
    const rest = subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room, after: cursor })
    const end = await sendAsVisitor(setup, 'end')
    ends.push(`added ${end} end`)
    const expected = [...['added then-1001 m', 'added then-1002 m'].slice(index), ...ends]
    expect(summarize(await rest.take(expected.length))).toEqual(expected)
    await rest.stop()
  }
})

it('accepts every cursor it issued, however long the native ids are', async () => {
  const setup = await openRocketChatRoom()
  const { workspace } = setup.rocketChat
  const long = (end: string) => `${'"\\'.repeat(400)}🙏${end}`
  workspace.visitorSends(setup.rid, 'one', { _id: long('1') })
  const events = subscribe(setup.url, VISITOR_TOKEN, Events, {
    room: setup.room,
    after: await readEndCursor(setup),
  })
  await waitForSubscribers(setup, 1)
  workspace.visitorSends(setup.rid, 'two', { _id: long('2') })
  const received = await events.take(1)
  await events.stop()
  await waitForSubscribers(setup, 0)
  workspace.visitorSends(setup.rid, 'three', { _id: 'm3' })
  const resumed = subscribe(setup.url, VISITOR_TOKEN, Events, {
    room: setup.room,
    after: cursorsOf(received)[0] ?? '',
  })
  expect(summarize(await resumed.take(1))).toEqual(['added m3 three'])
})

it('reads back a bounded number of messages for an invented cursor, and reports a gap', async () => {
  const setup = await openRocketChatRoom(rarely)
  sendMany(setup, 2_200, 'm', Date.now() - 60_000)
  const from = { micros: 0, id: '' }
  const fingerprint = { from, idsHash: 'abcdefgh', recentFromMicros: 0, recentVersions: '' }
  const after = encodeCursor({
    position: from,
    changeMicros: 0,
    logPosition: null,
    fingerprint: fingerprint,
    roomState: null,
  })
  const before = setup.historyRequests()
  const received = await subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room, after }).take(2_001)
  expect(summarize(received.slice(0, 1))).toEqual(['gap HISTORY_LIMIT'])
  expect(summarize(received.slice(1)).every((one) => one.startsWith('added'))).toBe(true)
  expect(setup.historyRequests() - before).toBe(11)
})

function sendMany({ rocketChat, rid }: RocketChatRoom, count: number, name = 'm', from = Date.now()): void {
  for (let index = 0; index < count; index += 1)
    rocketChat.workspace.visitorSends(rid, 'm', {
      _id: `${name}-${1000 + index}`,
      ts: new Date(from + index),
    })
}

async function read({ url, rid }: RocketChatRoom, snapshot: Omit<LivePageQueryVariables, 'rid'>) {
  const { roomByNativeId } = await fetchData(url, Page, { rid, ...snapshot }, asVisitor(VISITOR_TOKEN))
  if (!roomByNativeId) throw new Error('there is no such room')
  return roomByNativeId.messages
}
