import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { type Client, createClient, NetworkError } from '../../packages/client/src/index.ts'
import { globalId, openBothProviders, providerFixtures, rocketChatFixture } from '../live/both-providers.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { OPERATOR_KEY } from '../support/test-gateway.ts'
import { Events, Page } from './documents.ts'
import { startProxy } from './support/proxy.ts'

const credential = { operatorKey: OPERATOR_KEY }
const VISITOR_ROUTE = '/api/v1/livechat/visitors.info'

/** Creates a timeline with documents of the test, and listens to it until the end of the test. */
function openTimeline(client: Client, roomId: string) {
  const timeline = client.createTimeline({ page: Page, events: Events }, roomId)
  onTestFinished(timeline.subscribe(() => {}))
  const texts = () => timeline.current().messages.map(({ text }) => text)
  return { timeline, texts, isOpen: () => waitUntil(() => timeline.current().isConnected) }
}

describe.each(providerFixtures)('a timeline with documents of its own at $name', (fixture) => {
  it('has the room and its messages live, and earlier ones on request', async () => {
    const setup = await openBothProviders()
    const native = fixture.openRoom(setup)
    for (const text of ['One', 'Two', 'Three']) fixture.sendAsVisitor(setup, native, text)
    const client = createClient({ url: setup.url, credential, webSocket: WebSocket })
    const { timeline, texts, isOpen } = openTimeline(client, globalId(fixture, native))
    await isOpen()
    expect(texts()).toEqual(['Two', 'Three'])
    fixture.sendAsVisitor(setup, native, 'Four')
    await waitUntil(() => texts().length === 3)
    await Promise.all([timeline.loadEarlier(), timeline.loadEarlier()])
    expect(texts()).toEqual(['One', 'Two', 'Three', 'Four'])
    expect(timeline.current()).toMatchObject({ hasEarlier: false, fieldErrors: [], readAgainAt: null })
  })
})

it('a timeline takes the results of mutations', async () => {
  const setup = await openBothProviders()
  const rid = rocketChatFixture.openRoom(setup)
  const client = createClient({ url: setup.url, credential, webSocket: WebSocket })
  const { timeline, texts, isOpen } = openTimeline(client, globalId(rocketChatFixture, rid))
  timeline.update({ tags: ['too early'] })
  await isOpen()
  expect(timeline.current().room).toMatchObject({ tags: [], visitor: { name: 'Vera Visitor' } })
  timeline.update({ tags: ['billing'] })
  timeline.add({ id: 'b', text: 'Second', createdAt: '2026-01-01T00:00:02.000Z' })
  timeline.add({ id: 'a', text: 'First', createdAt: '2026-01-01T00:00:01.000Z' })
  timeline.add({ id: 'b', text: 'Second, edited', createdAt: '2026-01-01T00:00:02.000Z' })
  expect(timeline.current().room).toMatchObject({ tags: ['billing'], visitor: { name: 'Vera Visitor' } })
  expect(texts()).toEqual(['First', 'Second, edited'])
})

it('a timeline says when it was read again because events were missed', async () => {
  const config = { dataDir: createTestDirectory(), eventLogMinutes: 0 }
  const setup = await openBothProviders({ config })
  const { workspace } = setup.rocketChat
  const rid = rocketChatFixture.openRoom(setup)
  const wrong = workspace.agentSends(rid, 'Wrong room')
  workspace.agentSends(rid, 'Hello')
  const client = createClient({ url: setup.url, credential, webSocket: WebSocket })
  const { timeline, texts, isOpen } = openTimeline(client, globalId(rocketChatFixture, rid))
  await isOpen()
  const startedAt = Date.now()
  await setup.gateway.close()
  // A deletion without a trace.
  workspace.remove(wrong._id)
  await setup.startReplica({ ...config, port: Number(new URL(setup.url).port) })
  await waitUntil(() => timeline.current().readAgainAt !== null)
  expect(texts()).toEqual(['Hello'])
  expect(timeline.current().readAgainAt).toBeGreaterThanOrEqual(startedAt)
})

it('a timeline says why there are no updates until there are, and keeps what it knows', async () => {
  const setup = await openBothProviders()
  const rid = rocketChatFixture.openRoom(setup)
  rocketChatFixture.sendAsVisitor(setup, rid, 'One')
  const client = createClient({ url: setup.url, credential, webSocket: WebSocket })
  const { timeline, texts, isOpen } = openTimeline(client, globalId(rocketChatFixture, rid))
  await isOpen()
  await setup.gateway.close()
  const repair = setup.rocketChat.injectFault({ kind: 'answer', status: 502, body: 'bad gateway' })
  await setup.startReplica({ port: Number(new URL(setup.url).port) })
  await waitUntil(() => timeline.current().error !== null)
  expect(timeline.current()).toMatchObject({ room: { tags: [] }, error: { code: 'PROVIDER_UNAVAILABLE' } })
  repair()
  await waitUntil(() => timeline.current().error === null)
  expect(timeline.current()).toMatchObject({ room: { tags: [] }, isConnected: true })
  expect(texts()).toEqual(['One'])
})

it('a timeline has a room of which a field cannot be read, and says why', async () => {
  const setup = await openBothProviders()
  const rid = rocketChatFixture.openRoom(setup)
  setup.rocketChat.injectFault({ kind: 'answer', status: 502, body: 'bad gateway', route: VISITOR_ROUTE })
  const client = createClient({ url: setup.url, credential, webSocket: WebSocket })
  const { timeline, isOpen } = openTimeline(client, globalId(rocketChatFixture, rid))
  await isOpen()
  expect(timeline.current()).toMatchObject({
    room: { tags: [], visitor: null },
    error: null,
    fieldErrors: [{ code: 'PROVIDER_UNAVAILABLE', provider: 'rocketchat' }],
  })
})

it('a timeline says why earlier messages cannot be read, and reads them later', async () => {
  const setup = await openBothProviders()
  const rid = rocketChatFixture.openRoom(setup)
  for (const text of ['One', 'Two', 'Three']) rocketChatFixture.sendAsVisitor(setup, rid, text)
  const proxy = await startProxy(setup.url)
  const client = createClient({ url: proxy.url, credential, webSocket: null })
  const { timeline, texts, isOpen } = openTimeline(client, globalId(rocketChatFixture, rid))
  await isOpen()
  proxy.loseNextResponse()
  await expect(timeline.loadEarlier()).rejects.toBeInstanceOf(NetworkError)
  expect(timeline.current().hasEarlier).toBe(true)
  await timeline.loadEarlier()
  expect(texts()).toEqual(['One', 'Two', 'Three'])
})
