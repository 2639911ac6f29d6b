import { describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { waitUntil } from '../../support/graphql-client.ts'
import { Events } from '../documents.ts'
import {
  HISTORY_ROUTE,
  openRocketChatRoom,
  type RocketChatRoom,
  sendAsVisitor,
  VISITOR_TOKEN,
  waitForSubscribers,
} from '../rocketchat-room.ts'
import { openVisitorSocket } from '../subscription-socket.ts'
import { overSse } from '../transports.ts'

/** Ways to subscribe; each gives the function that leaves. */
const waysToLeave = [
  {
    how: 'completes the operation',
    subscribe: subscribeRaw((socket) => socket.send('{"id":"1","type":"complete"}')),
  },
  { how: 'closes the socket', subscribe: subscribeRaw((socket) => socket.close()) },
  { how: 'vanishes', subscribe: subscribeRaw((socket) => socket.terminate()) },
  {
    how: 'aborts the SSE request',
    subscribe: async ({ url, room }: RocketChatRoom) =>
      overSse.subscribe(url, VISITOR_TOKEN, Events, { room }).stop,
  },
]

describe.each(waysToLeave)('when the last subscriber $how', ({ subscribe }) => {
  it('the poller stops immediately', async () => {
    const setup = await openRocketChatRoom()
    const leave = await subscribe(setup)
    await waitUntil(() => setup.historyRequests() > 2)
    await leave()
    await waitForSubscribers(setup, 0)
    await expectNoPolls(setup)
  })

  it('its first request is aborted, and nothing is left', async () => {
    const setup = await openRocketChatRoom({ config: { upstreamTimeoutMs: 600_000 } })
    setup.rocketChat.injectFault({ kind: 'stall', route: HISTORY_ROUTE })
    const leave = await subscribe(setup)
    await waitUntil(() => setup.historyRequests() === 1)
    await leave()
    await waitUntil(() => setup.rocketChat.calls.every(({ aborted }) => aborted))
    await waitForSubscribers(setup, 0)
    await expectNoPolls(setup)
  })

  it('other subscribers continue', async () => {
    const setup = await openRocketChatRoom()
    const stays = overSse.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
    await waitForSubscribers(setup, 1)
    const leave = await subscribe(setup)
    await waitForSubscribers(setup, 2)
    await leave()
    await waitForSubscribers(setup, 1)
    const sent = await sendAsVisitor(setup, 'still here?')
    expect(await stays.take(1)).toMatchObject([{ data: { roomEvents: { message: { nativeId: sent } } } }])
  })
})

/** A message sent through the gateway would make a running poller poll immediately. */
async function expectNoPolls(setup: RocketChatRoom): Promise<void> {
  expect(setup.gateway.liveCounts()).toEqual({ rooms: 0, subscribers: 0 })
  await waitUntil(() => setup.rocketChat.calls.every(({ status, aborted }) => status !== null || aborted))
  const before = setup.historyRequests()
  await sendAsVisitor(setup, 'is anybody there?')
  await sendAsVisitor(setup, 'nobody')
  expect(setup.historyRequests()).toBe(before)
}

function subscribeRaw(leave: (socket: WebSocket) => void) {
  return async ({ url, room }: RocketChatRoom) => {
    const socket = await openVisitorSocket(url, VISITOR_TOKEN)
    const payload = { query: Events.toString(), variables: { room } }
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }))
    return async () => leave(socket)
  }
}
