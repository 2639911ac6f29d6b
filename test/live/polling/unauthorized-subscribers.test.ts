import { describe, expect, it } from 'vitest'
import { Events } from '../documents.ts'
import { summarize } from '../event-summary.ts'
import {
  addRoom,
  globalId,
  HISTORY_ROUTE,
  openRocketChatRoom,
  readEndCursor,
  sendAsVisitor,
  VISITOR_TOKEN,
  waitForSubscribers,
} from '../rocketchat-room.ts'
import { overWebSocket, transports } from '../transports.ts'

describe.each(transports)('a room that is watched, over $name', ({ subscribe }) => {
  it('is not joined by who the provider does not grant it, and goes on', async () => {
    const scene = await openRocketChatRoom()
    addRoom(scene, 'other-token')
    const after = await readEndCursor(scene)
    const own = subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room, after })
    const one = await sendAsVisitor(scene, 'one')
    expect(summarize(await own.take(1))).toEqual([`added ${one} one`])

    const foreign = subscribe(scene.url, 'other-token', Events, { room: scene.room })
    expect(summarize(await foreign.rest())).toEqual(['failed NOT_FOUND'])
    const unknown = subscribe(scene.url, 'unknown-token', Events, { room: scene.room, after })
    expect(summarize(await unknown.rest())).toEqual(['failed UNAUTHENTICATED'])
    expect(scene.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 1 })
    const asked = scene.rocketChat.calls.filter(({ rawQuery }) => rawQuery.includes('token=other-token'))
    expect(asked.map(({ status }) => status)).toEqual([400])

    const two = await sendAsVisitor(scene, 'two')
    expect(summarize(await own.take(1))).toEqual([`added ${two} two`])
  })

  it('ends for a credential that is revoked, while other rooms go on', async () => {
    const scene = await openRocketChatRoom()
    const other = addRoom(scene, 'other-token')
    const streams = [1, 2].map(() => subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room }))
    const others = subscribe(scene.url, 'other-token', Events, { room: globalId(other) })
    await waitForSubscribers(scene, 3)
    scene.rocketChat.workspace.closeRoom(scene.rid)
    for (const events of streams) await events.take(2)
    const removed = await fetch(`${scene.rocketChat.url}/api/v1/livechat/visitor/${VISITOR_TOKEN}`, {
      method: 'DELETE',
    })
    expect(removed.status).toBe(200)
    for (const events of streams) expect(summarize(await events.rest())).toEqual(['failed UNAUTHENTICATED'])
    expect(scene.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 1 })
    scene.rocketChat.workspace.visitorSends(other, 'hi', { _id: 'm1' })
    expect(summarize(await others.take(1))).toEqual(['added m1 hi'])
  })
})

it('keeps no poller for who is refused', async () => {
  const scene = await openRocketChatRoom()
  const unknown = overWebSocket.subscribe(scene.url, 'unknown-token', Events, { room: scene.room })
  expect(summarize(await unknown.rest())).toEqual(['failed UNAUTHENTICATED'])
  expect(scene.gateway.liveCounts()).toEqual({ rooms: 0, subscribers: 0 })
  expect(scene.historyCalls()).toBe(1)
})

it('is not kept from its looks by strangers, however many come', async () => {
  const scene = await openRocketChatRoom()
  const own = overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
  await waitForSubscribers(scene, 1)
  scene.rocketChat.injectFault({ kind: 'slow', ms: 5, route: HISTORY_ROUTE })
  let told = false
  const knock = async (number: number): Promise<void> => {
    while (!told) {
      const stranger = overWebSocket.subscribe(scene.url, `stranger-${number}`, Events, { room: scene.room })
      expect(summarize(await stranger.rest())).toEqual(['failed UNAUTHENTICATED'])
    }
  }
  const strangers = [1, 2, 3, 4, 5].map(knock)
  for (const text of ['one', 'two', 'three']) {
    scene.rocketChat.workspace.visitorSends(scene.rid, text, { _id: text })
    expect(summarize(await own.take(1))).toEqual([`added ${text} ${text}`])
  }
  told = true
  await Promise.all(strangers)
})
