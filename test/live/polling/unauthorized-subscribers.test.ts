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

describe.each(transports)('a subscribed room, over $name', ({ subscribe }) => {
  it('rejects a caller that the provider does not authorize, and continues', async () => {
    const setup = await openRocketChatRoom()
    addRoom(setup, 'other-token')
    const after = await readEndCursor(setup)
    const own = subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room, after })
    const one = await sendAsVisitor(setup, 'one')
    expect(summarize(await own.take(1))).toEqual([`added ${one} one`])

    const foreign = subscribe(setup.url, 'other-token', Events, { room: setup.room })
    expect(summarize(await foreign.rest())).toEqual(['failed NOT_FOUND'])
    const unknown = subscribe(setup.url, 'unknown-token', Events, { room: setup.room, after })
    expect(summarize(await unknown.rest())).toEqual(['failed UNAUTHENTICATED'])
    expect(setup.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 1 })
    const asked = setup.rocketChat.calls.filter(({ rawQuery }) => rawQuery.includes('token=other-token'))
    expect(asked.map(({ status }) => status)).toEqual([400])

    const two = await sendAsVisitor(setup, 'two')
    expect(summarize(await own.take(1))).toEqual([`added ${two} two`])
  })

  it('ends the stream of a revoked credential, while other rooms continue', async () => {
    const setup = await openRocketChatRoom()
    const other = addRoom(setup, 'other-token')
    const streams = [1, 2].map(() => subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room }))
    const others = subscribe(setup.url, 'other-token', Events, { room: globalId(other) })
    await waitForSubscribers(setup, 3)
    setup.rocketChat.workspace.closeRoom(setup.rid)
    for (const events of streams) await events.take(2)
    const removed = await fetch(`${setup.rocketChat.url}/api/v1/livechat/visitor/${VISITOR_TOKEN}`, {
      method: 'DELETE',
    })
    expect(removed.status).toBe(200)
    for (const events of streams) expect(summarize(await events.rest())).toEqual(['failed UNAUTHENTICATED'])
    expect(setup.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 1 })
    setup.rocketChat.workspace.visitorSends(other, 'hi', { _id: 'm1' })
    expect(summarize(await others.take(1))).toEqual(['added m1 hi'])
  })
})

it('a rejected caller leaves no poller', async () => {
  const setup = await openRocketChatRoom()
  const unknown = overWebSocket.subscribe(setup.url, 'unknown-token', Events, { room: setup.room })
  expect(summarize(await unknown.rest())).toEqual(['failed UNAUTHENTICATED'])
  expect(setup.gateway.liveCounts()).toEqual({ rooms: 0, subscribers: 0 })
  expect(setup.historyRequests()).toBe(1)
})

it('any number of unauthorized callers does not delay the polls of a room', async () => {
  const setup = await openRocketChatRoom()
  const own = overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
  await waitForSubscribers(setup, 1)
  setup.rocketChat.injectFault({ kind: 'slow', ms: 5, route: HISTORY_ROUTE })
  let received = false
  const knock = async (number: number): Promise<void> => {
    while (!received) {
      const unauthorized = overWebSocket.subscribe(setup.url, `stranger-${number}`, Events, {
        room: setup.room,
      })
      expect(summarize(await unauthorized.rest())).toEqual(['failed UNAUTHENTICATED'])
    }
  }
  const strangers = [1, 2, 3, 4, 5].map(knock)
  for (const text of ['one', 'two', 'three']) {
    setup.rocketChat.workspace.visitorSends(setup.rid, text, { _id: text })
    expect(summarize(await own.take(1))).toEqual([`added ${text} ${text}`])
  }
  received = true
  await Promise.all(strangers)
})
