import { describe, expect, it } from 'vitest'
import type { InterceptedWebhook } from '../../../sandbox/webhook-delivery.ts'
import { fetchData, waitUntil } from '../../support/graphql-client.ts'
import { holdResponses } from '../../support/hold-responses.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { postWebhook } from '../../support/webhook-requests.ts'
import { Send } from '../account-documents.ts'
import {
  type BothProviders,
  countActivityPolls,
  globalId,
  HISTORY_ROUTE,
  HOURLY_POLLS,
  liveChatFixture,
  openBothProviders,
  type ProviderFixture,
  providerFixtures,
  ROOM_LIST_ROUTE,
  rocketChatFixture,
  subscribeToRoom,
  summarize,
  waitForSource,
} from '../both-providers.ts'

const THREADS_ROUTE = 'POST /v3.6/agent/action/list_threads'
const CUSTOMER_THREADS_ROUTE = 'POST /v3.6/customer/action/list_threads'

const historyReads = ({ rocketChat }: BothProviders) => rocketChat.counts()[`GET ${HISTORY_ROUTE}`] ?? 0
const threadReads = ({ liveChat }: BothProviders) => liveChat.counts()[THREADS_ROUTE] ?? 0
const readsOf = { rocketchat: historyReads, livechat: threadReads }

describe.each(providerFixtures)('webhooks with content from $name', (fixture) => {
  const reads = readsOf[fixture.name]

  it('are delivered without a read, once and in order, and later polls agree with them', async () => {
    const setup = await openBothProviders({ config: HOURLY_POLLS })
    const roomId = fixture.openRoom(setup)
    await fixture.enableWebhooks(setup)
    const events = await subscribeToServedRoom(setup, fixture, roomId)
    const readsBefore = reads(setup)
    for (const text of ['one', 'two', 'three']) fixture.sendAsVisitor(setup, roomId, text)
    expect(summarize(await events.take(3))).toEqual(['added one', 'added two', 'added three'])
    expect(reads(setup)).toBe(readsBefore)
    // A mutation causes a read, which shows the same versions.
    await fetchData(setup.url, Send, { room: globalId(fixture, roomId), text: 'four' }, asOperator)
    expect(summarize(await events.take(1))).toEqual(['added four'])
    await waitUntil(() => reads(setup) > readsBefore)
    await waitForQuiet(() => reads(setup))
    fixture.sendAsVisitor(setup, roomId, 'five')
    expect(summarize(await events.take(1))).toEqual(['added five'])
  })

  it('are applied once if they are late, repeated or reversed', async () => {
    const setup = await openBothProviders({ config: HOURLY_POLLS })
    const roomId = fixture.openRoom(setup)
    await fixture.enableWebhooks(setup)
    const events = await subscribeToServedRoom(setup, fixture, roomId)
    const { webhooks } = setup[fixture.name === 'rocketchat' ? 'rocketChat' : 'liveChat']
    const held: InterceptedWebhook[] = []
    webhooks.intercept((webhook) => void held.push(webhook))
    for (const text of ['one', 'two']) fixture.sendAsVisitor(setup, roomId, text)
    await waitUntil(() => held.length === 2)
    webhooks.intercept(null)
    for (const webhook of [...held, ...held]) expect(await webhook.deliver()).toBe(200)
    fixture.sendAsVisitor(setup, roomId, 'three')
    expect(summarize(await events.take(3))).toEqual(['added one', 'added two', 'added three'])
  })

  it('deliver nothing with a wrong secret', async () => {
    const setup = await openBothProviders({ config: HOURLY_POLLS })
    const roomId = fixture.openRoom(setup)
    await fixture.enableWebhooks(setup)
    const events = await subscribeToServedRoom(setup, fixture, roomId)
    const { webhooks } = setup[fixture.name === 'rocketchat' ? 'rocketChat' : 'liveChat']
    const held: InterceptedWebhook[] = []
    webhooks.intercept((webhook) => void held.push(webhook))
    fixture.sendAsVisitor(setup, roomId, 'forged')
    await waitUntil(() => held.length === 1)
    const body = { ...Object(held[0]?.body), secret_key: 'another' }
    const reply = await postWebhook(setup.url, fixture.name, body, {
      'x-rocketchat-livechat-token': 'another',
    })
    expect(reply.status).toBe(401)
    webhooks.intercept(null)
    fixture.sendAsVisitor(setup, roomId, 'true')
    expect(summarize(await events.take(1))).toEqual(['added true'])
  })
})

