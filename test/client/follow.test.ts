import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { type Client, createClient, GatewayError } from '../../packages/client/src/index.ts'
import { globalId, openBothProviders, providerFixtures, rocketChatFixture } from '../live/both-providers.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { OPERATOR_KEY } from '../support/test-gateway.ts'
import { startProxy } from './support/proxy.ts'
import { pagesOf, recordRoom, textsOf } from './support/recording.ts'
import { createSlowSockets } from './support/slow-socket.ts'

const operator = { operatorKey: OPERATOR_KEY }
const transports = [
  { over: 'WebSockets', webSocket: WebSocket },
  { over: 'server-sent events', webSocket: null },
]

function endOf(client: Client, roomId: string, after?: string | null): Promise<unknown> {
  return recordRoom(client, roomId, { after }).ended.catch((error: unknown) => error)
}

describe.each(providerFixtures)('follow at $name', (fixture) => {
  it.each(transports)('begins with the page, then has each event once, over $over', async ({ webSocket }) => {
    const setup = await openBothProviders()
    const native = fixture.openRoom(setup)
    fixture.sendAsVisitor(setup, native, 'Before')
    const client = createClient({ url: setup.url, credential: operator, webSocket })
    const room = recordRoom(client, globalId(fixture, native))
    await waitUntil(() => room.connections.length > 0)
    fixture.sendAsVisitor(setup, native, 'One')
    fixture.sendAsVisitor(setup, native, 'Two')
    await waitUntil(() => textsOf(room).length >= 3)
    expect(textsOf(room)).toEqual(['Before', 'One', 'Two'])
    expect(room.items[0]).toMatchObject({ __typename: 'RoomPage', room: { status: 'OPEN' }, earlier: null })
    fixture.closeRoom(setup, native)
    await waitUntil(() => room.items.some((item) => item.__typename === 'RoomUpdatedEvent'))
    expect(room.items.findLast((item) => item.__typename === 'RoomUpdatedEvent')?.room.status).toBe('CLOSED')
  })

  it('as the visitor', async () => {
    const setup = await openBothProviders()
    const native = fixture.openRoom(setup)
    const credential = { visitorToken: fixture.visitorTokenOf(setup, native) }
    const room = recordRoom(
      createClient({ url: setup.url, credential, webSocket: WebSocket }),
      globalId(fixture, native),
    )
    await waitUntil(() => room.connections.length > 0)
    fixture.sendAsVisitor(setup, native, 'One')
    await waitUntil(() => textsOf(room).includes('One'))
  })
})

