import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../sandbox/faults.ts'
import { apiFaults } from '../../../sandbox/livechat/index.ts'
import { fetchData } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Close, Delete, Send, WholeMessages } from './support/documents.ts'
import {
  agentAction,
  asVisitorOf,
  countRequests,
  customerAction,
  type LiveChatGateway,
  openLiveChatGateway,
  roomIdOf,
} from './support/livechat-gateway.ts'

const KEY = '6f1d6f0e-2b6b-4d0c-9f0a-7f6a1f4c2b11'

async function prepare(role: 'operator' | 'visitor') {
  const gateway = await openLiveChatGateway()
  const chat = gateway.liveChat.chats.start({ say: 'hello' })
  const roomId = await roomIdOf(gateway, chat)
  const headers = role === 'operator' ? asOperator : asVisitorOf(gateway, chat)
  const action = role === 'operator' ? agentAction : customerAction
  const storedEvents = () =>
    chat.threads.flatMap(({ events }) => events).filter(({ fields }) => fields['text'] === 'only once')
  gateway.liveChat.clearCalls()
  return { gateway, chat, roomId, headers, action, storedEvents }
}

async function send(
  { url }: LiveChatGateway,
  roomId: string,
  headers: Readonly<Record<string, string>>,
  more: object = {},
) {
  const input = { roomId, text: 'only once', ...more }
  return (await fetchData(url, Send, { input }, headers)).sendMessage
}

describe.each(['operator', 'visitor'] as const)('an idempotency key of an %s', (role) => {
  it('sends once, however often it is repeated, and returns the same message', async () => {
    const { gateway, roomId, headers, storedEvents } = await prepare(role)
    const first = await send(gateway, roomId, headers, { idempotencyKey: KEY })
    const again = await send(gateway, roomId, headers, { idempotencyKey: KEY })
    expect(again).toMatchObject({ message: { id: 'message' in first ? first.message.id : '' } })
    expect(storedEvents()).toHaveLength(1)
    expect(storedEvents()[0]?.customId).toMatch(/^[0-9a-f]{32}$/)
  })

  it('is found in a thread that has closed since', async () => {
    const { gateway, chat, roomId, headers, storedEvents } = await prepare(role)
    await send(gateway, roomId, headers, { idempotencyKey: KEY })
    gateway.liveChat.chats.close(chat.id)
    gateway.liveChat.chats.resume(chat.id)
    expect(await send(gateway, roomId, headers, { idempotencyKey: KEY })).toMatchObject({
      message: { text: 'only once' },
    })
    expect(storedEvents()).toHaveLength(1)
  })

  it('is a CONFLICT with another text', async () => {
    const { gateway, roomId, headers } = await prepare(role)
    await send(gateway, roomId, headers, { idempotencyKey: KEY })
    expect(await send(gateway, roomId, headers, { idempotencyKey: KEY, text: 'another' })).toMatchObject({
      code: 'CONFLICT',
    })
  })

  it('costs one request more than none: the search for an earlier message', async () => {
    const { gateway, roomId, headers } = await prepare(role)
    const api = role === 'operator' ? 'agent' : 'customer'
    await send(gateway, roomId, headers, { idempotencyKey: KEY })
    expect(countRequests(gateway)).toMatchObject({ [`${api}/list_threads`]: 1, [`${api}/send_event`]: 1 })
  })
})

