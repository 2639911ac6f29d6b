import { expect, it } from 'vitest'
import { openSocketClient } from '../../support/graphql-client.ts'
import { Events } from '../documents.ts'
import { summarize } from '../event-summary.ts'
import {
  addRoom,
  globalId,
  openRocketChatRoom,
  readEndCursor,
  sendAsVisitor,
  VISITOR_TOKEN,
  waitForSubscribers,
} from '../rocketchat-room.ts'
import { overSse, overWebSocket, subscribeOn } from '../transports.ts'

const seldom = { pollIntervalMs: 60_000, pollIdleIntervalMs: 60_000 }

it('reads a room once for two hundred subscribers', async () => {
  const scene = await openRocketChatRoom({ config: seldom })
  const after = await readEndCursor(scene)
  const first = overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room, after })
  const one = await sendAsVisitor(scene, 'one')
  expect(summarize(await first.take(1))).toEqual([`added ${one} one`])
  const before = scene.historyCalls()

  const socket = openSocketClient(scene.url, { visitorToken: VISITOR_TOKEN })
  const now = Array.from({ length: 99 }, () => subscribeOn(socket, Events, { room: scene.room }))
  const since = Array.from({ length: 100 }, () => subscribeOn(socket, Events, { room: scene.room, after }))
  await waitForSubscribers(scene, 200)
  expect(scene.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 200 })
  for (const events of since) expect(summarize(await events.take(1))).toEqual([`added ${one} one`])
  expect(scene.historyCalls()).toBe(before)

  const two = await sendAsVisitor(scene, 'two')
  for (const events of [first, ...now, ...since]) {
    expect(summarize(await events.take(1))).toEqual([`added ${two} two`])
  }
  expect(scene.historyCalls()).toBe(before + 1)
})

it('has one poller for both transports, and one per room', async () => {
  const scene = await openRocketChatRoom({ config: seldom })
  const room = scene.room
  overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room })
  overSse.subscribe(scene.url, VISITOR_TOKEN, Events, { room })
  await waitForSubscribers(scene, 2)
  expect(scene.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 2 })
  const other = addRoom(scene, 'other-token')
  overSse.subscribe(scene.url, 'other-token', Events, { room: globalId(other) })
  await waitForSubscribers(scene, 3)
  expect(scene.gateway.liveCounts()).toEqual({ rooms: 2, subscribers: 3 })
})
