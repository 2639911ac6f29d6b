import { describe, expect, it } from 'vitest'
import { fetchData } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import {
  Dashboard,
  MessageNodes,
  Room,
  RoomNodes,
  RoomsWithMessages,
  WholeMessages,
} from './support/documents.ts'
import { asVisitorOf, countRequests, openLiveChatGateway } from './support/livechat-gateway.ts'
import { createPlannedChat } from './support/planned-chat.ts'

const messageId = (chat: string, thread: string, event: string) =>
  Buffer.from(JSON.stringify([1, 'm', 'livechat', chat, thread, event])).toString('base64url')
const roomId = (chat: string) => Buffer.from(JSON.stringify([1, 'r', 'livechat', chat])).toString('base64url')

describe('upstream requests of an operator', () => {
  it('fifty rooms with visitor, agents, department, last message and capabilities: the open list, the closed list, the groups, and the agents', async () => {
    const gateway = await openLiveChatGateway()
    for (let count = 0; count < 60; count += 1)
      gateway.liveChat.chats.start({ groupId: count % 4, say: 'hello' })
    const { rooms } = await fetchData(gateway.url, Dashboard, { first: 50 }, asOperator)
    expect(rooms.nodes).toHaveLength(50)
    expect(countRequests(gateway)).toEqual({
      'agent/list_chats': 2,
      'configuration/list_agents': 1,
      'configuration/list_groups': 1,
    })
    await fetchData(gateway.url, Dashboard, { first: 50 }, asOperator)
    expect(countRequests(gateway)).toEqual({
      'agent/list_chats': 4,
      'configuration/list_agents': 1,
      'configuration/list_groups': 1,
    })
  })

  it('ten rooms with fifty messages each: the lists, and the threads of each; the lists contain the authors', async () => {
    const gateway = await openLiveChatGateway()
    for (let count = 0; count < 12; count += 1) {
      const plan = { gaps: Array.from({ length: 30 }, () => 1_000) }
      createPlannedChat(gateway.liveChat, [plan, plan, plan], Date.parse('2026-01-02T03:04:05Z') + count)
    }
    const { rooms } = await fetchData(gateway.url, RoomsWithMessages, { rooms: 10, messages: 50 }, asOperator)
    expect(rooms.nodes.map(({ messages }) => messages.nodes.length)).toEqual(
      Array.from({ length: 10 }, () => 50),
    )
    expect(rooms.nodes[0]?.messages.nodes[0]?.author?.name).toBe('Cy')
    expect(countRequests(gateway)).toEqual({ 'agent/list_chats': 2, 'agent/list_threads': 10 })
  })

  it('one room: one request, and the groups and agents once a minute; a page of its messages: one, and the room once a minute for the authors', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start({ say: 'hello' })
    const { roomByNativeId } = await fetchData(gateway.url, Room, { id: chat.id }, asOperator)
    expect(roomByNativeId?.lastMessage?.text).toBe('hello')
    expect(countRequests(gateway)).toEqual({
      'agent/get_chat': 1,
      'configuration/list_agents': 1,
      'configuration/list_groups': 1,
    })
    gateway.liveChat.clearCalls()
    await fetchData(gateway.url, WholeMessages, { id: chat.id, last: 50 }, asOperator)
    expect(countRequests(gateway)).toEqual({ 'agent/list_threads': 1 })
    gateway.liveChat.clearCalls()
    const other = gateway.liveChat.chats.start({ say: 'hello' })
    await fetchData(gateway.url, WholeMessages, { id: other.id, last: 50 }, asOperator)
    expect(countRequests(gateway)).toEqual({ 'agent/get_chat': 1, 'agent/list_threads': 1 })
  })

  it('a page of messages of an absent room: one request, and null', async () => {
    const gateway = await openLiveChatGateway()
    const { roomByNativeId } = await fetchData(
      gateway.url,
      WholeMessages,
      { id: 'nowhere', last: 50 },
      asOperator,
    )
    expect(roomByNativeId).toBeNull()
    expect(countRequests(gateway)).toEqual({ 'agent/list_threads': 1 })
    gateway.liveChat.clearCalls()
    const withoutId = await fetchData(gateway.url, WholeMessages, { id: '', last: 50 }, asOperator)
    expect(withoutId.roomByNativeId).toBeNull()
    expect(countRequests(gateway)).toEqual({})
  })

  it('messages of forty closed threads: two requests; of an active thread: one more', async () => {
    const gateway = await openLiveChatGateway()
    const { chats } = gateway.liveChat
    const ids = Array.from({ length: 40 }, () => {
      const chat = chats.start({ customer: { name: 'Cy' }, say: 'hello' })
      chats.close(chat.id)
      return messageId(chat.id, chat.threads[0]?.id ?? '', chat.threads[0]?.events[0]?.id ?? '')
    })
    const { nodes } = await fetchData(gateway.url, MessageNodes, { ids }, asOperator)
    expect(nodes.map((node) => node && 'text' in node && [node.text, node.author?.name])).toEqual(
      ids.map(() => ['hello', 'Cy']),
    )
    expect(countRequests(gateway)).toEqual({ 'agent/list_archives': 2 })

    gateway.liveChat.clearCalls()
    const active = chats.start({ say: 'now' })
    const [thread] = active.threads
    const both = [ids[0] ?? '', messageId(active.id, thread?.id ?? '', thread?.events[0]?.id ?? '')]
    const mixed = await fetchData(gateway.url, MessageNodes, { ids: both }, asOperator)
    expect(mixed.nodes.map((node) => node && 'text' in node && node.text)).toEqual(['hello', 'now'])
    expect(countRequests(gateway)).toEqual({ 'agent/list_archives': 1, 'agent/get_chat': 1 })
  })

  it('many messages of one thread: one request', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start({ say: 'one' })
    gateway.liveChat.chats.customerSends(chat.id, 'two')
    const [thread] = chat.threads
    const ids = thread?.events.map(({ id }) => messageId(chat.id, thread.id, id)) ?? []
    await fetchData(gateway.url, MessageNodes, { ids }, asOperator)
    expect(countRequests(gateway)).toEqual({ 'agent/get_chat': 1 })
  })

  it('a message is not found by the id of another chat or thread', async () => {
    const gateway = await openLiveChatGateway()
    const { chats } = gateway.liveChat
    const [chat, other] = [chats.start({ say: 'here' }), chats.start({ say: 'there' })]
    chats.close(chat.id)
    chats.close(other.id)
    const [thread, otherThread] = [chat.threads[0], other.threads[0]]
    const event = thread?.events[0]?.id ?? ''
    const ids = [
      messageId(other.id, thread?.id ?? '', event),
      messageId(chat.id, otherThread?.id ?? '', event),
      messageId(chat.id, thread?.id ?? '', 'nothing'),
      messageId(chat.id, thread?.id ?? '', event),
    ]
    const { nodes } = await fetchData(gateway.url, MessageNodes, { ids }, asOperator)
    expect(nodes.map((node) => node && 'text' in node && node.text)).toEqual([null, null, null, 'here'])
  })

  it('rooms by ids: one request each, and one for a repeated id', async () => {
    const gateway = await openLiveChatGateway()
    const chats = [gateway.liveChat.chats.start(), gateway.liveChat.chats.start()]
    const ids = [...chats, ...chats].map(({ id }) => roomId(id))
    const { nodes } = await fetchData(gateway.url, RoomNodes, { ids }, asOperator)
    expect(nodes).toHaveLength(4)
    expect(countRequests(gateway)).toEqual({ 'agent/get_chat': 2 })
  })

  it('ids of another provider: no request', async () => {
    const gateway = await openLiveChatGateway()
    const foreign = Buffer.from(JSON.stringify([1, 'm', 'livechat', 'room', null, 'message'])).toString(
      'base64url',
    )
    const elsewhere = Buffer.from(JSON.stringify([1, 'r', 'rocketchat', 'room'])).toString('base64url')
    const { nodes } = await fetchData(gateway.url, MessageNodes, { ids: [foreign, elsewhere] }, asOperator)
    expect(nodes).toEqual([null, null])
    expect(countRequests(gateway)).toEqual({})
  })

  it('many concurrent queries of one room: one request', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start()
    const route = '/v3.6/agent/action/get_chat'
    const slow = gateway.liveChat.injectFault({ kind: 'slow', ms: 100, route })
    const ids = [roomId(chat.id)]
    await Promise.all(Array.from({ length: 8 }, () => fetchData(gateway.url, RoomNodes, { ids }, asOperator)))
    slow()
    expect(countRequests(gateway)).toEqual({ 'agent/get_chat': 1 })
  })
})