describe('webhooks of LiveChat', () => {
  it('bring notes to operators without a read, and never to visitors', async () => {
    const setup = await openBothProviders({ config: HOURLY_POLLS })
    const roomId = liveChatFixture.openRoom(setup)
    await liveChatFixture.enableWebhooks(setup)
    const token = liveChatFixture.visitorTokenOf(setup, roomId)
    const operator = await subscribeToServedRoom(setup, liveChatFixture, roomId)
    const visitor = await subscribeToRoom(setup, liveChatFixture, roomId, { token })
    const customerReads = () => setup.liveChat.counts()[CUSTOMER_THREADS_ROUTE] ?? 0
    await waitForQuiet(() => threadReads(setup) + customerReads())
    const [agentBefore, customerBefore] = [threadReads(setup), customerReads()]
    setup.liveChat.chats.agentNotes(roomId, 'a note')
    expect(summarize(await operator.take(1))).toEqual(['added a note'])
    expect(threadReads(setup)).toBe(agentBefore)
    // The visitor's own poller is only told to poll.
    await waitUntil(() => customerReads() > customerBefore)
    liveChatFixture.sendAsVisitor(setup, roomId, 'after the note')
    expect(summarize(await visitor.take(1))).toEqual(['added after the note'])
    expect(summarize(await operator.take(1))).toEqual(['added after the note'])
  })

  it('delete without a read', async () => {
    const setup = await openBothProviders({ config: HOURLY_POLLS })
    const roomId = liveChatFixture.openRoom(setup)
    await liveChatFixture.enableWebhooks(setup)
    const id = liveChatFixture.sendAsVisitor(setup, roomId, 'a mistake')
    const events = await subscribeToServedRoom(setup, liveChatFixture, roomId)
    const before = threadReads(setup)
    setup.liveChat.chats.customerDeletes(roomId, id)
    expect(summarize(await events.take(1))).toEqual([`deleted ${id}`])
    expect(threadReads(setup)).toBe(before)
  })
})

describe('webhooks of Rocket.Chat', () => {
  it('keep the order where an agent’s message needs a read that is slow', async () => {
    const setup = await openBothProviders({ config: HOURLY_POLLS })
    const roomId = rocketChatFixture.openRoom(setup)
    await rocketChatFixture.enableWebhooks(setup)
    const events = await subscribeToServedRoom(setup, rocketChatFixture, roomId)
    const otherId = rocketChatFixture.openRoom(setup)
    const others = await subscribeToServedRoom(setup, rocketChatFixture, otherId)
    // The webhooks of the opened rooms cause polls of their own. What comes after them waits for these polls.
    await waitForQuiet(() => historyReads(setup))
    rocketChatFixture.sendAsVisitor(setup, roomId, 'before')
    rocketChatFixture.sendAsVisitor(setup, otherId, 'before')
    expect(summarize([...(await events.take(1)), ...(await others.take(1))])).toEqual([
      'added before',
      'added before',
    ])
    const before = historyReads(setup)
    const release = holdResponses(setup.rocketChat, { route: HISTORY_ROUTE, times: 1 })
    setup.rocketChat.workspace.agentSends(roomId, 'by the agent')
    await waitUntil(() => historyReads(setup) > before)
    rocketChatFixture.sendAsVisitor(setup, roomId, 'by the visitor')
    // What is sent later in another room arrives first: this room waits for its read.
    rocketChatFixture.sendAsVisitor(setup, otherId, 'in another room')
    expect(summarize(await others.take(1))).toEqual(['added in another room'])
    release()
    expect(summarize(await events.take(2))).toEqual(['added by the agent', 'added by the visitor'])
  })
})

