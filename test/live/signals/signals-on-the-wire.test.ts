import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { encodeId } from '../../../src/domain/ids.ts'
import { TYPING_EXPIRES_MS } from '../../../src/domain/signals.ts'
import type { SignalsOfRoomSubscription } from '../../generated/graphql.ts'
import { MarkSeen, SetTyping, Signals } from '../../schema/room/signal-documents.ts'
import { fetchData, openSocketClient, waitUntil } from '../../support/graphql-client.ts'
import {
  asOperator,
  asVisitor,
  createTestGateway,
  OPERATOR_KEY,
  type TestGateway,
  type TestGatewayOptions,
} from '../../support/test-gateway.ts'
import {
  type BothProviders,
  liveChatFixture,
  type ProviderFixture,
  rocketChatFixture,
} from '../both-providers.ts'
import { overSse, overWebSocket, type Stream, subscribeOn, transports } from '../transports.ts'

type SignalStream = Stream<SignalsOfRoomSubscription>

/** What a test does at one provider, next to its fixture. */
interface SignalFixture {
  readonly provider: ProviderFixture
  agentTypes(setup: BothProviders, roomId: string, isTyping?: boolean): void
  /** Only its beginning: at LiveChat customers show no end. */
  visitorTypes(setup: BothProviders, roomId: string): void
  /** The number of the gateway's sockets that the provider has accepted. */
  acceptedSockets(setup: BothProviders): number
  dropSockets(setup: BothProviders): void
}

const fixtures: readonly SignalFixture[] = [
  {
    provider: rocketChatFixture,
    agentTypes: ({ rocketChat: { workspace } }, rid, isTyping = true) =>
      workspace.types(rid, 'agent', isTyping),
    visitorTypes: ({ rocketChat: { workspace } }, rid) => workspace.types(rid, 'visitor', true),
    acceptedSockets: ({ rocketChat }) => rocketChat.push.accepted,
    dropSockets: ({ rocketChat }) => void rocketChat.push.drop(),
  },
  {
    provider: liveChatFixture,
    agentTypes: ({ liveChat: { chats } }, chatId, isTyping = true) => chats.agentTypes(chatId, isTyping),
    visitorTypes: ({ liveChat: { chats } }, chatId) => chats.customerTypes(chatId, 'my card is 4711'),
    acceptedSockets: ({ liveChat }) => liveChat.push.accepted,
    dropSockets: ({ liveChat }) => void liveChat.push.drop(),
  },
]

/** A gateway with push at both providers, and no poll within a test. */
async function openGatewayWithPush(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const setup = await createTestGateway({
    as: 'agents',
    config: { pollIntervalMs: 3_600_000, pollIdleIntervalMs: 3_600_000 },
    configureRocketChat: (config) => ({ ...config, push: true }),
    configureLiveChat: (config) => ({ ...config, push: 'on' }),
    ...options,
  })
  setup.rocketChat.workspace.createAgent({ username: 'ada', name: 'Ada Agent' })
  return setup
}

/** Opens a room with a message at a provider. */
function openRoom(setup: TestGateway, { provider }: SignalFixture) {
  const nativeId = provider.openRoom(setup)
  const messageId = provider.sendAsVisitor(setup, nativeId, 'hello')
  const room = encodeId({ type: 'Room', provider: provider.name, roomId: nativeId })
  return { nativeId, messageId, room, token: provider.visitorTokenOf(setup, nativeId) }
}

/** Subscribes as an operator over a WebSocket. */
function subscribeAsOperator({ url }: TestGateway, room: string): SignalStream {
  const client = openSocketClient(url, { authorization: `Bearer ${OPERATOR_KEY}` })
  return subscribeOn(client, Signals, { room })
}

async function untilStarted({ gateway }: TestGateway, count: number): Promise<void> {
  await waitUntil(() => gateway.signalCounts().subscribers === count)
}

/** The next signals of a stream, in short: `AGENT types`, `VISITOR stops`, `AGENT saw`, `queue 2`, or the code of an error. */
async function take(stream: SignalStream, count = 1): Promise<readonly string[]> {
  return (await stream.take(count)).map(summarize)
}

