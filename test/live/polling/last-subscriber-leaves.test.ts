import { describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { waitUntil } from '../../support/graphql-client.ts'
import { Events } from '../documents.ts'
import { HISTORY, openScene, type Scene, send, TOKEN, watchers } from '../rocketchat-room.ts'
import { openRawSocket } from '../subscription-socket.ts'
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
    subscribe: async ({ url, room }: Scene) => overSse.subscribe(url, TOKEN, Events, { room }).stop,
  },
]

describe.each(leavings)('when the last subscriber $how', ({ subscribe }) => {
  it('the poller stops at once', async () => {
    const scene = await openScene()
    const leave = await subscribe(scene)
    await waitUntil(() => scene.historyCalls() > 2)
    await leave()
    await watchers(scene, 0)
    await expectNobodyLooks(scene)
  })

  it('its first call is taken back, and nothing stays', async () => {
    const scene = await openScene({ config: { upstreamTimeoutMs: 600_000 } })
    scene.rocketChat.injectFault({ kind: 'stall', route: HISTORY })
    const leave = await subscribe(scene)
    await waitUntil(() => scene.historyCalls() === 1)
    await leave()
    await waitUntil(() => scene.rocketChat.calls.every(({ aborted }) => aborted))
    await watchers(scene, 0)
    await expectNobodyLooks(scene)
  })

  it('others go on', async () => {
    const scene = await openScene()
    const stays = overSse.subscribe(scene.url, TOKEN, Events, { room: scene.room })
    await watchers(scene, 1)
    const leave = await subscribe(scene)
    await watchers(scene, 2)
    await leave()
    await watchers(scene, 1)
    const sent = await send(scene, 'still here?')
    expect(await stays.take(1)).toMatchObject([{ data: { roomEvents: { message: { nativeId: sent } } } }])
  })
})

/** A message sent through the gateway would make a poller that still ran look at once. */
async function expectNobodyLooks(scene: Scene): Promise<void> {
  expect(scene.gateway.liveCounts()).toEqual({ rooms: 0, subscribers: 0 })
  await waitUntil(() => scene.rocketChat.calls.every(({ status, aborted }) => status !== null || aborted))
  const before = scene.historyCalls()
  await send(scene, 'is anybody there?')
  await send(scene, 'nobody')
  expect(scene.historyCalls()).toBe(before)
}

function subscribeRaw(leave: (socket: WebSocket) => void) {
  return async ({ url, room }: Scene) => {
    const socket = await openRawSocket(url, TOKEN)
    const payload = { query: Events.toString(), variables: { room } }
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }))
    return async () => leave(socket)
  }
}
