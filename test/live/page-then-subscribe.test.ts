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
/** Looks are made for hints only. */
const rarely = { config: { pollIntervalMs: 60_000, pollIdleIntervalMs: 60_000 } }

it('tells no older version to whoever has read a newer one than the last look', async () => {
  const scene = await openRocketChatRoom(rarely)
  const first = subscribe(scene.url, VISITOR_TOKEN, Events, {
    room: scene.room,
    after: await readEndCursor(scene),
  })
  const one = await sendAsVisitor(scene, 'one')
  await first.take(1)
  scene.rocketChat.workspace.edit(one, 'one, edited')
  const second = subscribe(scene.url, VISITOR_TOKEN, Events, {
    room: scene.room,
    after: await readEndCursor(scene),
  })
  expect(summarize(await first.take(1))).toEqual([`updated ${one} one, edited`])
  const two = await sendAsVisitor(scene, 'two')
  expect(summarize(await second.take(1))).toEqual([`added ${two} two`])
})

it('goes on exactly behind the newest of what came since, read as a page after a cursor', async () => {
  const scene = await openRocketChatRoom()
  sendMany(scene, 60, 'm', Date.now() - 60)
  const after = await readEndCursor(scene)
  sendMany(scene, 3, 'then')
  const page = await read(scene, { after, last: 10 })
  expect(page.edges).toHaveLength(3)
  const ends: string[] = []
  for (const [index, { cursor }] of page.edges.entries()) {
    const rest = subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room, after: cursor })
    const end = await sendAsVisitor(scene, 'end')
    ends.push(`added ${end} end`)
    const expected = [...['added then-1001 m', 'added then-1002 m'].slice(index), ...ends]
    expect(summarize(await rest.take(expected.length))).toEqual(expected)
    await rest.stop()
  }
})

it('takes every cursor back that it gave, however long the provider’s ids are', async () => {
  const scene = await openRocketChatRoom()
  const { workspace } = scene.rocketChat
  const long = (end: string) => `${'"\\'.repeat(400)}🙏${end}`
  workspace.visitorSends(scene.rid, 'one', { _id: long('1') })
  const events = subscribe(scene.url, VISITOR_TOKEN, Events, {
    room: scene.room,
    after: await readEndCursor(scene),
  })
  await waitForSubscribers(scene, 1)
  workspace.visitorSends(scene.rid, 'two', { _id: long('2') })
  const told = await events.take(1)
  await events.stop()
  await waitForSubscribers(scene, 0)
  workspace.visitorSends(scene.rid, 'three', { _id: 'm3' })
  const resumed = subscribe(scene.url, VISITOR_TOKEN, Events, {
    room: scene.room,
    after: cursorsOf(told)[0] ?? '',
  })
  expect(summarize(await resumed.take(1))).toEqual(['added m3 three'])
})

it('reads back a bounded number of messages for a cursor that somebody made up, and says so', async () => {
  const scene = await openRocketChatRoom(rarely)
  sendMany(scene, 2_200, 'm', Date.now() - 60_000)
  const from = { micros: 0, id: '' }
  const print = { from, idsHash: 'abcdefgh', recentFromMicros: 0, recentVersions: '' }
  const after = encodeCursor({
    position: from,
    changeMicros: 0,
    logPosition: null,
    fingerprint: print,
    roomState: null,
  })
  const before = scene.historyCalls()
  const told = await subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room, after }).take(2_001)
  expect(summarize(told.slice(0, 1))).toEqual(['gap HISTORY_LIMIT'])
  expect(summarize(told.slice(1)).every((one) => one.startsWith('added'))).toBe(true)
  expect(scene.historyCalls() - before).toBe(11)
})

function sendMany({ rocketChat, rid }: RocketChatRoom, count: number, name = 'm', from = Date.now()): void {
  for (let index = 0; index < count; index += 1)
    rocketChat.workspace.visitorSends(rid, 'm', {
      _id: `${name}-${1000 + index}`,
      ts: new Date(from + index),
    })
}

async function read({ url, rid }: RocketChatRoom, window: Omit<LivePageQueryVariables, 'rid'>) {
  const { roomByNativeId } = await fetchData(url, Page, { rid, ...window }, asVisitor(VISITOR_TOKEN))
  if (!roomByNativeId) throw new Error('there is no such room')
  return roomByNativeId.messages
}
