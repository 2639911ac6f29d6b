import { describe, expect, it } from 'vitest'
import { fetchData } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Close, Delete, Room, Send, Update, WholeMessages } from './support/documents.ts'
import {
  asVisitorOf,
  countRequests,
  type LiveChatGateway,
  openLiveChatGateway,
  roomIdOf,
  withOAuth,
} from './support/livechat-gateway.ts'

const ADA = 'ada.kowalska@switchboard.test'
const BEN = 'ben.osei@switchboard.test'
type Headers = Readonly<Record<string, string>>

const sendText = async (
  { url }: LiveChatGateway,
  roomId: string,
  text: string,
  headers: Headers = asOperator,
) => (await fetchData(url, Send, { input: { roomId, text } }, headers)).sendMessage

describe('an operator’s message', () => {
  it('is sent by the configured agent, and returned as LiveChat stored it', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start({ say: 'hello' })
    const roomId = await roomIdOf(gateway, chat)
    gateway.liveChat.clearCalls()
    const sent = await sendText(gateway, roomId, 'grüß dich 👋')
    const stored = chat.threads[0]?.events.at(-1)
    expect(sent).toMatchObject({
      message: {
        nativeId: stored?.id,
        text: 'grüß dich 👋',
        createdAt: new Date(Math.floor((stored?.createdAt ?? 0) / 1000)).toISOString(),
        visibility: 'EVERYONE',
        author: { nativeId: 'agent@switchboard.test', name: 'Robin Hale', role: 'AGENT' },
      },
    })
    expect(countRequests(gateway)).toEqual({ 'agent/send_event': 1, 'agent/get_chat': 2 })
  })

  it('joins a chat that has no agent yet', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start({ offline: true, say: 'anyone?' })
    const roomId = await roomIdOf(gateway, chat)
    expect(await sendText(gateway, roomId, 'here I am')).toMatchObject({ message: { text: 'here I am' } })
    expect(chat.users).toMatchObject([{ type: 'customer' }, { id: 'agent@switchboard.test', present: true }])
    expect(countRequests(gateway)).toMatchObject({ 'agent/add_user_to_chat': 1, 'agent/send_event': 2 })
  })

  it('joins as the agent of an app’s token as well', async () => {
    const gateway = await openLiveChatGateway({ configure: withOAuth })
    const chat = gateway.liveChat.chats.start({ offline: true, say: 'anyone?' })
    const sent = await sendText(gateway, await roomIdOf(gateway, chat), 'here I am')
    expect(sent).toMatchObject({ message: { author: { nativeId: 'agent@switchboard.test' } } })
  })

  it('is rejected with the reason if LiveChat allows no second agent', async () => {
    const gateway = await openLiveChatGateway()
    const { chats } = gateway.liveChat
    chats.setRoutingStatus('agent@switchboard.test', 'offline')
    const chat = chats.start({ say: 'hello' })
    expect(chat.users.some(({ id }) => id === ADA)).toBe(true)
    expect(await sendText(gateway, await roomIdOf(gateway, chat), 'me too')).toMatchObject({
      code: 'CONFLICT',
      detail: expect.stringContaining('Another agent serves this chat'),
    })
    expect(chat.threads[0]?.events).toHaveLength(1)
  })

  it('is rejected with the reason if the account does not belong to the chat’s group', async () => {
    const gateway = await openLiveChatGateway({
      configure: (right, { tokens }) => ({
        ...right,
        credential: { type: 'pat', ...tokens.personalAccessToken({ agentId: BEN }) },
      }),
    })
    const chat = gateway.liveChat.chats.start({ groupId: 3, offline: true, say: 'hello' })
    expect(await sendText(gateway, await roomIdOf(gateway, chat), 'hi')).toMatchObject({
      code: 'FORBIDDEN',
      detail: expect.stringContaining('group'),
    })
  })

  it('resumes an inactive chat in a new thread', async () => {
    const gateway = await openLiveChatGateway()
    const { chats } = gateway.liveChat
    const chat = chats.start({ say: 'hello' })
    chats.close(chat.id)
    const roomId = await roomIdOf(gateway, chat)
    const sent = await sendText(gateway, roomId, 'one more thing')
    expect(sent).toMatchObject({ message: { text: 'one more thing', room: { status: 'OPEN' } } })
    expect(chat.threads).toHaveLength(2)
    expect(chat.threads[1]?.events).toMatchObject([
      { fields: { text: 'one more thing' }, authorId: 'agent@switchboard.test' },
    ])
  })

  it('resumes an inactive chat that the agent was never in', async () => {
    const gateway = await openLiveChatGateway()
    const { chats } = gateway.liveChat
    const chat = chats.start({ offline: true, say: 'hello' })
    chats.close(chat.id)
    expect(await sendText(gateway, await roomIdOf(gateway, chat), 'good morning')).toMatchObject({
      message: { text: 'good morning' },
    })
    expect(chat.threads[1]?.active).toBe(true)
  })

  it('may have as many bytes as LiveChat accepts', async () => {
    const gateway = await openLiveChatGateway()
    const roomId = await roomIdOf(gateway, gateway.liveChat.chats.start())
    expect(await sendText(gateway, roomId, 'ß'.repeat(8_192))).toMatchObject({
      __typename: 'SendMessagePayload',
    })
    gateway.liveChat.clearCalls()
    expect(await sendText(gateway, roomId, 'ß'.repeat(8_193))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'text',
    })
    expect(countRequests(gateway)).toEqual({})
  })

  it('cannot be edited or deleted, which no request is sent for', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start({ say: 'helo' })
    const { roomByNativeId } = await fetchData(gateway.url, WholeMessages, { id: chat.id }, asOperator)
    const messageId = roomByNativeId?.messages.nodes[0]?.id ?? ''
    gateway.liveChat.clearCalls()
    for (const headers of [asOperator, asVisitorOf(gateway, chat)]) {
      const { updateMessage } = await fetchData(
        gateway.url,
        Update,
        { input: { messageId, text: 'hello' } },
        headers,
      )
      expect(updateMessage).toMatchObject({
        code: 'UNSUPPORTED',
        detail: expect.stringContaining('cannot edit'),
      })
    }
    const { deleteMessage } = await fetchData(gateway.url, Delete, { input: { messageId } }, asOperator)
    expect(deleteMessage).toMatchObject({
      code: 'UNSUPPORTED',
      detail: expect.stringContaining('only visitors'),
    })
    expect(countRequests(gateway)).toEqual({})
  })
})

