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

/** Each subscribes in its own way, and gives how it leaves. */
const leavings = [
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

describe.each(leavings)('when the last subscriber $how', ({ subscribe }) => {
  it('the poller stops at once', async () => {
    const scene = await openRocketChatRoom()
    const leave = await subscribe(scene)
    await waitUntil(() => scene.historyCalls() > 2)
    await leave()
    await waitForSubscribers(scene, 0)
    await expectNobodyLooks(scene)
  })

  it('its first call is taken back, and nothing stays', async () => {
    const scene = await openRocketChatRoom({ config: { upstreamTimeoutMs: 600_000 } })
    scene.rocketChat.injectFault({ kind: 'stall', route: HISTORY_ROUTE })
    const leave = await subscribe(scene)
    await waitUntil(() => scene.historyCalls() === 1)
    await leave()
    await waitUntil(() => scene.rocketChat.calls.every(({ aborted }) => aborted))
    await waitForSubscribers(scene, 0)
    await expectNobodyLooks(scene)
  })

  it('others go on', async () => {
    const scene = await openRocketChatRoom()
    const stays = overSse.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
    await waitForSubscribers(scene, 1)
    const leave = await subscribe(scene)
    await waitForSubscribers(scene, 2)
    await leave()
    await waitForSubscribers(scene, 1)
    const sent = await sendAsVisitor(scene, 'still here?')
    expect(await stays.take(1)).toMatchObject([{ data: { roomEvents: { message: { nativeId: sent } } } }])
  })
})

/** A message sent through the gateway would make a poller that still ran look at once. */
async function expectNobodyLooks(scene: RocketChatRoom): Promise<void> {
  expect(scene.gateway.liveCounts()).toEqual({ rooms: 0, subscribers: 0 })
  await waitUntil(() => scene.rocketChat.calls.every(({ status, aborted }) => status !== null || aborted))
  const before = scene.historyCalls()
  await sendAsVisitor(scene, 'is anybody there?')
  await sendAsVisitor(scene, 'nobody')
  expect(scene.historyCalls()).toBe(before)
}

function subscribeRaw(leave: (socket: WebSocket) => void) {
  return async ({ url, room }: RocketChatRoom) => {
    const socket = await openVisitorSocket(url, VISITOR_TOKEN)
    const payload = { query: Events.toString(), variables: { room } }
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }))
    return async () => leave(socket)
  }
}
