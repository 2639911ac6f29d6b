import { describe, expect, it } from 'vitest'
import type { Chat } from '../../../../sandbox/livechat/index.ts'
import type { Caller } from '../../../../src/domain/caller.ts'
import { countRequests } from '../support/livechat-gateway.ts'
import {
  openPushAccount,
  operator,
  type PushAccount,
  readMessage,
  subscribeToRoom,
  visitorOf,
} from '../support/push-account.ts'

const callers = [
  ['operator', () => operator],
  ['visitor', ({ sandbox }: PushAccount, chat: Chat) => visitorOf(sandbox, chat)],
] as const satisfies readonly (readonly [string, (account: PushAccount, chat: Chat) => Caller])[]

const ADA = 'ada.kowalska@switchboard.test'

const rich = {
  type: 'rich_message',
  fields: {
    template_id: 'cards',
    elements: [
      {
        title: 'Boots',
        subtitle: 'brown',
        buttons: [{ text: 'Show', type: 'url', value: 'https://shop.test/boots' }],
      },
    ],
  },
}
const form = {
  type: 'filled_form',
  fields: {
    form_id: 'f1',
    fields: [
      { id: '1', type: 'header', label: 'Welcome' },
      { id: '2', type: 'name', label: 'Your name:', answer: 'Cy' },
      { id: '3', type: 'radio', label: 'Topic', answer: { id: 'a', label: 'Parcels' } },
    ],
  },
}

