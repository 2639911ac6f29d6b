import { describe, expect, it } from 'vitest'
import {
  fetchData,
  openSocketClient,
  sendOperation,
  subscribe,
  waitUntil,
} from '../../../support/graphql-client.ts'
import { asOperator, asVisitor } from '../../../support/test-gateway.ts'
import { Events, Send } from '../support/documents.ts'
import { countRequests, openLiveChatGateway, roomIdOf } from '../support/livechat-gateway.ts'
import { LiveStatus } from '../support/push-documents.ts'

const ADA = 'ada.kowalska@switchboard.test'

/** A gateway with push, and slow polls, so that only push is quick. */
async function open(push: 'customers' | 'on') {
  const gateway = await openLiveChatGateway({
    configure: (right) => ({ ...right, push }),
    config: { pollIntervalMs: 60_000, pollIdleIntervalMs: 60_000 },
  })
  const { liveChat, url } = gateway
  const chat = liveChat.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
  const roomId = await roomIdOf(gateway, chat)
  const token = liveChat.tokens.customerToken(liveChat.chats.customerOf(chat.id).id)
  const watch = (connectionParams: Record<string, unknown>) =>
    subscribe(openSocketClient(url, connectionParams), Events, { id: roomId })
  return {
    ...gateway,
    gateway,
    chat,
    roomId,
    token,
    watchAsOperator: () => watch(asOperator),
    watchAsVisitor: () => watch({ visitorToken: token }),
    sourceFor: async (headers: Readonly<Record<string, string>>) => {
      const { room } = await fetchData(url, LiveStatus, { id: roomId }, headers)
      return room?.live.source
    },
  }
}

const textsOf = (events: readonly { readonly data?: { readonly roomEvents: object } | null }[]) =>
  events.map(({ data }) => JSON.stringify(data?.roomEvents))

describe('a visitor’s room in the gateway', () => {
  it('is delivered by push, without a call per message', async () => {
    const { liveChat, chat, token, watchAsVisitor, sourceFor, gateway } = await open('customers')
    const events = watchAsVisitor()
    const first = events.take(1)
    await waitUntil(async () => (await sourceFor(asVisitor(token))) === 'PUSH')
    liveChat.chats.agentSends(chat.id, 'message 0')
    await first
    liveChat.clearCalls()
    const taken = events.take(20)
    for (let number = 1; number <= 20; number += 1) liveChat.chats.agentSends(chat.id, `message ${number}`)
    expect(textsOf(await taken).every((event) => event.includes('message'))).toBe(true)
    expect(countRequests(gateway)).toEqual({})
  })

  it('never shows a note, though operators receive it by push', async () => {
    const { liveChat, chat, token, watchAsVisitor, watchAsOperator, sourceFor } = await open('on')
    const [visitor, agents] = [watchAsVisitor(), watchAsOperator()]
    const [seen, all] = [visitor.take(2), agents.take(3)]
    await waitUntil(async () => (await sourceFor(asVisitor(token))) === 'PUSH')
    await waitUntil(async () => (await sourceFor(asOperator)) === 'PUSH')
    liveChat.chats.agentSends(chat.id, 'how can I help?')
    liveChat.chats.agentNotes(chat.id, 'he called twice')
    liveChat.chats.customerSends(chat.id, 'my parcel')
    expect(textsOf(await all).join()).toContain('he called twice')
    const texts = textsOf(await seen).join()
    expect(texts).toContain('my parcel')
    expect(texts).not.toContain('he called twice')
  })

  it('shows the own message of the visitor once, whichever source is first', async () => {
    const { url, liveChat, chat, roomId, token, watchAsVisitor, sourceFor } = await open('customers')
    const events = watchAsVisitor()
    const taken = events.take(2)
    await waitUntil(async () => (await sourceFor(asVisitor(token))) === 'PUSH')
    await sendOperation(url, Send, { input: { roomId, text: 'mine' } }, asVisitor(token))
    liveChat.chats.agentSends(chat.id, 'yours')
    const texts = textsOf(await taken)
    expect(texts[0]).toContain('mine')
    expect(texts[1]).toContain('yours')
  })
})

describe('an operator’s room in the gateway', () => {
  it('of another agent is delivered by push', async () => {
    const { liveChat, chat, watchAsOperator, sourceFor } = await open('on')
    liveChat.chats.transfer(chat.id, { agentId: ADA })
    const events = watchAsOperator()
    const taken = events.take(1)
    await waitUntil(async () => (await sourceFor(asOperator)) === 'PUSH')
    liveChat.chats.agentSends(chat.id, 'Ada here', ADA)
    expect(textsOf(await taken)[0]).toContain('Ada here')
  })

  it('is polled where push is for customers only', async () => {
    const { watchAsOperator, sourceFor, liveChat } = await open('customers')
    const events = watchAsOperator()
    void events.take(1).catch(() => {})
    await waitUntil(async () => ['POLL', 'DIGEST'].includes((await sourceFor(asOperator)) ?? ''))
    expect(liveChat.push.accepted).toBe(0)
  })
})