function summarize({ data, errors }: Awaited<ReturnType<SignalStream['take']>>[number]): string {
  const signal = data?.roomSignals
  if (!signal) return `failed ${errors?.[0]?.extensions?.['code']}`
  if (signal.__typename === 'QueueSignal') return `queue ${signal.queue?.position ?? 'over'}`
  const { role } = signal.participant
  if (signal.__typename === 'SeenSignal') return `${role} saw`
  return `${role} ${signal.typing ? 'types' : 'stops'}`
}

describe.each(fixtures)('signals of $provider.name', (fixture) => {
  it.for(transports)('a visitor receives the typing of agents, over $name', async (transport) => {
    const setup = await openGatewayWithPush()
    const { nativeId, room, token } = openRoom(setup, fixture)
    const stream = transport.subscribe(setup.url, token, Signals, { room })
    await untilStarted(setup, 1)
    fixture.agentTypes(setup, nativeId)
    expect(await take(stream)).toEqual(['AGENT types'])
    fixture.agentTypes(setup, nativeId, false)
    expect(await take(stream)).toEqual(['AGENT stops'])
  })

  it('an operator receives the typing of visitors, without their text or token', async () => {
    const setup = await openGatewayWithPush()
    const { nativeId, room, token } = openRoom(setup, fixture)
    const stream = subscribeAsOperator(setup, room)
    await untilStarted(setup, 1)
    fixture.visitorTypes(setup, nativeId)
    const [signal] = await stream.take(1)
    expect(signal?.data?.roomSignals).toMatchObject({ participant: { role: 'VISITOR' }, typing: true })
    expect(JSON.stringify(signal)).not.toContain('4711')
    expect(JSON.stringify(signal)).not.toContain(token)
  })

  it('typing ends by itself, once', async () => {
    const setup = await openGatewayWithPush()
    const { nativeId, room } = openRoom(setup, fixture)
    const stream = subscribeAsOperator(setup, room)
    await untilStarted(setup, 1)
    // Time also passes by itself, since other work waits for timers.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
    onTestFinished(() => void vi.useRealTimers())
    fixture.visitorTypes(setup, nativeId)
    expect(await take(stream)).toEqual(['VISITOR types'])
    vi.advanceTimersByTime(TYPING_EXPIRES_MS)
    expect(await take(stream)).toEqual(['VISITOR stops'])
    vi.advanceTimersByTime(TYPING_EXPIRES_MS)
    fixture.visitorTypes(setup, nativeId)
    expect(await take(stream)).toEqual(['VISITOR types'])
  })

  it('setTyping of each side reaches the other one', async () => {
    const setup = await openGatewayWithPush()
    const { room, token } = openRoom(setup, fixture)
    const operator = subscribeAsOperator(setup, room)
    const visitor = overWebSocket.subscribe(setup.url, token, Signals, { room })
    await untilStarted(setup, 2)
    const type = (headers: Readonly<Record<string, string>>) =>
      fetchData(setup.url, SetTyping, { input: { roomId: room, typing: true } }, headers)
    expect(await type(asVisitor(token))).toEqual({
      setTyping: { __typename: 'SetTypingPayload', roomId: room },
    })
    expect(await take(operator)).toEqual(['VISITOR types'])
    expect(await type(asOperator)).toEqual({ setTyping: { __typename: 'SetTypingPayload', roomId: room } })
    expect(await take(visitor)).toEqual(['AGENT types'])
  })

  it('subscribers with one credential share one socket, and signals cost no call', async () => {
    const setup = await openGatewayWithPush()
    const { nativeId, room, token } = openRoom(setup, fixture)
    const first = overWebSocket.subscribe(setup.url, token, Signals, { room })
    await untilStarted(setup, 1)
    const calls = () => setup.rocketChat.calls.length + setup.liveChat.calls.length
    const before = calls()
    const others = [overSse, overWebSocket, overSse].map((transport) =>
      transport.subscribe(setup.url, token, Signals, { room }),
    )
    await untilStarted(setup, 4)
    expect(setup.gateway.signalCounts()).toEqual({ sources: 1, subscribers: 4 })
    expect(fixture.acceptedSockets(setup)).toBe(1)
    fixture.agentTypes(setup, nativeId)
    for (const stream of [first, ...others]) expect(await take(stream)).toEqual(['AGENT types'])
    expect(calls()).toBe(before)
    for (const stream of [first, ...others]) await stream.stop()
    await waitUntil(() => setup.gateway.signalCounts().sources === 0)
  })

  it('a visitor receives nothing of another’s room', async () => {
    const setup = await openGatewayWithPush()
    const [own, other] = [openRoom(setup, fixture), openRoom(setup, fixture)]
    const refused = overWebSocket.subscribe(setup.url, other.token, Signals, { room: own.room })
    expect((await refused.rest()).map(summarize)).toEqual(['failed NOT_FOUND'])
    // Its token is accepted now, so that push decides.
    const stream = overWebSocket.subscribe(setup.url, other.token, Signals, { room: other.room })
    await untilStarted(setup, 1)
    const again = overSse.subscribe(setup.url, other.token, Signals, { room: own.room })
    expect((await again.rest()).map(summarize)).toEqual(['failed NOT_FOUND'])
    const invented = overSse.subscribe(setup.url, `${own.token}x`, Signals, { room: own.room })
    expect((await invented.rest()).map(summarize)).toEqual(['failed UNAUTHENTICATED'])
    fixture.agentTypes(setup, own.nativeId)
    fixture.agentTypes(setup, other.nativeId)
    expect(await take(stream)).toEqual(['AGENT types'])
    expect(setup.gateway.signalCounts()).toEqual({ sources: 1, subscribers: 1 })
  })

  it('a stream continues when the gateway’s socket to the provider breaks', async () => {
    const setup = await openGatewayWithPush()
    const { nativeId, room, token } = openRoom(setup, fixture)
    const stream = overWebSocket.subscribe(setup.url, token, Signals, { room })
    await untilStarted(setup, 1)
    fixture.dropSockets(setup)
    const received = take(stream)
    let isReceived = false
    void received.then(() => {
      isReceived = true
    })
    // Nothing says when the new socket is subscribed, and what is pushed before is lost.
    await waitUntil(() => {
      fixture.agentTypes(setup, nativeId)
      return isReceived
    })
    expect(await received).toEqual(['AGENT types'])
  })

  it('without push roomSignals is UNSUPPORTED, with the reason', async () => {
    const setup = await openGatewayWithPush({
      configureRocketChat: (config) => config,
      configureLiveChat: (config) => config,
    })
    const { room, token } = openRoom(setup, fixture)
    const [failed] = await overSse.subscribe(setup.url, token, Signals, { room }).rest()
    expect(failed?.errors).toMatchObject([
      {
        message: expect.stringMatching(/push/i),
        extensions: { code: 'UNSUPPORTED', provider: fixture.provider.name },
      },
    ])
  })

  it('ends its streams when the gateway closes', async () => {
    const setup = await openGatewayWithPush()
    const { room, token } = openRoom(setup, fixture)
    const stream = overSse.subscribe(setup.url, token, Signals, { room })
    await untilStarted(setup, 1)
    await setup.gateway.close()
    expect(await stream.rest()).toEqual([])
    expect(setup.gateway.signalCounts()).toEqual({ sources: 0, subscribers: 0 })
  })
})

