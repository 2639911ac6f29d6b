import { expect, it } from 'vitest'
import { openSocketClient } from '../../support/graphql-client.ts'
import { Events } from '../documents.ts'
import { brief } from '../event-summary.ts'
import { addRoom, endCursor, globalId, openScene, send, TOKEN, watchers } from '../rocketchat-room.ts'
import { overSse, overWebSocket, subscribeOn } from '../transports.ts'

const seldom = { pollIntervalMs: 60_000, pollIdleIntervalMs: 60_000 }

it('reads a room once for two hundred subscribers', async () => {
  const scene = await openScene({ config: seldom })
  const after = await endCursor(scene)
  const first = overWebSocket.subscribe(scene.url, TOKEN, Events, { room: scene.room, after })
  const one = await send(scene, 'one')
  expect(brief(await first.take(1))).toEqual([`added ${one} one`])
  const before = scene.historyCalls()

  const socket = openSocketClient(scene.url, { visitorToken: TOKEN })
  const now = Array.from({ length: 99 }, () => subscribeOn(socket, Events, { room: scene.room }))
  const since = Array.from({ length: 100 }, () => subscribeOn(socket, Events, { room: scene.room, after }))
  await watchers(scene, 200)
  expect(scene.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 200 })
  for (const events of since) expect(brief(await events.take(1))).toEqual([`added ${one} one`])
  expect(scene.historyCalls()).toBe(before)

  const two = await send(scene, 'two')
  for (const events of [first, ...now, ...since]) {
    expect(brief(await events.take(1))).toEqual([`added ${two} two`])
  }
  expect(scene.historyCalls()).toBe(before + 1)
})

it('has one poller for both transports, and one per room', async () => {
  const scene = await openScene({ config: seldom })
  const room = scene.room
  overWebSocket.subscribe(scene.url, TOKEN, Events, { room })
  overSse.subscribe(scene.url, TOKEN, Events, { room })
  await watchers(scene, 2)
  expect(scene.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 2 })
  const other = addRoom(scene, 'other-token')
  overSse.subscribe(scene.url, 'other-token', Events, { room: globalId(other) })
  await watchers(scene, 3)
  expect(scene.gateway.liveCounts()).toEqual({ rooms: 2, subscribers: 3 })
})