describe('rows of Rocket.Chat', () => {
  /** Account polls at short intervals; the rooms' own polls an hour apart. */
  const config = { pollIntervalMs: 20, pollIdleIntervalMs: 3_600_000 }

  it('bring the messages of both sides without a read, once two of them follow each other', async () => {
    const setup = await openBothProviders({ config })
    const { workspace } = setup.rocketChat
    const roomId = rocketChatFixture.openRoom(setup)
    const events = await subscribeToRoom(setup, rocketChatFixture, roomId)
    await waitForSource(setup, rocketChatFixture, roomId, 'DIGEST')
    rocketChatFixture.sendAsVisitor(setup, roomId, 'the first')
    expect(summarize(await events.take(1))).toEqual(['added the first'])
    await waitForQuiet(() => historyReads(setup))
    const before = historyReads(setup)
    for (const round of [1, 2, 3]) {
      workspace.agentSends(roomId, `agent ${round}`, { alias: 'Helper' })
      expect(summarize(await events.take(1))).toEqual([`added agent ${round}`])
      rocketChatFixture.sendAsVisitor(setup, roomId, `visitor ${round}`)
      expect(summarize(await events.take(1))).toEqual([`added visitor ${round}`])
    }
    const last = workspace.messages(roomId).at(-1)
    workspace.edit(last?._id ?? '', 'edited')
    expect(summarize(await events.take(1))).toEqual(['updated edited'])
    expect(historyReads(setup)).toBe(before)
  })

  it('cost a read where they do not show everything, and none afterwards', async () => {
    const setup = await openBothProviders({ config })
    const { workspace } = setup.rocketChat
    const roomId = rocketChatFixture.openRoom(setup)
    const events = await subscribeToRoom(setup, rocketChatFixture, roomId)
    await waitForSource(setup, rocketChatFixture, roomId, 'DIGEST')
    const one = rocketChatFixture.sendAsVisitor(setup, roomId, 'one')
    expect(summarize(await events.take(1))).toEqual(['added one'])
    // Two messages and a deletion between two rows.
    const resume = setup.rocketChat.injectFault({
      kind: 'answer',
      status: 502,
      body: '',
      route: ROOM_LIST_ROUTE,
    })
    // The ids order messages of one millisecond.
    workspace.agentSends(roomId, 'two', { _id: 'm2' })
    workspace.agentSends(roomId, 'three', { _id: 'm3' })
    resume()
    expect(summarize(await events.take(2))).toEqual(['added two', 'added three'])
    workspace.remove(one)
    expect(summarize(await events.take(1))).toEqual([`deleted ${one}`])
    await waitForQuiet(() => historyReads(setup))
    const before = historyReads(setup)
    workspace.agentSends(roomId, 'four')
    expect(summarize(await events.take(1))).toEqual(['added four'])
    expect(historyReads(setup)).toBe(before)
  })
})

/** Subscribes as an operator to a room whose first messages were read after the account poller began to serve it. */
async function subscribeToServedRoom(setup: BothProviders, fixture: ProviderFixture, roomId: string) {
  const events = await subscribeToRoom(setup, fixture, roomId)
  await waitUntil(() => countActivityPolls(setup, fixture) > 0)
  const variables = { room: globalId(fixture, roomId), text: 'before' }
  await fetchData(setup.url, Send, variables, asOperator)
  expect(summarize(await events.take(1))).toEqual(['added before'])
  await waitForSource(setup, fixture, roomId, 'DIGEST')
  await waitForQuiet(() => readsOf[fixture.name](setup))
  return events
}

/** Waits until a count stays the same for a while, so that no request is on its way. */
async function waitForQuiet(count: () => number): Promise<void> {
  let last = -1
  await waitUntil(async () => {
    const isQuiet = last === count()
    last = count()
    await new Promise((resolve) => setTimeout(resolve, 50))
    return isQuiet
  })
}
