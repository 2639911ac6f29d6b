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

it('a room is read once for two hundred subscribers', async () => {
  const setup = await openRocketChatRoom({ config: seldom })
  const after = await readEndCursor(setup)
  const first = overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room, after })
  const one = await sendAsVisitor(setup, 'one')
  expect(summarize(await first.take(1))).toEqual([`added ${one} one`])
  const before = setup.historyRequests()

  const socket = openSocketClient(setup.url, { visitorToken: VISITOR_TOKEN })
  const now = Array.from({ length: 99 }, () => subscribeOn(socket, Events, { room: setup.room }))
  const since = Array.from({ length: 100 }, () => subscribeOn(socket, Events, { room: setup.room, after }))
  await waitForSubscribers(setup, 200)
  expect(setup.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 200 })
  for (const events of since) expect(summarize(await events.take(1))).toEqual([`added ${one} one`])
  expect(setup.historyRequests()).toBe(before)

  const two = await sendAsVisitor(setup, 'two')
  for (const events of [first, ...now, ...since]) {
    expect(summarize(await events.take(1))).toEqual([`added ${two} two`])
  }
  expect(setup.historyRequests()).toBe(before + 1)
})

it('both transports share one poller, and each room has its own', async () => {
  const setup = await openRocketChatRoom({ config: seldom })
  const room = setup.room
  overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room })
  overSse.subscribe(setup.url, VISITOR_TOKEN, Events, { room })
  await waitForSubscribers(setup, 2)
  expect(setup.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 2 })
  const other = addRoom(setup, 'other-token')
  overSse.subscribe(setup.url, 'other-token', Events, { room: globalId(other) })
  await waitForSubscribers(setup, 3)
  expect(setup.gateway.liveCounts()).toEqual({ rooms: 2, subscribers: 3 })
})
