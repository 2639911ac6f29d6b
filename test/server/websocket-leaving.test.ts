import { expect, it } from 'vitest'
import { until } from '../util/client.ts'
import type { World } from '../util/gateway.ts'
import { Added, Room, Viewer } from './documents.ts'
import { openAs } from './raw-socket.ts'
import { openRoomScene } from './room-scene.ts'

it('ends the upstream call of a query that its client completes, and serves the id anew', async () => {
  const { url, rocketChat, token, nativeId } = await openRoomScene()
  const socket = await openAs(url, { visitorToken: token })
  rocketChat.forgetCalls()
  rocketChat.fail({ kind: 'stall', times: 1 })
  socket.subscribe('1', { query: Room.toString(), variables: { id: nativeId } })
  await until(() => rocketChat.calls.length === 1)
  socket.send({ type: 'complete', id: '1' })
  await until(() => rocketChat.calls[0]?.aborted === true)
  socket.subscribe('1', { query: Viewer.toString() })
  expect(await socket.next()).toMatchObject({ id: '1', payload: { data: { viewer: { role: 'VISITOR' } } } })
})

it('ends the upstream calls of a socket that goes', async () => {
  const { url, rocketChat, token, nativeId } = await openRoomScene()
  const { socket, subscribe } = await openAs(url, { visitorToken: token })
  rocketChat.forgetCalls()
  rocketChat.fail({ kind: 'stall' })
  subscribe('1', { query: Room.toString(), variables: { id: nativeId } })
  await until(() => rocketChat.calls.length === 1)
  socket.terminate()
  await until(() => rocketChat.calls[0]?.aborted === true)
  expect(rocketChat.calls).toHaveLength(1)
})

it.for<[how: string, leave: (socket: Awaited<ReturnType<typeof openAs>>) => void]>([
  ['completes it', ({ send }) => send({ type: 'complete', id: '1' })],
  ['closes its socket', ({ socket }) => socket.close(1000)],
  ['vanishes', ({ socket }) => socket.terminate()],
])('stops watching when the last subscriber %s', async ([, leave]) => {
  const { url, token, roomId, gateway } = await openRoomScene()
  const socket = await openAs(url, { visitorToken: token })
  socket.subscribe('1', { query: Added.toString(), variables: { id: roomId } })
  await until(() => isWatched(gateway))
  leave(socket)
  await until(() => !isWatched(gateway))
  expect(gateway.watched()).toEqual({ rooms: 0, watchers: 0 })
})

it('leaves the other subscribers of a socket alone when one is completed', async () => {
  const { url, token, roomId, gateway, say } = await openRoomScene()
  const socket = await openAs(url, { visitorToken: token })
  for (const id of ['1', '2']) socket.subscribe(id, { query: Added.toString(), variables: { id: roomId } })
  await until(() => gateway.watched().watchers === 2)
  socket.send({ type: 'complete', id: '1' })
  await until(() => gateway.watched().watchers === 1)
  say('still there?')
  expect(await socket.next()).toMatchObject({
    id: '2',
    payload: { data: { messageAdded: { text: 'still there?' } } },
  })
})

function isWatched(gateway: World['gateway']): boolean {
  return gateway.watched().rooms > 0
}