describe.each(['operator', 'visitor'] as const)('a response that is lost for an %s', (role) => {
  it.each(['reset-after-commit', 'half-body'] as const)(
    '%s: is looked up, and nothing is sent again',
    async (kind) => {
      const { gateway, roomId, headers, action, storedEvents } = await prepare(role)
      gateway.liveChat.injectFault({ kind, route: action('send_event'), times: 1 })
      expect(await send(gateway, roomId, headers)).toMatchObject({ message: { text: 'only once' } })
      expect(storedEvents()).toHaveLength(1)
    },
  )

  it('is OUTCOME_UNKNOWN if the message is not found: LiveChat may still process the request', async () => {
    const { gateway, roomId, headers, action, storedEvents } = await prepare(role)
    gateway.liveChat.injectFault({ kind: 'reset', route: action('send_event'), times: 1 })
    expect(await send(gateway, roomId, headers, { idempotencyKey: KEY })).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    })
    // The client may repeat the key: a message that arrived after all is found, one that did not is sent.
    expect(await send(gateway, roomId, headers, { idempotencyKey: KEY })).toMatchObject({
      message: { text: 'only once' },
    })
    expect(storedEvents()).toHaveLength(1)
  })

  it('is OUTCOME_UNKNOWN if the read fails', async () => {
    const { gateway, roomId, headers, action, storedEvents } = await prepare(role)
    gateway.liveChat.injectFault({ kind: 'reset-after-commit', route: action('send_event'), times: 1 })
    gateway.liveChat.injectFault({ ...apiFaults.serviceUnavailable, route: action('list_threads'), times: 1 })
    expect(await send(gateway, roomId, headers)).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(storedEvents()).toHaveLength(1)
  })

  it('is OUTCOME_UNKNOWN if the message was sent and cannot be read back', async () => {
    const { gateway, roomId, headers, action, storedEvents } = await prepare(role)
    gateway.liveChat.injectFault({ ...apiFaults.internal, route: action('get_chat') })
    expect(await send(gateway, roomId, headers)).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(storedEvents()).toHaveLength(1)
  })

  it('is an error if LiveChat responded with one and the message is not found', async () => {
    const { gateway, roomId, headers, action, storedEvents } = await prepare(role)
    gateway.liveChat.injectFault({ ...apiFaults.internal, route: action('send_event'), times: 1 })
    expect(await send(gateway, roomId, headers)).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' })
    expect(storedEvents()).toHaveLength(0)
  })
})

describe('other lost responses', () => {
  const lost = (route: string): Fault => ({ kind: 'reset-after-commit', route, times: 1 })

  it('of a resumed chat: the new thread is found', async () => {
    const { gateway, chat, roomId, headers, storedEvents } = await prepare('operator')
    gateway.liveChat.chats.close(chat.id)
    gateway.liveChat.injectFault(lost(agentAction('resume_chat')))
    expect(await send(gateway, roomId, headers)).toMatchObject({ message: { text: 'only once' } })
    expect(storedEvents()).toHaveLength(1)
    expect(chat.threads).toHaveLength(2)
  })

  it.each(['operator', 'visitor'] as const)('of a room that an %s closed: it is closed', async (role) => {
    const { gateway, roomId, headers, action } = await prepare(role)
    gateway.liveChat.injectFault(lost(action('deactivate_chat')))
    const { closeRoom } = await fetchData(gateway.url, Close, { input: { roomId } }, headers)
    expect(closeRoom).toMatchObject({ room: { status: 'CLOSED' } })
  })

  it('of a room that was not closed: OUTCOME_UNKNOWN', async () => {
    const { gateway, roomId, headers, action } = await prepare('operator')
    gateway.liveChat.injectFault({ kind: 'reset', route: action('deactivate_chat'), times: 1 })
    const { closeRoom } = await fetchData(gateway.url, Close, { input: { roomId } }, headers)
    expect(closeRoom).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
  })

  it.each([
    ['is deleted', 1, { __typename: 'DeleteMessagePayload' }],
    ['is OUTCOME_UNKNOWN if its thread shows no other event', 0, { code: 'OUTCOME_UNKNOWN' }],
  ])('of a message that was deleted: it %s', async (_what, others, expected) => {
    const { gateway, chat, headers } = await prepare('visitor')
    for (let count = 0; count < others; count += 1) gateway.liveChat.chats.agentSends(chat.id, 'good morning')
    const { roomByNativeId } = await fetchData(gateway.url, WholeMessages, { id: chat.id }, headers)
    gateway.liveChat.injectFault(lost(customerAction('delete_event')))
    const messageId = roomByNativeId?.messages.nodes[0]?.id ?? ''
    const { deleteMessage } = await fetchData(gateway.url, Delete, { input: { messageId } }, headers)
    expect(deleteMessage).toMatchObject(expected)
  })

  it('of a read: it is retried once', async () => {
    const { gateway, chat } = await prepare('operator')
    gateway.liveChat.injectFault({ kind: 'reset', route: agentAction('list_threads'), times: 1 })
    const { roomByNativeId } = await fetchData(gateway.url, WholeMessages, { id: chat.id }, asOperator)
    expect(roomByNativeId?.messages.nodes).toHaveLength(1)
    expect(countRequests(gateway)).toMatchObject({ 'agent/list_threads': 2 })
  })
})