describe('a visitor’s message', () => {
  it('is added to the last thread, active or not', async () => {
    const gateway = await openLiveChatGateway()
    const { chats } = gateway.liveChat
    const chat = chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const visitor = asVisitorOf(gateway, chat)
    const roomId = await roomIdOf(gateway, chat)
    gateway.liveChat.clearCalls()
    expect(await sendText(gateway, roomId, 'there?', visitor)).toMatchObject({
      message: { text: 'there?', author: { name: 'Cy', role: 'VISITOR' } },
    })
    expect(countRequests(gateway)).toEqual({ 'customer/send_event': 1, 'customer/get_chat': 2 })
    chats.close(chat.id)
    expect(await sendText(gateway, roomId, 'one more', visitor)).toMatchObject({
      message: { room: { status: 'CLOSED' } },
    })
    expect(chat.threads).toHaveLength(1)
    expect(chat.threads[0]?.events.at(-1)?.fields).toEqual({ text: 'one more' })
  })

  it('is not sent to another visitor’s room', async () => {
    const gateway = await openLiveChatGateway()
    const [mine, other] = [gateway.liveChat.chats.start(), gateway.liveChat.chats.start()]
    const sent = await sendText(gateway, await roomIdOf(gateway, other), 'hello', asVisitorOf(gateway, mine))
    expect(sent).toMatchObject({ code: 'NOT_FOUND' })
    expect(other.threads[0]?.events).toEqual([])
  })

  it('is deleted permanently by its author, and by nobody else', async () => {
    const gateway = await openLiveChatGateway()
    const { chats } = gateway.liveChat
    const chat = chats.start({ say: 'my card is 4111' })
    chats.agentSends(chat.id, 'please delete that')
    const visitor = asVisitorOf(gateway, chat)
    const { roomByNativeId } = await fetchData(gateway.url, WholeMessages, { id: chat.id }, visitor)
    const [own, agents] = roomByNativeId?.messages.nodes ?? []
    const remove = async (messageId = '', headers: Headers = visitor) =>
      (await fetchData(gateway.url, Delete, { input: { messageId } }, headers)).deleteMessage
    expect(await remove(own?.id, asVisitorOf(gateway, chats.start()))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await remove(agents?.id)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await remove(own?.id)).toMatchObject({ messageId: own?.id, deletedAt: null })
    expect(await remove(own?.id)).toMatchObject({ code: 'NOT_FOUND' })
    const after = await fetchData(gateway.url, WholeMessages, { id: chat.id }, visitor)
    expect(after.roomByNativeId?.messages.nodes.map(({ text }) => text)).toEqual(['please delete that'])
  })
})

describe('closing a room', () => {
  it.each([
    ['operator', 1],
    ['visitor', 1],
  ])('costs one request by its %s, and is ROOM_CLOSED the second time', async (role, count) => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start()
    const headers = role === 'operator' ? asOperator : asVisitorOf(gateway, chat)
    const roomId = await roomIdOf(gateway, chat)
    const close = async () => (await fetchData(gateway.url, Close, { input: { roomId } }, headers)).closeRoom
    gateway.liveChat.clearCalls()
    expect(await close()).toMatchObject({ room: { status: 'CLOSED' } })
    expect(
      Object.entries(countRequests(gateway)).find(([name]) => name.endsWith('deactivate_chat'))?.[1],
    ).toBe(count)
    expect(await close()).toMatchObject({ code: 'ROOM_CLOSED' })
    expect(chat.threads[0]?.events).toHaveLength(1)
  })

  it('succeeds if the operator’s account was never in the chat', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start({ offline: true })
    const roomId = await roomIdOf(gateway, chat)
    await fetchData(gateway.url, Close, { input: { roomId } }, asOperator)
    const { roomByNativeId } = await fetchData(gateway.url, Room, { id: chat.id }, asOperator)
    expect(roomByNativeId?.status).toBe('CLOSED')
  })
})

it('accepts a response without a body', async () => {
  const gateway = await openLiveChatGateway({ sandbox: { switches: { voidBody: 'empty' } } })
  const chat = gateway.liveChat.chats.start({ offline: true })
  const roomId = await roomIdOf(gateway, chat)
  expect(await sendText(gateway, roomId, 'hello')).toMatchObject({ __typename: 'SendMessagePayload' })
  const { closeRoom } = await fetchData(gateway.url, Close, { input: { roomId } }, asOperator)
  expect(closeRoom).toMatchObject({ room: { status: 'CLOSED' } })
})