describe.each(callers)('for the %s, a pushed message', (_role, callerOf) => {
  async function open() {
    const account = await openPushAccount()
    const chat = account.sandbox.chats.start({ customer: { name: 'Cy', email: 'cy@x.test' }, say: 'hello' })
    const caller = callerOf(account, chat)
    const { receiver } = await subscribeToRoom(account, chat, caller)
    const expectAsRead = async () => {
      const pushed = await receiver.nextMessage()
      expect(pushed).toEqual(await readMessage(account, chat, caller, pushed.ref.messageId))
      return pushed
    }
    return { ...account, account, chat, caller, receiver, expectAsRead }
  }

  it('is the same as a read of it, whatever it is made of', async () => {
    const { sandbox, chat, expectAsRead } = await open()
    const url = sandbox.storeFile({ name: 'a.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF') })
    const file = { type: 'file', fields: { url, name: 'a.pdf', content_type: 'application/pdf' } }
    sandbox.chats.customerSends(chat.id, 'text')
    expect(await expectAsRead()).toMatchObject({ kind: 'TEXT', author: { name: 'Cy', role: 'VISITOR' } })
    sandbox.chats.agentSends(chat.id, 'answer')
    expect(await expectAsRead()).toMatchObject({ text: 'answer', author: { role: 'AGENT' } })
    sandbox.chats.customerSends(chat.id, file)
    expect(await expectAsRead()).toMatchObject({ kind: 'FILE', attachments: [{ name: 'a.pdf' }] })
    sandbox.chats.agentSends(chat.id, rich)
    expect(await expectAsRead()).toMatchObject({ kind: 'RICH', buttons: [{ text: 'Show' }] })
    sandbox.chats.customerSends(chat.id, form)
    expect(await expectAsRead()).toMatchObject({
      kind: 'FORM',
      form: [{ answer: 'Cy' }, { answer: 'Parcels' }],
    })
  })

  it('that reports an event is the same as a read of it, and the room has changed', async () => {
    const { sandbox, chat, receiver, expectAsRead } = await open()
    sandbox.chats.close(chat.id, 'agent')
    expect(await expectAsRead()).toMatchObject({ kind: 'SYSTEM', systemEvent: 'CLOSED' })
    await receiver.next('change', ({ change }) => change.type === 'RoomChanged')
  })

  it('that takes the conversation up again says so, as a read does', async () => {
    const { sandbox, chat, receiver, expectAsRead } = await open()
    sandbox.chats.close(chat.id)
    await receiver.nextMessage()
    sandbox.chats.resume(chat.id)
    sandbox.chats.customerSends(chat.id, 'me again')
    expect(await expectAsRead()).toMatchObject({ text: 'me again', reopens: true })
  })

  it('of a new conversation has its author, who was not known before, and takes nothing up again', async () => {
    const account = await openPushAccount()
    const { chats } = account.sandbox
    const chat = chats.start({ customer: { name: 'Cy' } })
    const caller = callerOf(account, chat)
    const { receiver } = await subscribeToRoom(account, chat, caller)
    account.sandbox.clearCalls()
    for (const text of ['first', 'second', 'third']) chats.customerSends(chat.id, text)
    chats.close(chat.id)
    for (const text of ['first', 'second', 'third']) {
      const pushed = await receiver.nextMessage()
      expect(pushed).toMatchObject({ text, author: { name: 'Cy', role: 'VISITOR' } })
      expect(pushed).not.toHaveProperty('reopens')
    }
    expect((await receiver.nextMessage()).systemEvent).toBe('CLOSED')
    // The users are read once, for all that waits for them.
    expect(Object.values(countRequests({ liveChat: account.sandbox }))).toEqual([1])
    for (const change of receiver.changes) {
      if (change.type !== 'Message') continue
      expect(change.message).toEqual(await readMessage(account, chat, caller, change.message.ref.messageId))
    }
  })

  it('of an author who cannot be read now is left to a read', async () => {
    const account = await openPushAccount()
    const { sandbox } = account
    const chat = sandbox.chats.start({ customer: { name: 'Cy' } })
    const caller = callerOf(account, chat)
    const { receiver } = await subscribeToRoom(account, chat, caller)
    const side = caller.role === 'OPERATOR' ? 'agent' : 'customer'
    const route = `/v3.6/${side}/action/get_chat`
    sandbox.injectFault({ kind: 'answer', route, status: 500, body: {} })
    sandbox.chats.customerSends(chat.id, 'first')
    expect((await receiver.next('change')).change).toEqual({ type: 'Unreadable' })
  })

  it('arrives in its new version when the platform changes it', async () => {
    const { sandbox, chat, receiver, caller, account } = await open()
    const { id } = sandbox.chats.customerSends(chat.id, 'before')
    await receiver.nextMessage()
    sandbox.chats.platformUpdates(chat.id, id, { text: 'after' })
    const pushed = await receiver.nextMessage()
    expect(pushed).toMatchObject({ ref: { messageId: id }, text: 'after' })
    expect(pushed).toEqual(await readMessage(account, chat, caller, id))
  })

  it('is reported as deleted by its id', async () => {
    const { sandbox, chat, receiver } = await open()
    const { id } = sandbox.chats.customerSends(chat.id, 'a mistake')
    await receiver.nextMessage()
    sandbox.chats.customerDeletes(chat.id, id)
    const { change } = await receiver.next('change')
    expect(change).toEqual({ type: 'MessageDeleted', messageId: id })
  })

  it('of an agent that joined meanwhile has its name', async () => {
    const { sandbox, chat, expectAsRead } = await open()
    sandbox.switches.publicAgentLimit = 2
    sandbox.chats.agentSends(chat.id, 'I can help', ADA)
    expect(await expectAsRead()).toMatchObject({ systemEvent: 'JOINED' })
    expect(await expectAsRead()).toMatchObject({ author: { name: 'Ada Kowalska', role: 'AGENT' } })
  })
})

