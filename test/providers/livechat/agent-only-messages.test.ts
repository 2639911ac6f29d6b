import { describe, expect, it } from 'vitest'
import type { Chat } from '../../../sandbox/livechat/index.ts'
import {
  fetchData,
  openSocketClient,
  sendOperation,
  subscribe,
  waitUntil,
} from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Events, MessageNodes, Messages, Room, WholeMessages } from './support/documents.ts'
import {
  asVisitorOf,
  customerAction,
  type LiveChatGateway,
  openLiveChatGateway,
} from './support/livechat-gateway.ts'

const SECRET = 'he is lying about the parcel'

/** A chat whose last event, the only one of its second thread, is a note. */
async function withNotes() {
  const gateway = await openLiveChatGateway()
  const { chats } = gateway.liveChat
  const chat = chats.start({ customer: { name: 'Cy' }, say: 'my parcel did not come' })
  const first = chats.agentNotes(chat.id, SECRET)
  chats.customerSends(chat.id, 'hello?')
  const last = chats.agentNotes(chat.id, `${SECRET}!`)
  return { gateway, chat, first, last }
}

async function readRoom({ url }: LiveChatGateway, chat: Chat, headers: Readonly<Record<string, string>>) {
  return (await fetchData(url, WholeMessages, { id: chat.id, last: 50 }, headers)).roomByNativeId
}

describe('an agents’ note', () => {
  it('is visible to an operator everywhere', async () => {
    const { gateway, chat, last } = await withNotes()
    const room = await readRoom(gateway, chat, asOperator)
    expect(room?.messages.nodes.map(({ visibility }) => visibility)).toEqual([
      'EVERYONE',
      'AGENTS',
      'EVERYONE',
      'AGENTS',
    ])
    const { roomByNativeId } = await fetchData(gateway.url, Room, { id: chat.id }, asOperator)
    expect(roomByNativeId?.lastMessage).toMatchObject({ nativeId: last.id, visibility: 'AGENTS' })
  })

  it('is not in a visitor’s history, last message, activity or page', async () => {
    const { gateway, chat } = await withNotes()
    const headers = asVisitorOf(gateway, chat)
    const room = await readRoom(gateway, chat, headers)
    expect(room?.messages.nodes.map(({ text }) => text)).toEqual(['my parcel did not come', 'hello?'])
    const { roomByNativeId } = await fetchData(gateway.url, Room, { id: chat.id }, headers)
    expect(roomByNativeId).toMatchObject({ lastMessage: { text: 'hello?' } })
    const heard = chat.threads[0]?.events[2]?.createdAt ?? 0
    expect(roomByNativeId?.lastActivityAt).toBe(new Date(Math.floor(heard / 1000)).toISOString())
    const page = await fetchData(gateway.url, Messages, { id: chat.id, last: 2 }, headers)
    expect(page.roomByNativeId?.messages.pageInfo.hasPreviousPage).toBe(false)
  })

  it('is null for a visitor that knows its id', async () => {
    const { gateway, chat } = await withNotes()
    const ids = (await readRoom(gateway, chat, asOperator))?.messages.nodes.map(({ id }) => id) ?? []
    const { nodes } = await fetchData(gateway.url, MessageNodes, { ids }, asVisitorOf(gateway, chat))
    expect(nodes.map((node) => (node && 'text' in node ? node.text : node))).toEqual([
      'my parcel did not come',
      null,
      'hello?',
      null,
    ])
  })

  it('is not delivered to a visitor, even if an operator subscribes to the same room', async () => {
    const { gateway, chat } = await withNotes()
    const { liveChat, url } = gateway
    const visitor = asVisitorOf(gateway, chat)
    const before = await readRoom(gateway, chat, visitor)
    const variables = { id: before?.id ?? '', after: before?.messages.pageInfo.endCursor ?? null }
    const token = visitor['x-visitor-token']
    const visitorEvents = subscribe(openSocketClient(url, { visitorToken: token }), Events, variables)
    const operatorEvents = subscribe(
      openSocketClient(url, { authorization: asOperator.authorization }),
      Events,
      variables,
    )
    const [operatorReceived, visitorReceived] = [operatorEvents.take(3), visitorEvents.take(1)]
    await waitUntil(() => gateway.server.liveCounts().subscribers === 2)
    const note = liveChat.chats.agentNotes(chat.id, SECRET)
    const reply = liveChat.chats.agentSends(chat.id, 'we look into it')
    expect((await operatorReceived).map(({ data }) => nativeId(data?.roomEvents))).toContain(note.id)
    expect((await visitorReceived).map(({ data }) => nativeId(data?.roomEvents))).toEqual([reply.id])
    expect(JSON.stringify(await visitorReceived)).not.toContain(SECRET)
  })

  it('stays hidden even if LiveChat sends it to the visitor', async () => {
    const { gateway, chat } = await withNotes()
    const { liveChat, url } = gateway
    const headers = asVisitorOf(gateway, chat)
    const id = chat.threads[0]?.id ?? ''
    const event = (n: number, text: string, more: object) => ({
      id: `${id}_${n}`,
      type: 'message',
      text,
      created_at: `2026-01-02T03:04:0${n}.000000Z`,
      ...more,
    })
    const events = [
      event(1, 'for all', {}),
      event(2, SECRET, { visibility: 'agents' }),
      event(3, SECRET, { visibility: 'supervisors' }),
      event(4, SECRET, { recipients: 'agents' }),
    ]
    const thread = { id, created_at: '2026-01-02T03:04:00.000000Z', active: true, events }
    const leak = (action: string, body: unknown) =>
      liveChat.injectFault({ kind: 'answer', route: customerAction(action), status: 200, body })
    leak('get_chat', { id: chat.id, thread, users: [] })
    leak('list_threads', { threads: [thread] })
    const ids = (await readRoom(gateway, chat, asOperator))?.messages.nodes.map((message) => message.id) ?? []
    const answers = [
      await sendOperation(url, WholeMessages, { id: chat.id, last: 50 }, headers),
      await sendOperation(url, Room, { id: chat.id }, headers),
      await sendOperation(url, MessageNodes, { ids }, headers),
    ]
    expect(JSON.stringify(answers)).toContain('for all')
    expect(JSON.stringify(answers)).not.toContain(SECRET)
  })
})

describe('an agent who only monitors a chat', () => {
  it('is in nobody’s list of the room’s agents', async () => {
    const { gateway, chat } = await withNotes()
    chat.users.push({
      type: 'agent',
      id: 'ada.kowalska@switchboard.test',
      present: true,
      visibility: 'agents',
      seenUpTo: null,
    })
    for (const headers of [asOperator, asVisitorOf(gateway, chat)]) {
      const { roomByNativeId } = await fetchData(gateway.url, Room, { id: chat.id }, headers)
      expect(roomByNativeId?.agents.map(({ name }) => name)).toEqual(['Robin Hale'])
    }
  })
})

describe('another visitor’s room', () => {
  it('is absent everywhere', async () => {
    const { gateway, chat } = await withNotes()
    const stranger = asVisitorOf(gateway, gateway.liveChat.chats.start())
    const ids = (await readRoom(gateway, chat, asOperator))?.messages.nodes.map(({ id }) => id) ?? []
    expect(await readRoom(gateway, chat, stranger)).toBeNull()
    const { nodes } = await fetchData(gateway.url, MessageNodes, { ids }, stranger)
    expect(nodes).toEqual(ids.map(() => null))
  })
})

function nativeId(event: unknown): unknown {
  const { message } = event as { readonly message?: { readonly nativeId: string } }
  return message?.nativeId
}
