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

describe('upstream calls of an operator', () => {
  it('fifty rooms with visitor, agents, department and last message: a list of the open, one of the closed, and the groups', async () => {
    const licence = await openLiveChatGateway()
    for (let count = 0; count < 60; count += 1)
      licence.liveChat.chats.start({ groupId: count % 4, say: 'hello' })
    const { rooms } = await fetchData(licence.url, Dashboard, { first: 50 }, asOperator)
    expect(rooms.nodes).toHaveLength(50)
    expect(countRequests(licence)).toEqual({ 'agent/list_chats': 2, 'configuration/list_groups': 1 })
    await fetchData(licence.url, Dashboard, { first: 50 }, asOperator)
    expect(countRequests(licence)).toEqual({ 'agent/list_chats': 4, 'configuration/list_groups': 1 })
  })

  it('ten rooms with fifty messages each: the lists, and the threads of each; authors come with the list', async () => {
    const licence = await openLiveChatGateway()
    for (let count = 0; count < 12; count += 1) {
      const plan = { gaps: Array.from({ length: 30 }, () => 1_000) }
      createPlannedChat(licence.liveChat, [plan, plan, plan], Date.parse('2026-01-02T03:04:05Z') + count)
    }
    const { rooms } = await fetchData(licence.url, RoomsWithMessages, { rooms: 10, messages: 50 }, asOperator)
    expect(rooms.nodes.map(({ messages }) => messages.nodes.length)).toEqual(
      Array.from({ length: 10 }, () => 50),
    )
    expect(rooms.nodes[0]?.messages.nodes[0]?.author?.name).toBe('Cy')
    expect(countRequests(licence)).toEqual({ 'agent/list_chats': 2, 'agent/list_threads': 10 })
  })

  it('one room: one call; with its messages: two', async () => {
    const licence = await openLiveChatGateway()
    const chat = licence.liveChat.chats.start({ say: 'hello' })
    const { roomByNativeId } = await fetchData(licence.url, Room, { id: chat.id }, asOperator)
    expect(roomByNativeId?.lastMessage?.text).toBe('hello')
    expect(countRequests(licence)).toEqual({ 'agent/get_chat': 1, 'configuration/list_groups': 1 })
    licence.liveChat.clearCalls()
    await fetchData(licence.url, WholeMessages, { id: chat.id, last: 50 }, asOperator)
    expect(countRequests(licence)).toEqual({ 'agent/get_chat': 1, 'agent/list_threads': 1 })
  })

  it('messages of forty closed threads: two calls; an active one: one more', async () => {
    const licence = await openLiveChatGateway()
    const { chats } = licence.liveChat
    const ids = Array.from({ length: 40 }, () => {
      const chat = chats.start({ customer: { name: 'Cy' }, say: 'hello' })
      chats.close(chat.id)
      return messageId(chat.id, chat.threads[0]?.id ?? '', chat.threads[0]?.events[0]?.id ?? '')
    })
    const { nodes } = await fetchData(licence.url, MessageNodes, { ids }, asOperator)
    expect(nodes.map((node) => node && 'text' in node && [node.text, node.author?.name])).toEqual(
      ids.map(() => ['hello', 'Cy']),
    )
    expect(countRequests(licence)).toEqual({ 'agent/list_archives': 2 })

    licence.liveChat.clearCalls()
    const active = chats.start({ say: 'now' })
    const [thread] = active.threads
    const both = [ids[0] ?? '', messageId(active.id, thread?.id ?? '', thread?.events[0]?.id ?? '')]
    const mixed = await fetchData(licence.url, MessageNodes, { ids: both }, asOperator)
    expect(mixed.nodes.map((node) => node && 'text' in node && node.text)).toEqual(['hello', 'now'])
    expect(countRequests(licence)).toEqual({ 'agent/list_archives': 1, 'agent/get_chat': 1 })
  })

  it('many messages of one thread: one call', async () => {
    const licence = await openLiveChatGateway()
    const chat = licence.liveChat.chats.start({ say: 'one' })
    licence.liveChat.chats.customerSends(chat.id, 'two')
    const [thread] = chat.threads
    const ids = thread?.events.map(({ id }) => messageId(chat.id, thread.id, id)) ?? []
    await fetchData(licence.url, MessageNodes, { ids }, asOperator)
    expect(countRequests(licence)).toEqual({ 'agent/get_chat': 1 })
  })

  it('a message that is said to be in another chat or thread is not found there', async () => {
    const licence = await openLiveChatGateway()
    const { chats } = licence.liveChat
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
    const { nodes } = await fetchData(licence.url, MessageNodes, { ids }, asOperator)
    expect(nodes.map((node) => node && 'text' in node && node.text)).toEqual([null, null, null, 'here'])
  })

  it('rooms by ids: one call each, and one for the same asked twice', async () => {
    const licence = await openLiveChatGateway()
    const chats = [licence.liveChat.chats.start(), licence.liveChat.chats.start()]
    const ids = [...chats, ...chats].map(({ id }) => roomId(id))
    const { nodes } = await fetchData(licence.url, RoomNodes, { ids }, asOperator)
    expect(nodes).toHaveLength(4)
    expect(countRequests(licence)).toEqual({ 'agent/get_chat': 2 })
  })

  it('ids of another provider cost nothing', async () => {
    const licence = await openLiveChatGateway()
    const foreign = Buffer.from(JSON.stringify([1, 'm', 'livechat', 'room', null, 'message'])).toString(
      'base64url',
    )
    const elsewhere = Buffer.from(JSON.stringify([1, 'r', 'rocketchat', 'room'])).toString('base64url')
    const { nodes } = await fetchData(licence.url, MessageNodes, { ids: [foreign, elsewhere] }, asOperator)
    expect(nodes).toEqual([null, null])
    expect(countRequests(licence)).toEqual({})
  })

  it('the same room asked for by many at once: one call', async () => {
    const licence = await openLiveChatGateway()
    const chat = licence.liveChat.chats.start()
    const route = '/v3.6/agent/action/get_chat'
    const slow = licence.liveChat.injectFault({ kind: 'slow', ms: 100, route })
    const ids = [roomId(chat.id)]
    await Promise.all(Array.from({ length: 8 }, () => fetchData(licence.url, RoomNodes, { ids }, asOperator)))
    slow()
    expect(countRequests(licence)).toEqual({ 'agent/get_chat': 1 })
  })
})

describe('upstream calls of a visitor', () => {
  it('a room with its messages: two', async () => {
    const licence = await openLiveChatGateway()
    const chat = licence.liveChat.chats.start({ say: 'hello' })
    await fetchData(licence.url, WholeMessages, { id: chat.id, last: 50 }, asVisitorOf(licence, chat))
    expect(countRequests(licence)).toEqual({ 'customer/get_chat': 1, 'customer/list_threads': 1 })
  })

  it('messages by ids: one a thread', async () => {
    const licence = await openLiveChatGateway()
    const { chats } = licence.liveChat
    const chat = chats.start({ say: 'one' })
    chats.close(chat.id)
    chats.resume(chat.id)
    chats.customerSends(chat.id, 'two')
    const ids = chat.threads.flatMap(({ id, events }) =>
      events.map((event) => messageId(chat.id, id, event.id)),
    )
    const { nodes } = await fetchData(licence.url, MessageNodes, { ids }, asVisitorOf(licence, chat))
    expect(nodes.every((node) => node !== null)).toBe(true)
    expect(countRequests(licence)).toEqual({ 'customer/get_chat': 2 })
  })
})
