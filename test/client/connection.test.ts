import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type ConnectionState, createClient } from '../../packages/client/src/index.ts'
import { globalId, openBothProviders, rocketChatFixture } from '../live/both-providers.ts'
import { Viewer } from '../server/documents.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { OPERATOR_KEY } from '../support/test-gateway.ts'
import { Activity } from './documents.ts'
import { recordRoom } from './support/recording.ts'

const transports = [
  { over: 'WebSockets', webSocket: WebSocket },
  { over: 'server-sent events', webSocket: null },
]

it.each(transports)(
  'the state of a client is that of all its subscriptions, over $over',
  async ({ webSocket }) => {
    const config = { dataDir: createTestDirectory() }
    const setup = await openBothProviders({ config, gateway: { finishMs: 200 } })
    const roomId = globalId(rocketChatFixture, rocketChatFixture.openRoom(setup))
    const client = createClient({ url: setup.url, credential: { operatorKey: OPERATOR_KEY }, webSocket })
    const { connection } = client
    const states: ConnectionState[] = [connection.current()]
    const leave = connection.subscribe(() => states.push(connection.current()))
    await client.request(Viewer, {})
    const rooms = [recordRoom(client, roomId), recordRoom(client, roomId)]
    await waitUntil(() => rooms.every(({ connections }) => connections.length === 1))
    await setup.gateway.close()
    await waitUntil(() => rooms.every(({ connections }) => connections.length === 2))
    await setup.startReplica({ ...config, port: Number(new URL(setup.url).port) })
    await waitUntil(() => rooms.every(({ connections }) => connections.length === 3))
    for (const room of rooms) {
      room.stop()
      await room.ended
    }
    expect(states).toEqual([
      { status: 'idle', opened: 0 },
      { status: 'connecting', opened: 0 },
      { status: 'open', opened: 1 },
      { status: 'lost', opened: 1 },
      { status: 'open', opened: 2 },
      { status: 'idle', opened: 2 },
    ])

    leave()
    const other = recordRoom(client, roomId)
    await waitUntil(() => other.connections.length > 0)
    expect(connection.current()).toEqual({ status: 'open', opened: 3 })
    expect(states).toHaveLength(6)
  },
)

it.each(transports)('a refused credential is reported, over $over', async ({ webSocket }) => {
  const setup = await openBothProviders()
  const roomId = globalId(rocketChatFixture, rocketChatFixture.openRoom(setup))
  let refusals = 0
  const clientOf = (...keys: [string, ...string[]]) => {
    const credential = () => ({ operatorKey: (keys.length > 1 && keys.shift()) || keys[0] })
    const onUnauthenticated = () => {
      refusals += 1
    }
    return createClient({ url: setup.url, credential, webSocket, onUnauthenticated })
  }
  const stranger = clientOf('not-a-key-of-anybody')
  const attempts = [
    () => stranger.request(Viewer, {}),
    () => stranger.subscribe(Activity, {}).next(),
    () => stranger.download('/files/none'),
    () => recordRoom(stranger, roomId).ended,
  ]
  for (const [index, attempt] of attempts.entries()) {
    await expect(attempt()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(refusals).toBe(index + 1)
  }
  expect(await stranger.upload(roomId, new Blob(['hello']))).toMatchObject({ status: 'refused' })
  expect(refusals).toBe(5)

  // A source that has another credential is no reason to sign in again.
  const renewing = clientOf('key-that-has-expired', OPERATOR_KEY)
  await renewing.request(Viewer, {})
  await expect(stranger.request('{ nothing }', {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  await expect(renewing.request('{ nothing }', {})).rejects.toMatchObject({
    code: 'GRAPHQL_VALIDATION_FAILED',
  })
  expect(refusals).toBe(6)
})
