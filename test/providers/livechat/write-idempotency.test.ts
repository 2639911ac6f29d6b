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

async function prepared(who: 'operator' | 'visitor') {
  const licence = await openLiveChatGateway()
  const chat = licence.liveChat.chats.start({ say: 'hello' })
  const roomId = await roomIdOf(licence, chat)
  const headers = who === 'operator' ? asOperator : asVisitorOf(licence, chat)
  const action = who === 'operator' ? agentAction : customerAction
  const said = () =>
    chat.threads.flatMap(({ events }) => events).filter(({ fields }) => fields['text'] === 'only once')
  licence.liveChat.clearCalls()
  return { licence, chat, roomId, headers, action, said }
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

describe.each(['operator', 'visitor'] as const)('a key of an %s', (who) => {
  it('sends once however often it comes, and gives the same message', async () => {
    const { licence, roomId, headers, said } = await prepared(who)
    const first = await send(licence, roomId, headers, { idempotencyKey: KEY })
    const again = await send(licence, roomId, headers, { idempotencyKey: KEY })
    expect(again).toMatchObject({ message: { id: 'message' in first ? first.message.id : '' } })
    expect(said()).toHaveLength(1)
    expect(said()[0]?.customId).toMatch(/^[0-9a-f]{32}$/)
  })

  it('is found again in a thread that has closed since', async () => {
    const { licence, chat, roomId, headers, said } = await prepared(who)
    await send(licence, roomId, headers, { idempotencyKey: KEY })
    licence.liveChat.chats.close(chat.id)
    licence.liveChat.chats.resume(chat.id)
    expect(await send(licence, roomId, headers, { idempotencyKey: KEY })).toMatchObject({
      message: { text: 'only once' },
    })
    expect(said()).toHaveLength(1)
  })

  it('is a CONFLICT with another text', async () => {
    const { licence, roomId, headers } = await prepared(who)
    await send(licence, roomId, headers, { idempotencyKey: KEY })
    expect(await send(licence, roomId, headers, { idempotencyKey: KEY, text: 'another' })).toMatchObject({
      code: 'CONFLICT',
    })
  })

  it('costs one call more than none: the look for what it sent before', async () => {
    const { licence, roomId, headers } = await prepared(who)
    const api = who === 'operator' ? 'agent' : 'customer'
    await send(licence, roomId, headers, { idempotencyKey: KEY })
    expect(countRequests(licence)).toMatchObject({ [`${api}/list_threads`]: 1, [`${api}/send_event`]: 1 })
  })
})

describe.each(['operator', 'visitor'] as const)('an answer that an %s does not get', (who) => {
  it.each(['reset-after-commit', 'half-body'] as const)(
    '%s: is looked up, and nothing is sent again',
    async (kind) => {
      const { licence, roomId, headers, action, said } = await prepared(who)
      licence.liveChat.injectFault({ kind, route: action('send_event'), times: 1 })
      expect(await send(licence, roomId, headers)).toMatchObject({ message: { text: 'only once' } })
      expect(said()).toHaveLength(1)
    },
  )

  it('is of unknown outcome where it is not found: LiveChat may be at it still', async () => {
    const { licence, roomId, headers, action, said } = await prepared(who)
    licence.liveChat.injectFault({ kind: 'reset', route: action('send_event'), times: 1 })
    expect(await send(licence, roomId, headers, { idempotencyKey: KEY })).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    })
    // The client may ask again with the same key: what arrived after all is found, what did not is sent.
    expect(await send(licence, roomId, headers, { idempotencyKey: KEY })).toMatchObject({
      message: { text: 'only once' },
    })
    expect(said()).toHaveLength(1)
  })

  it('is of unknown outcome where nobody can look', async () => {
    const { licence, roomId, headers, action, said } = await prepared(who)
    licence.liveChat.injectFault({ kind: 'reset-after-commit', route: action('send_event'), times: 1 })
    licence.liveChat.injectFault({ ...apiFaults.serviceUnavailable, route: action('list_threads'), times: 1 })
    expect(await send(licence, roomId, headers)).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(said()).toHaveLength(1)
  })

  it('is of unknown outcome where the message was sent and cannot be read back', async () => {
    const { licence, roomId, headers, action, said } = await prepared(who)
    licence.liveChat.injectFault({ ...apiFaults.internal, route: action('get_chat') })
    expect(await send(licence, roomId, headers)).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(said()).toHaveLength(1)
  })

  it('is a failure where LiveChat answered one and the message is not there', async () => {
    const { licence, roomId, headers, action, said } = await prepared(who)
    licence.liveChat.injectFault({ ...apiFaults.internal, route: action('send_event'), times: 1 })
    expect(await send(licence, roomId, headers)).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' })
    expect(said()).toHaveLength(0)
  })
})

describe('other answers that are lost', () => {
  const lost = (route: string): Fault => ({ kind: 'reset-after-commit', route, times: 1 })

  it('of a resumed chat: the new thread is found', async () => {
    const { licence, chat, roomId, headers, said } = await prepared('operator')
    licence.liveChat.chats.close(chat.id)
    licence.liveChat.injectFault(lost(agentAction('resume_chat')))
    expect(await send(licence, roomId, headers)).toMatchObject({ message: { text: 'only once' } })
    expect(said()).toHaveLength(1)
    expect(chat.threads).toHaveLength(2)
  })

  it.each(['operator', 'visitor'] as const)('of a room that an %s closed: it is closed', async (who) => {
    const { licence, roomId, headers, action } = await prepared(who)
    licence.liveChat.injectFault(lost(action('deactivate_chat')))
    const { closeRoom } = await fetchData(licence.url, Close, { input: { roomId } }, headers)
    expect(closeRoom).toMatchObject({ room: { status: 'CLOSED' } })
  })

  it('of a room that was not closed: unknown', async () => {
    const { licence, roomId, headers, action } = await prepared('operator')
    licence.liveChat.injectFault({ kind: 'reset', route: action('deactivate_chat'), times: 1 })
    const { closeRoom } = await fetchData(licence.url, Close, { input: { roomId } }, headers)
    expect(closeRoom).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
  })

  it.each([
    ['is gone', 1, { __typename: 'DeleteMessagePayload' }],
    ['is of unknown outcome where its thread shows nothing else', 0, { code: 'OUTCOME_UNKNOWN' }],
  ])('of a message that was deleted: it %s', async (_what, others, expected) => {
    const { licence, chat, headers } = await prepared('visitor')
    for (let count = 0; count < others; count += 1) licence.liveChat.chats.agentSends(chat.id, 'good morning')
    const { roomByNativeId } = await fetchData(licence.url, WholeMessages, { id: chat.id }, headers)
    licence.liveChat.injectFault(lost(customerAction('delete_event')))
    const messageId = roomByNativeId?.messages.nodes[0]?.id ?? ''
    const { deleteMessage } = await fetchData(licence.url, Delete, { input: { messageId } }, headers)
    expect(deleteMessage).toMatchObject(expected)
  })

  it('of a read: it is asked once more', async () => {
    const { licence, chat } = await prepared('operator')
    licence.liveChat.injectFault({ kind: 'reset', route: agentAction('list_threads'), times: 1 })
    const { roomByNativeId } = await fetchData(licence.url, WholeMessages, { id: chat.id }, asOperator)
    expect(roomByNativeId?.messages.nodes).toHaveLength(1)
    expect(countRequests(licence)).toMatchObject({ 'agent/list_threads': 2 })
  })
})