describe.each(transports)('follow over $over', ({ webSocket }) => {
  it('reads the room again after a gap, back to what was known, and continues after it', async () => {
    const config = { dataDir: createTestDirectory(), eventLogMinutes: 0 }
    const setup = await openBothProviders({ config })
    const { workspace } = setup.rocketChat
    const rid = rocketChatFixture.openRoom(setup)
    const wrong = workspace.agentSends(rid, 'Wrong room')
    workspace.agentSends(rid, 'Hello')
    const client = createClient({ url: setup.url, credential: operator, webSocket })
    const room = recordRoom(client, globalId(rocketChatFixture, rid))
    await waitUntil(() => room.connections.length > 0)
    await setup.gateway.close()
    // A deletion without a trace, and more than a page of messages.
    workspace.remove(wrong._id)
    const now = Date.now()
    const said = Array.from({ length: 70 }, (_, index) => `Meanwhile ${index}`)
    for (const [index, text] of said.entries()) workspace.agentSends(rid, text, { ts: new Date(now + index) })
    await setup.startReplica({ ...config, port: Number(new URL(setup.url).port) })

    await waitUntil(() => pagesOf(room).length > 1)
    const [, page] = pagesOf(room)
    expect(page?.messages.map(({ text }) => text)).toEqual(['Hello', ...said])
    workspace.agentSends(rid, 'After', { ts: new Date(now + said.length) })
    await waitUntil(() => textsOf(room).includes('After'))
    expect(textsOf(room).filter((text) => text === 'After')).toHaveLength(1)
    expect(pagesOf(room)).toHaveLength(2)
  })

  it('starts after a cursor without a page', async () => {
    const setup = await openBothProviders()
    const rid = rocketChatFixture.openRoom(setup)
    const client = createClient({ url: setup.url, credential: operator, webSocket })
    const id = globalId(rocketChatFixture, rid)
    const first = recordRoom(client, id)
    await waitUntil(() => first.connections.length > 0)
    rocketChatFixture.sendAsVisitor(setup, rid, 'One')
    await waitUntil(() => first.items.length > 1)
    first.stop()
    rocketChatFixture.sendAsVisitor(setup, rid, 'Two')
    const [, event] = first.items
    if (!event || event.__typename === 'RoomPage') throw new Error('no event')
    const second = recordRoom(client, id, { after: event.cursor })
    await waitUntil(() => second.items.length > 0)
    expect(textsOf(second)).toEqual(['Two'])
  })

  it('ends with the refusal of a credential, a room and a cursor', async () => {
    const setup = await openBothProviders()
    const rid = rocketChatFixture.openRoom(setup)
    const id = globalId(rocketChatFixture, rid)
    const stranger = createClient({
      url: setup.url,
      credential: { operatorKey: 'not-a-key-of-anybody' },
      webSocket,
    })
    const client = createClient({ url: setup.url, credential: operator, webSocket })
    const codes = await Promise.all(
      [
        endOf(stranger, id),
        endOf(stranger, id, null),
        endOf(client, globalId(rocketChatFixture, 'no-such-room')),
        endOf(client, globalId(rocketChatFixture, 'no-such-room'), null),
        endOf(client, id, 'no-cursor'),
      ].map(async (end) => {
        const error = await end
        return error instanceof GatewayError ? error.code : error
      }),
    )
    expect(codes).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'NOT_FOUND', 'NOT_FOUND', 'INVALID_INPUT'])
  })

  it('connects again with the credential that its source has after a refusal', async () => {
    const setup = await openBothProviders()
    const rid = rocketChatFixture.openRoom(setup)
    const keys = ['key-that-has-expired', OPERATOR_KEY]
    const credential = () => ({ operatorKey: (keys.length > 1 && keys.shift()) || OPERATOR_KEY })
    const client = createClient({ url: setup.url, credential, webSocket })
    const room = recordRoom(client, globalId(rocketChatFixture, rid), { after: null })
    await waitUntil(() => setup.gateway.liveCounts().subscribers > 0)
    rocketChatFixture.sendAsVisitor(setup, rid, 'One')
    await waitUntil(() => textsOf(room).length > 0)
    expect(textsOf(room)).toEqual(['One'])
  })

  it('ends when the caller aborts or leaves the loop, and the gateway has no subscriber left', async () => {
    const setup = await openBothProviders()
    const rid = rocketChatFixture.openRoom(setup)
    const client = createClient({ url: setup.url, credential: operator, webSocket })
    const subscribers = () => setup.gateway.liveCounts().subscribers
    const room = recordRoom(client, globalId(rocketChatFixture, rid))
    await waitUntil(() => subscribers() === 1)
    room.stop()
    await room.ended
    await waitUntil(() => subscribers() === 0)

    for await (const item of client.follow(globalId(rocketChatFixture, rid))) {
      if (item.__typename === 'MessageAddedEvent') break
      void waitUntil(() => subscribers() === 1).then(() => rocketChatFixture.sendAsVisitor(setup, rid, 'One'))
    }
    await waitUntil(() => subscribers() === 0)
  })
})

it('uses server-sent events behind a proxy that knows no WebSockets', async () => {
  const setup = await openBothProviders()
  const rid = rocketChatFixture.openRoom(setup)
  const proxy = await startProxy(setup.url)
  const client = createClient({ url: proxy.url, credential: operator, webSocket: WebSocket })
  const room = recordRoom(client, globalId(rocketChatFixture, rid))
  await waitUntil(() => room.connections.length > 0)
  rocketChatFixture.sendAsVisitor(setup, rid, 'One')
  await waitUntil(() => textsOf(room).length > 0)
  expect(textsOf(room)).toEqual(['One'])
  expect(proxy.refusedUpgrades()).toBe(1)
  // The next subscription does not try again.
  const other = recordRoom(client, globalId(rocketChatFixture, rid))
  await waitUntil(() => other.connections.length > 0)
  expect(proxy.refusedUpgrades()).toBe(1)
})