describe('signals of livechat', () => {
  const [, fixture] = fixtures
  if (!fixture) throw new Error('no fixture')

  it('both sides receive what the other one has seen', async () => {
    const setup = await openGatewayWithPush()
    const { nativeId, messageId, room, token } = openRoom(setup, fixture)
    const threadId = setup.liveChat.chats.get(nativeId).threads.at(-1)?.id ?? null
    const message = encodeId({
      type: 'Message',
      provider: 'livechat',
      ref: { roomId: nativeId, threadId, messageId },
    })
    const operator = subscribeAsOperator(setup, room)
    const visitor = overSse.subscribe(setup.url, token, Signals, { room })
    await untilStarted(setup, 2)
    const input = { roomId: room, messageId: message }
    const payload = { markSeen: { __typename: 'MarkSeenPayload', roomId: room } }
    expect(await fetchData(setup.url, MarkSeen, { input }, asOperator)).toEqual(payload)
    expect(await take(visitor)).toEqual(['AGENT saw'])
    setup.liveChat.chats.sees(nativeId)
    expect(await take(operator, 2)).toEqual(['AGENT saw', 'VISITOR saw'])
  })

  it('both sides receive the position in the queue', async () => {
    const setup = await openGatewayWithPush()
    const { nativeId, room, token } = openRoom(setup, fixture)
    const operator = subscribeAsOperator(setup, room)
    const visitor = overWebSocket.subscribe(setup.url, token, Signals, { room })
    await untilStarted(setup, 2)
    setup.liveChat.chats.queueAt(nativeId, 3)
    expect(await take(operator)).toEqual(['queue 3'])
    expect(await take(visitor)).toEqual(['queue 3'])
  })

  it('a customer never sees agents type for agents only', async () => {
    const setup = await openGatewayWithPush()
    const { nativeId, room, token } = openRoom(setup, fixture)
    const operator = subscribeAsOperator(setup, room)
    const visitor = overWebSocket.subscribe(setup.url, token, Signals, { room })
    await untilStarted(setup, 2)
    const { accountId, personalAccessToken } = setup.liveChat.credentials
    const response = await fetch(`${setup.liveChat.url}/v3.6/agent/action/send_typing_indicator`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${btoa(`${accountId}:${personalAccessToken}`)}`,
      },
      body: JSON.stringify({ chat_id: nativeId, is_typing: true, visibility: 'agents' }),
    })
    expect(response.status).toBe(200)
    expect(await take(operator)).toEqual(['AGENT types'])
    setup.liveChat.chats.sees(nativeId)
    expect(await take(visitor)).toEqual(['VISITOR saw'])
  })

  it('operators have none while only customers have push', async () => {
    const setup = await openGatewayWithPush({
      configureLiveChat: (config) => ({ ...config, push: 'customers' }),
    })
    const { nativeId, room, token } = openRoom(setup, fixture)
    const failed = await subscribeAsOperator(setup, room).rest()
    expect(failed.map(summarize)).toEqual(['failed UNSUPPORTED'])
    const visitor = overWebSocket.subscribe(setup.url, token, Signals, { room })
    await untilStarted(setup, 1)
    fixture.agentTypes(setup, nativeId)
    expect(await take(visitor)).toEqual(['AGENT types'])
  })
})

it('signals of rocketchat: without push there is no setTyping', async () => {
  const [fixture] = fixtures
  if (!fixture) throw new Error('no fixture')
  const setup = await openGatewayWithPush({ configureRocketChat: (config) => config })
  const { room, token } = openRoom(setup, fixture)
  const { setTyping } = await fetchData(
    setup.url,
    SetTyping,
    { input: { roomId: room, typing: true } },
    asVisitor(token),
  )
  expect(setTyping).toMatchObject({ code: 'UNSUPPORTED', detail: expect.stringContaining('ROCKETCHAT_PUSH') })
})

it('signals of rocketchat: a visitor receives the position in the queue, if the server reports it', async () => {
  const [fixture] = fixtures
  if (!fixture) throw new Error('no fixture')
  const setup = await openGatewayWithPush()
  const { nativeId, room, token } = openRoom(setup, fixture)
  const stream = overWebSocket.subscribe(setup.url, token, Signals, { room })
  await untilStarted(setup, 1)
  setup.rocketChat.workspace.reportQueuePosition(nativeId, { spot: 2, estimatedWaitTimeSeconds: 60 })
  expect(await take(stream)).toEqual(['queue 2'])
})
