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

const say = async ({ url }: LiveChatGateway, roomId: string, text: string, headers: Headers = asOperator) =>
  (await fetchData(url, Send, { input: { roomId, text } }, headers)).sendMessage

describe('a message of an operator', () => {
  it('is sent by the configured agent, and comes back as LiveChat stored it', async () => {
    const licence = await openLiveChatGateway()
    const chat = licence.liveChat.chats.start({ say: 'hello' })
    const roomId = await roomIdOf(licence, chat)
    licence.liveChat.clearCalls()
    const sent = await say(licence, roomId, 'grüß dich 👋')
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
    expect(countRequests(licence)).toEqual({ 'agent/send_event': 1, 'agent/get_chat': 2 })
  })

  it('joins a chat that nobody serves yet', async () => {
    const licence = await openLiveChatGateway()
    const chat = licence.liveChat.chats.start({ offline: true, say: 'anyone?' })
    const roomId = await roomIdOf(licence, chat)
    expect(await say(licence, roomId, 'here I am')).toMatchObject({ message: { text: 'here I am' } })
    expect(chat.users).toMatchObject([{ type: 'customer' }, { id: 'agent@switchboard.test', present: true }])
    expect(countRequests(licence)).toMatchObject({ 'agent/add_user_to_chat': 1, 'agent/send_event': 2 })
  })

  it('joins as the agent behind an app’s token too', async () => {
    const licence = await openLiveChatGateway({ configure: withOAuth })
    const chat = licence.liveChat.chats.start({ offline: true, say: 'anyone?' })
    const sent = await say(licence, await roomIdOf(licence, chat), 'here I am')
    expect(sent).toMatchObject({ message: { author: { nativeId: 'agent@switchboard.test' } } })
  })

  it('is refused with the reason where LiveChat lets no second agent answer', async () => {
    const licence = await openLiveChatGateway()
    const { chats } = licence.liveChat
    chats.setRoutingStatus('agent@switchboard.test', 'offline')
    const chat = chats.start({ say: 'hello' })
    expect(chat.users.some(({ id }) => id === ADA)).toBe(true)
    expect(await say(licence, await roomIdOf(licence, chat), 'me too')).toMatchObject({
      code: 'CONFLICT',
      detail: expect.stringContaining('Another agent serves this chat'),
    })
    expect(chat.threads[0]?.events).toHaveLength(1)
  })

  it('is refused with the reason where the account is not of the chat’s group', async () => {
    const licence = await openLiveChatGateway({
      configure: (right, { tokens }) => ({
        ...right,
        credential: { type: 'pat', ...tokens.personalAccessToken({ agentId: BEN }) },
      }),
    })
    const chat = licence.liveChat.chats.start({ groupId: 3, offline: true, say: 'hello' })
    expect(await say(licence, await roomIdOf(licence, chat), 'hi')).toMatchObject({
      code: 'FORBIDDEN',
      detail: expect.stringContaining('group'),
    })
  })

  it('wakes up an inactive chat, in a thread of its own', async () => {
    const licence = await openLiveChatGateway()
    const { chats } = licence.liveChat
    const chat = chats.start({ say: 'hello' })
    chats.close(chat.id)
    const roomId = await roomIdOf(licence, chat)
    const sent = await say(licence, roomId, 'one more thing')
    expect(sent).toMatchObject({ message: { text: 'one more thing', room: { status: 'OPEN' } } })
    expect(chat.threads).toHaveLength(2)
    expect(chat.threads[1]?.events).toMatchObject([
      { fields: { text: 'one more thing' }, authorId: 'agent@switchboard.test' },
    ])
  })

  it('wakes up an inactive chat that it was never in', async () => {
    const licence = await openLiveChatGateway()
    const { chats } = licence.liveChat
    const chat = chats.start({ offline: true, say: 'hello' })
    chats.close(chat.id)
    expect(await say(licence, await roomIdOf(licence, chat), 'good morning')).toMatchObject({
      message: { text: 'good morning' },
    })
    expect(chat.threads[1]?.active).toBe(true)
  })

  it('may be as long as LiveChat takes, in bytes', async () => {
    const licence = await openLiveChatGateway()
    const roomId = await roomIdOf(licence, licence.liveChat.chats.start())
    expect(await say(licence, roomId, 'ß'.repeat(8_192))).toMatchObject({ __typename: 'SendMessagePayload' })
    licence.liveChat.clearCalls()
    expect(await say(licence, roomId, 'ß'.repeat(8_193))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'text',
    })
    expect(countRequests(licence)).toEqual({})
  })

  it('cannot be edited or deleted: no version of LiveChat can, and nobody is asked', async () => {
    const licence = await openLiveChatGateway()
    const chat = licence.liveChat.chats.start({ say: 'helo' })
    const { roomByNativeId } = await fetchData(licence.url, WholeMessages, { id: chat.id }, asOperator)
    const messageId = roomByNativeId?.messages.nodes[0]?.id ?? ''
    licence.liveChat.clearCalls()
    for (const headers of [asOperator, asVisitorOf(licence, chat)]) {
      const { updateMessage } = await fetchData(
        licence.url,
        Update,
        { input: { messageId, text: 'hello' } },
        headers,
      )
      expect(updateMessage).toMatchObject({
        code: 'UNSUPPORTED',
        detail: expect.stringContaining('cannot edit'),
      })
    }
    const { deleteMessage } = await fetchData(licence.url, Delete, { input: { messageId } }, asOperator)
    expect(deleteMessage).toMatchObject({
      code: 'UNSUPPORTED',
      detail: expect.stringContaining('only visitors'),
    })
    expect(countRequests(licence)).toEqual({})
  })
})

