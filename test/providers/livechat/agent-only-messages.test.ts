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

/** A chat in which the last word, and the only one in its second thread, are notes. */
async function withNotes() {
  const licence = await openLiveChatGateway()
  const { chats } = licence.liveChat
  const chat = chats.start({ customer: { name: 'Cy' }, say: 'my parcel did not come' })
  const first = chats.agentNotes(chat.id, SECRET)
  chats.customerSends(chat.id, 'hello?')
  const last = chats.agentNotes(chat.id, `${SECRET}!`)
  return { licence, chat, first, last }
}

async function whole({ url }: LiveChatGateway, chat: Chat, headers: Readonly<Record<string, string>>) {
  return (await fetchData(url, WholeMessages, { id: chat.id, last: 50 }, headers)).roomByNativeId
}

describe('a note that agents left', () => {
  it('is an operator’s to read, everywhere', async () => {
    const { licence, chat, last } = await withNotes()
    const room = await whole(licence, chat, asOperator)
    expect(room?.messages.nodes.map(({ visibility }) => visibility)).toEqual([
      'EVERYONE',
      'AGENTS',
      'EVERYONE',
      'AGENTS',
    ])
    const { roomByNativeId } = await fetchData(licence.url, Room, { id: chat.id }, asOperator)
    expect(roomByNativeId?.lastMessage).toMatchObject({ nativeId: last.id, visibility: 'AGENTS' })
  })

  it('is in no visitor’s history, last message, activity or page', async () => {
    const { licence, chat } = await withNotes()
    const headers = asVisitorOf(licence, chat)
    const room = await whole(licence, chat, headers)
    expect(room?.messages.nodes.map(({ text }) => text)).toEqual(['my parcel did not come', 'hello?'])
    const { roomByNativeId } = await fetchData(licence.url, Room, { id: chat.id }, headers)
    expect(roomByNativeId).toMatchObject({ lastMessage: { text: 'hello?' } })
    const heard = chat.threads[0]?.events[2]?.createdAt ?? 0
    expect(roomByNativeId?.lastActivityAt).toBe(new Date(Math.floor(heard / 1000)).toISOString())
    const page = await fetchData(licence.url, Messages, { id: chat.id, last: 2 }, headers)
    expect(page.roomByNativeId?.messages.pageInfo.hasPreviousPage).toBe(false)
  })

  it('is nothing to a visitor who knows its id', async () => {
    const { licence, chat } = await withNotes()
    const ids = (await whole(licence, chat, asOperator))?.messages.nodes.map(({ id }) => id) ?? []
    const { nodes } = await fetchData(licence.url, MessageNodes, { ids }, asVisitorOf(licence, chat))
    expect(nodes.map((node) => (node && 'text' in node ? node.text : node))).toEqual([
      'my parcel did not come',
      null,
      'hello?',
      null,
    ])
  })

  it('is no event to a visitor, though an operator watches the same room', async () => {
    const { licence, chat } = await withNotes()
    const { liveChat, url, gateway } = licence
    const visitor = asVisitorOf(licence, chat)
    const before = await whole(licence, chat, visitor)
    const variables = { id: before?.id ?? '', after: before?.messages.pageInfo.endCursor ?? null }
    const token = visitor['x-visitor-token']
    const theirs = subscribe(openSocketClient(url, { visitorToken: token }), Events, variables)
    const ours = subscribe(
      openSocketClient(url, { authorization: asOperator.authorization }),
      Events,
      variables,
    )
    const [seen, told] = [ours.take(3), theirs.take(1)]
    await waitUntil(() => gateway.liveCounts().subscribers === 2)
    const note = liveChat.chats.agentNotes(chat.id, SECRET)
    const said = liveChat.chats.agentSends(chat.id, 'we look into it')
    expect((await seen).map(({ data }) => nativeId(data?.roomEvents))).toContain(note.id)
    expect((await told).map(({ data }) => nativeId(data?.roomEvents))).toEqual([said.id])
    expect(JSON.stringify(await told)).not.toContain(SECRET)
  })

  it('stays hidden even where LiveChat itself lets it through to the visitor', async () => {
    const { licence, chat } = await withNotes()
    const { liveChat, url } = licence
    const headers = asVisitorOf(licence, chat)
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
    const ids = (await whole(licence, chat, asOperator))?.messages.nodes.map((message) => message.id) ?? []
    const answers = [
      await sendOperation(url, WholeMessages, { id: chat.id, last: 50 }, headers),
      await sendOperation(url, Room, { id: chat.id }, headers),
      await sendOperation(url, MessageNodes, { ids }, headers),
    ]
    expect(JSON.stringify(answers)).toContain('for all')
    expect(JSON.stringify(answers)).not.toContain(SECRET)
  })
})

describe('an agent who only listens', () => {
  it('is no agent of the room to anybody', async () => {
    const { licence, chat } = await withNotes()
    chat.users.push({
      type: 'agent',
      id: 'ada.kowalska@switchboard.test',
      present: true,
      visibility: 'agents',
      seenUpTo: null,
    })
    for (const headers of [asOperator, asVisitorOf(licence, chat)]) {
      const { roomByNativeId } = await fetchData(licence.url, Room, { id: chat.id }, headers)
      expect(roomByNativeId?.agents.map(({ name }) => name)).toEqual(['Robin Hale'])
    }
  })
})

describe('another visitor’s room', () => {
  it('is absent in every way', async () => {
    const { licence, chat } = await withNotes()
    const stranger = asVisitorOf(licence, licence.liveChat.chats.start())
    const ids = (await whole(licence, chat, asOperator))?.messages.nodes.map(({ id }) => id) ?? []
    expect(await whole(licence, chat, stranger)).toBeNull()
    const { nodes } = await fetchData(licence.url, MessageNodes, { ids }, stranger)
    expect(nodes).toEqual(ids.map(() => null))
  })
})

function nativeId(event: unknown): unknown {
  const { message } = event as { readonly message?: { readonly nativeId: string } }
  return message?.nativeId
}