describe('a note', () => {
  it('is pushed to operators as a read shows it, and never to the visitor', async () => {
    const account = await openPushAccount()
    const { chats } = account.sandbox
    const chat = chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const visitor = visitorOf(account.sandbox, chat)
    const agents = await subscribeToRoom(account, chat, operator)
    const customer = await subscribeToRoom(account, chat, visitor)
    const { id } = chats.agentNotes(chat.id, 'he called twice')
    chats.customerSends(chat.id, 'anybody?')
    const note = await agents.receiver.nextMessage()
    expect(note).toMatchObject({ ref: { messageId: id }, visibility: 'AGENTS' })
    expect(note).toEqual(await readMessage(account, chat, operator, id))
    expect(await customer.receiver.nextMessage()).toMatchObject({ text: 'anybody?' })
    expect(JSON.stringify(customer.receiver.received)).not.toContain('he called twice')
  })

  it('that LiveChat pushed to a visitor by mistake is dropped', async () => {
    const account = await openPushAccount()
    const { sandbox } = account
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const { receiver } = await subscribeToRoom(account, chat, visitorOf(sandbox, chat))
    const thread = chat.threads.at(-1)?.id
    const event = {
      id: 'E1',
      type: 'message',
      text: 'he called twice',
      created_at: '2026-01-01T00:00:00.000001Z',
      visibility: 'agents',
    }
    const payload = { chat_id: chat.id, thread_id: thread, event }
    sandbox.push.sendRaw(JSON.stringify({ type: 'push', action: 'incoming_event', payload }))
    sandbox.chats.customerSends(chat.id, 'anybody?')
    expect(await receiver.nextMessage()).toMatchObject({ text: 'anybody?' })
    expect(receiver.changes).toHaveLength(1)
  })
})

describe('what a push does not show', () => {
  async function open() {
    const account = await openPushAccount()
    const { sandbox } = account
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const { receiver } = await subscribeToRoom(account, chat, operator)
    const push = (action: string, payload: object) =>
      sandbox.push.sendRaw(JSON.stringify({ type: 'push', action, payload }))
    return { chat, receiver, push }
  }

  it.each([
    ['an event without an id', { event: { type: 'message', text: 'x', created_at: '2026-01-01T00:00:00Z' } }],
    ['an event without a time', { event: { id: 'E1', type: 'message', text: 'x' } }],
    ['no event', {}],
    ['an event of an unknown thread', { thread_id: 'T9', event: sent() }],
  ])('must be read: %s', async (_what, payload) => {
    const { chat, receiver, push } = await open()
    push('incoming_event', { chat_id: chat.id, thread_id: chat.threads.at(-1)?.id, ...payload })
    expect((await receiver.next('change')).change).toEqual({ type: 'Unreadable' })
  })

  it.each([
    ['thread_tagged', { tag: 'sales' }],
    ['chat_access_updated', { access: { group_ids: [1] } }],
    ['chat_transferred', { transferred_to: { group_ids: [1] } }],
    ['user_removed_from_chat', { user_id: 'x@y.test' }],
    ['thread_properties_updated', { properties: { rating: { score: 1 } } }],
    ['chat_deactivated', {}],
  ])('of the room alone is a change of the room: %s', async (action, payload) => {
    const { chat, receiver, push } = await open()
    push(action, { chat_id: chat.id, id: chat.id, ...payload })
    expect((await receiver.next('change')).change).toEqual({ type: 'RoomChanged', room: null })
  })

  it.each(['thread_deleted', 'threads_deleted', 'chat_deleted'])('of %s must be read', async (action) => {
    const { chat, receiver, push } = await open()
    push(action, { chat_id: chat.id })
    expect((await receiver.next('change')).change).toEqual({ type: 'Unreadable' })
  })

  it('is not the name of an author whom the chat does not list', async () => {
    const { chat, receiver, push } = await open()
    const thread_id = chat.threads.at(-1)?.id
    push('incoming_event', { chat_id: chat.id, thread_id, event: { ...sent(), author_id: 'gone@x.test' } })
    expect(await receiver.nextMessage()).toMatchObject({
      author: { nativeId: 'gone@x.test', name: null, role: 'UNKNOWN' },
    })
  })

  it('and names no room is left to the polls', async () => {
    const { chat, receiver, push } = await open()
    push('incoming_event', { event: sent() })
    push('incoming_event', { chat_id: 7, event: sent() })
    push('customer_visit_updated', { chat_id: chat.id })
    push('thread_untagged', { chat_id: chat.id })
    await receiver.next('change')
    expect(receiver.changes).toEqual([{ type: 'RoomChanged', room: null }])
  })
})

function sent() {
  return { id: 'E1', type: 'message', text: 'x', created_at: '2026-01-01T00:00:00.000001Z' }
}