it('has every event once and in order for a reader that is slower than they arrive', async () => {
  const setup = await openBothProviders()
  const { workspace } = setup.rocketChat
  const rid = rocketChatFixture.openRoom(setup)
  const client = createClient({ url: setup.url, credential: operator, webSocket: WebSocket })
  const controller = new AbortController()
  const { signal } = controller
  let connections = 0
  const onConnection = (isOpen: boolean) => {
    if (isOpen) connections += 1
  }
  const followed = client.follow(globalId(rocketChatFixture, rid), { signal, after: null, onConnection })
  const witness = recordRoom(client, globalId(rocketChatFixture, rid), { after: null })
  const first = followed.next()
  await waitUntil(() => setup.gateway.liveCounts().subscribers === 2)
  const said = Array.from({ length: 1_500 }, (_, index) => String(index))
  const now = Date.now()
  for (const [index, text] of said.entries()) {
    workspace.agentSends(rid, text, { ts: new Date(now + index) })
    if (index % 100 === 99) await waitUntil(() => witness.items.length > index)
  }
  const received: string[] = []
  for (let step = await first; !step.done; step = await followed.next()) {
    if (step.value.__typename === 'MessageAddedEvent') received.push(step.value.message.text)
    if (received.length === said.length) controller.abort()
  }
  expect(received).toEqual(said)
  // It let go of the events that it had no room for, and read them later.
  expect(connections).toBeGreaterThan(1)
  expect(textsOf(witness)).toEqual(said)
})

it('receives the events that were left out while it fell behind, without reading the room again', async () => {
  const setup = await openBothProviders()
  const rid = rocketChatFixture.openRoom(setup)
  const slow = createSlowSockets()
  const client = createClient({ url: setup.url, credential: operator, webSocket: slow.webSocket })
  const room = recordRoom(client, globalId(rocketChatFixture, rid))
  await waitUntil(() => room.connections.length > 0)
  rocketChatFixture.sendAsVisitor(setup, rid, 'One')
  await waitUntil(() => textsOf(room).length > 0)
  slow.fallBehind(2)
  for (const text of ['Two', 'Three']) rocketChatFixture.sendAsVisitor(setup, rid, text)
  await waitUntil(() => textsOf(room).length > 2)
  rocketChatFixture.sendAsVisitor(setup, rid, 'Four')
  await waitUntil(() => textsOf(room).includes('Four'))
  expect(textsOf(room)).toEqual(['One', 'Two', 'Three', 'Four'])
  expect(pagesOf(room)).toHaveLength(1)
})

it('says what keeps a room from being read, and reads it when the provider responds again', async () => {
  const setup = await openBothProviders()
  const rid = rocketChatFixture.openRoom(setup)
  const repair = setup.rocketChat.injectFault({ kind: 'answer', status: 502, body: 'bad gateway' })
  const client = createClient({ url: setup.url, credential: operator, webSocket: WebSocket })
  const room = client.timeline(globalId(rocketChatFixture, rid))
  const leave = room.subscribe(() => {})
  onTestFinished(leave)
  await waitUntil(() => room.current().error !== null)
  expect(room.current()).toMatchObject({ room: null, error: { isTransient: true, provider: 'rocketchat' } })
  repair()
  await waitUntil(() => room.current().isConnected)
  expect(room.current()).toMatchObject({ room: { status: 'OPEN' }, error: null })
  setup.rocketChat.workspace.removeVisitor(setup.rocketChat.workspace.room(rid).v.token)
  await setup.gateway.close()
  await setup.startReplica({ port: Number(new URL(setup.url).port) })
  await waitUntil(() => room.current().error instanceof GatewayError)
  expect(room.current()).toMatchObject({ isConnected: false, error: { code: 'NOT_FOUND' } })
})