describe('a message of a visitor', () => {
  it('goes into the last thread, be it active or not', async () => {
    const licence = await openLiveChatGateway()
    const { chats } = licence.liveChat
    const chat = chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const visitor = asVisitorOf(licence, chat)
    const roomId = await roomIdOf(licence, chat)
    licence.liveChat.clearCalls()
    expect(await say(licence, roomId, 'there?', visitor)).toMatchObject({
      message: { text: 'there?', author: { name: 'Cy', role: 'VISITOR' } },
    })
    expect(countRequests(licence)).toEqual({ 'customer/send_event': 1, 'customer/get_chat': 2 })
    chats.close(chat.id)
    expect(await say(licence, roomId, 'one more', visitor)).toMatchObject({
      message: { room: { status: 'CLOSED' } },
    })
    expect(chat.threads).toHaveLength(1)
    expect(chat.threads[0]?.events.at(-1)?.fields).toEqual({ text: 'one more' })
  })

  it('is not sent into a room of somebody else', async () => {
    const licence = await openLiveChatGateway()
    const [mine, other] = [licence.liveChat.chats.start(), licence.liveChat.chats.start()]
    const sent = await say(licence, await roomIdOf(licence, other), 'hello', asVisitorOf(licence, mine))
    expect(sent).toMatchObject({ code: 'NOT_FOUND' })
    expect(other.threads[0]?.events).toEqual([])
  })

  it('is deleted by its author for good, and by nobody else', async () => {
    const licence = await openLiveChatGateway()
    const { chats } = licence.liveChat
    const chat = chats.start({ say: 'my card is 4111' })
    chats.agentSends(chat.id, 'please delete that')
    const visitor = asVisitorOf(licence, chat)
    const { roomByNativeId } = await fetchData(licence.url, WholeMessages, { id: chat.id }, visitor)
    const [own, agents] = roomByNativeId?.messages.nodes ?? []
    const remove = async (messageId = '', headers: Headers = visitor) =>
      (await fetchData(licence.url, Delete, { input: { messageId } }, headers)).deleteMessage
    expect(await remove(own?.id, asVisitorOf(licence, chats.start()))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await remove(agents?.id)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await remove(own?.id)).toMatchObject({ messageId: own?.id, deletedAt: null })
    expect(await remove(own?.id)).toMatchObject({ code: 'NOT_FOUND' })
    const after = await fetchData(licence.url, WholeMessages, { id: chat.id }, visitor)
    expect(after.roomByNativeId?.messages.nodes.map(({ text }) => text)).toEqual(['please delete that'])
  })
})

describe('closing a room', () => {
  it.each([
    ['operator', 1],
    ['visitor', 1],
  ])('is one call by its %s, and ROOM_CLOSED the second time', async (who, count) => {
    const licence = await openLiveChatGateway()
    const chat = licence.liveChat.chats.start()
    const headers = who === 'operator' ? asOperator : asVisitorOf(licence, chat)
    const roomId = await roomIdOf(licence, chat)
    const close = async () => (await fetchData(licence.url, Close, { input: { roomId } }, headers)).closeRoom
    licence.liveChat.clearCalls()
    expect(await close()).toMatchObject({ room: { status: 'CLOSED' } })
    expect(
      Object.entries(countRequests(licence)).find(([name]) => name.endsWith('deactivate_chat'))?.[1],
    ).toBe(count)
    expect(await close()).toMatchObject({ code: 'ROOM_CLOSED' })
    expect(chat.threads[0]?.events).toHaveLength(1)
  })

  it('is done where the operator’s account was never in the chat', async () => {
    const licence = await openLiveChatGateway()
    const chat = licence.liveChat.chats.start({ offline: true })
    const roomId = await roomIdOf(licence, chat)
    await fetchData(licence.url, Close, { input: { roomId } }, asOperator)
    const { roomByNativeId } = await fetchData(licence.url, Room, { id: chat.id }, asOperator)
    expect(roomByNativeId?.status).toBe('CLOSED')
  })
})

it('takes an answer without a body for what it is', async () => {
  const licence = await openLiveChatGateway({ sandbox: { switches: { voidBody: 'empty' } } })
  const chat = licence.liveChat.chats.start({ offline: true })
  const roomId = await roomIdOf(licence, chat)
  expect(await say(licence, roomId, 'hello')).toMatchObject({ __typename: 'SendMessagePayload' })
  const { closeRoom } = await fetchData(licence.url, Close, { input: { roomId } }, asOperator)
  expect(closeRoom).toMatchObject({ room: { status: 'CLOSED' } })
})