describe('upstream requests of a visitor', () => {
  it('a page of messages of a room: one, and the room once a minute for the authors', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start({ say: 'hello' })
    const read = () =>
      fetchData(gateway.url, WholeMessages, { id: chat.id, last: 50 }, asVisitorOf(gateway, chat))
    await read()
    expect(countRequests(gateway)).toEqual({ 'customer/get_chat': 1, 'customer/list_threads': 1 })
    gateway.liveChat.clearCalls()
    const { roomByNativeId } = await read()
    expect(roomByNativeId?.messages.nodes[0]?.author?.role).toBe('VISITOR')
    expect(countRequests(gateway)).toEqual({ 'customer/list_threads': 1 })
  })

  it('a page of messages of another visitor’s room: one request, and null, also while the owner reads it', async () => {
    const gateway = await openLiveChatGateway()
    const [chat, other] = [gateway.liveChat.chats.start({ say: 'hello' }), gateway.liveChat.chats.start()]
    const readAs = (owner: typeof chat) =>
      fetchData(gateway.url, WholeMessages, { id: chat.id, last: 50 }, asVisitorOf(gateway, owner))
    const [own, foreign] = await Promise.all([readAs(chat), readAs(other)])
    expect([own.roomByNativeId?.messages.nodes.length, foreign.roomByNativeId]).toEqual([1, null])
    expect(countRequests(gateway)).toEqual({ 'customer/get_chat': 1, 'customer/list_threads': 2 })
    expect((await readAs(other)).roomByNativeId).toBeNull()
  })

  it('messages by ids: one for each thread', async () => {
    const gateway = await openLiveChatGateway()
    const { chats } = gateway.liveChat
    const chat = chats.start({ say: 'one' })
    chats.close(chat.id)
    chats.resume(chat.id)
    chats.customerSends(chat.id, 'two')
    const ids = chat.threads.flatMap(({ id, events }) =>
      events.map((event) => messageId(chat.id, id, event.id)),
    )
    const { nodes } = await fetchData(gateway.url, MessageNodes, { ids }, asVisitorOf(gateway, chat))
    expect(nodes.every((node) => node !== null)).toBe(true)
    expect(countRequests(gateway)).toEqual({ 'customer/get_chat': 2 })
  })
})
