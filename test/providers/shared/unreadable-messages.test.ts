import { describe, expect, it, onTestFinished } from 'vitest'
import { startLiveChatSandbox } from '../../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../../sandbox/rocketchat/index.ts'
import type { LiveChatConfig, RocketChatConfig } from '../../../src/config/index.ts'
import { decodeId, encodeId } from '../../../src/domain/ids.ts'
import { type EventStream, openSocketClient, subscribe, waitUntil } from '../../support/graphql-client.ts'
import { liveChatConfig, rocketChatConfig, startTestGateway } from '../../support/test-gateway.ts'
import { Happening } from '../support/documents.ts'
import { type Json, type RewritingProxy, startRewritingProxy } from '../support/rewriting-proxy.ts'

/** A provider behind a proxy, with a room of three messages to which its visitor subscribes; events come from polls only. */
interface Watched {
  readonly proxy: RewritingProxy
  /** Suffix of the path on which a room's messages are read, and how often that happened. */
  readonly path: string
  readonly reads: () => number
  readonly config: RocketChatConfig | LiveChatConfig
  readonly visitorToken: string
  readonly roomId: string
  /** Their native ids, oldest first. */
  readonly ids: readonly string[]
  say(text: string): void
  remove(id: string): void
}

async function rocketChat(): Promise<Watched> {
  const { workspace, ...sandbox } = await startRocketChatSandbox({ seed: false })
  onTestFinished(() => sandbox.close())
  const proxy = await startRewritingProxy(sandbox.url)
  const { token } = workspace.createVisitor({ name: 'Vera' })
  const { _id: rid } = workspace.openRoom({ token, agentId: workspace.createAgent({ name: 'Ada' })._id })
  const say = (msg: string) => workspace.visitorSends(rid, msg)._id
  return {
    proxy,
    path: `/livechat/messages.history/${rid}`,
    reads: () => sandbox.counts()['GET /api/v1/livechat/messages.history/:rid'] ?? 0,
    config: rocketChatConfig(proxy.url),
    visitorToken: token,
    roomId: rid,
    ids: ['one', 'two', 'three'].map(say),
    say,
    remove: (id) => workspace.prune(id),
  }
}

async function liveChat(): Promise<Watched> {
  const sandbox = await startLiveChatSandbox({ seed: false })
  const { chats } = sandbox
  onTestFinished(() => sandbox.close())
  const proxy = await startRewritingProxy(sandbox.url)
  const chat = chats.start({ customer: { name: 'Cy' } })
  const say = (text: string) => chats.customerSends(chat.id, text).id
  return {
    proxy,
    path: '/list_threads',
    reads: () => sandbox.counts()['POST /v3.6/customer/action/list_threads'] ?? 0,
    config: {
      ...liveChatConfig(sandbox),
      apiUrl: proxy.url,
      organizationId: sandbox.credentials.organizationId,
    },
    visitorToken: sandbox.tokens.customerToken(chats.customerOf(chat.id).id),
    roomId: chat.id,
    ids: ['one', 'two', 'three'].map(say),
    say,
    remove: (id) => chats.customerDeletes(chat.id, id),
  }
}

type Happenings = EventStream<{ readonly roomEvents: Readonly<Record<string, unknown>> }>

async function watch({ config, roomId, visitorToken, reads }: Watched): Promise<Happenings> {
  const gateway = await startTestGateway([config])
  const id = encodeId({ type: 'Room', provider: config.name, roomId })
  const stream: Happenings = subscribe(openSocketClient(gateway.url, { visitorToken }), Happening, { id })
  await waitUntil(() => reads() > 1)
  return stream
}

async function next(stream: Happenings): Promise<unknown> {
  const event = (await stream.take(1))[0]?.data?.roomEvents
  const named = decodeId(String(event?.['messageId'] ?? ''))
  const removed = named?.type === 'Message' ? named.ref.messageId : undefined
  return removed ?? event?.['message']
}

/** The response with the message of this id, whose time cannot be read. */
const untimed = (id: string) => (answer: Json) =>
  JSON.parse(JSON.stringify(answer), (_, value) =>
    value?._id === id || value?.id === id ? { ...value, ts: 'soon', created_at: 'soon' } : value,
  )

describe.each([
  ['Rocket.Chat', rocketChat],
  ['LiveChat', liveChat],
])('a message that %s sends without a time that can be read', (_, open) => {
  it('causes no deletion event while it lasts and no new message afterwards; a real deletion still does', async () => {
    const watched = await open()
    const stream = await watch(watched)
    const [, second = '', third = ''] = watched.ids
    for (const id of [second, third]) {
      watched.proxy.rewrite(watched.path, untimed(id))
      const reads = watched.reads()
      // The first poll may have been in flight before, and a message at the newest edge counts as deleted after two polls.
      await waitUntil(() => watched.reads() > reads + 3)
    }
    watched.proxy.rewrite(watched.path, null)
    const reads = watched.reads()
    await waitUntil(() => watched.reads() > reads + 1)
    watched.say('four')
    expect(await next(stream)).toEqual({ text: 'four' })
    watched.remove(second)
    expect(await next(stream)).toBe(second)
  })
})

it('a thread that LiveChat sends without a list of events proves nothing about its messages', async () => {
  const watched = await liveChat()
  const stream = await watch(watched)
  const shapes: ((answer: Json) => Json)[] = [
    (answer) => JSON.parse(JSON.stringify(answer), (key, value) => (key === 'events' ? 'none' : value)),
    (answer) => JSON.parse(JSON.stringify(answer), (key, value) => (key === 'threads' ? ['?'] : value)),
  ]
  for (const shape of shapes) {
    watched.proxy.rewrite(watched.path, shape)
    const reads = watched.reads()
    await waitUntil(() => watched.reads() > reads + 3)
  }
  watched.proxy.rewrite(watched.path, null)
  watched.say('four')
  expect(await next(stream)).toEqual({ text: 'four' })
})
