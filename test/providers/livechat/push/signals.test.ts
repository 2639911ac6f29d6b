import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Chat } from '../../../../sandbox/livechat/index.ts'
import type { Caller } from '../../../../src/domain/caller.ts'
import { countRequests } from '../support/livechat-gateway.ts'
import {
  callAs,
  openPushAccount,
  operator,
  type PushAccount,
  subscribeToSignals,
  visitorOf,
} from '../support/push-account.ts'
import type { RecordingReceiver } from '../support/push-receiver.ts'

const ROBIN = 'agent@switchboard.test'

async function open() {
  const account = await openPushAccount()
  const { sandbox } = account
  const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
  sandbox.chats.agentSends(chat.id, 'Good morning')
  const visitor = visitorOf(sandbox, chat)
  return { account, sandbox, chat, visitor, adapter: account.adapter }
}

async function signalOf({ receiver }: { readonly receiver: RecordingReceiver }) {
  return (await receiver.next('signal')).signal
}

describe('typing', () => {
  it('of an agent reaches the visitor with its name in that view, and the operators', async () => {
    const { account, sandbox, chat, visitor } = await open()
    const customer = await subscribeToSignals(account, chat, visitor)
    const agents = await subscribeToSignals(account, chat, operator)
    sandbox.chats.agentTypes(chat.id)
    const robin = sandbox.chats.agents.find(({ id }) => id === ROBIN)
    expect(await signalOf(customer)).toMatchObject({
      type: 'Typing',
      participant: { nativeId: robin?.customerSideId, name: robin?.name, role: 'AGENT' },
      typing: true,
    })
    expect(await signalOf(agents)).toMatchObject({ participant: { nativeId: ROBIN, role: 'AGENT' } })
    sandbox.chats.agentTypes(chat.id, false)
    expect(await signalOf(customer)).toMatchObject({ typing: false })
  })

  it('of a visitor reaches operators without its text, and no visitor', async () => {
    const { account, sandbox, chat, visitor } = await open()
    const customer = await subscribeToSignals(account, chat, visitor)
    const agents = await subscribeToSignals(account, chat, operator)
    sandbox.chats.customerTypes(chat.id, 'my PIN is 1234')
    expect(await signalOf(agents)).toMatchObject({
      type: 'Typing',
      participant: { name: 'Cy', role: 'VISITOR' },
      typing: true,
    })
    sandbox.chats.customerTypes(chat.id, '')
    expect(await signalOf(agents)).toMatchObject({ typing: false })
    expect(JSON.stringify([agents.receiver.received, customer.receiver.received])).not.toContain('PIN')
    expect(customer.receiver.received).toEqual([{ type: 'live' }])
  })

  it('of a person who is not known yet has the role that the signal shows', async () => {
    const { account, sandbox, chat } = await open()
    const { receiver } = await subscribeToSignals(account, chat, operator)
    const typing_indicator = { author_id: 'new@x.test', visibility: 'all', is_typing: true }
    const payload = { chat_id: chat.id, typing_indicator }
    sandbox.push.sendRaw(JSON.stringify({ type: 'push', action: 'incoming_typing_indicator', payload }))
    expect(await signalOf({ receiver })).toMatchObject({
      participant: { nativeId: 'new@x.test', name: null, role: 'AGENT' },
    })
  })

  it('among agents does not reach a visitor, even if LiveChat pushed it', async () => {
    const { account, sandbox, chat, visitor } = await open()
    const { receiver } = await subscribeToSignals(account, chat, visitor)
    const push = (more: object) => {
      const payload = { chat_id: chat.id, typing_indicator: { author_id: 'a', is_typing: true, ...more } }
      sandbox.push.sendRaw(JSON.stringify({ type: 'push', action: 'incoming_typing_indicator', payload }))
    }
    push({ visibility: 'agents' })
    push({ recipients: 'agents' })
    push({ recipients: 'all', is_typing: false })
    expect(await signalOf({ receiver })).toMatchObject({ typing: false })
  })

  it('that cannot be read is dropped', async () => {
    const { account, sandbox, chat } = await open()
    const { receiver } = await subscribeToSignals(account, chat, operator)
    for (const action of ['incoming_typing_indicator', 'incoming_sneak_peek', 'events_marked_as_seen']) {
      sandbox.push.sendRaw(JSON.stringify({ type: 'push', action, payload: { chat_id: chat.id } }))
    }
    sandbox.chats.agentTypes(chat.id)
    expect(await signalOf({ receiver })).toMatchObject({ type: 'Typing' })
    expect(receiver.received).toHaveLength(2)
  })
})

describe('seen', () => {
  it('names who has seen the room, and up to when, in both views', async () => {
    const { account, sandbox, chat, visitor } = await open()
    const customer = await subscribeToSignals(account, chat, visitor)
    const agents = await subscribeToSignals(account, chat, operator)
    sandbox.chats.sees(chat.id)
    const seen = { type: 'Seen', participant: { name: 'Cy', role: 'VISITOR' }, upTo: expect.any(Date) }
    expect(await signalOf(agents)).toMatchObject(seen)
    expect(await signalOf(customer)).toMatchObject(seen)
  })
})

describe('the place in the queue', () => {
  it('is pushed while it changes, and null once the room is served', async () => {
    const account = await openPushAccount()
    const { sandbox } = account
    for (const { id } of sandbox.chats.agents) sandbox.chats.setRoutingStatus(id, 'not_accepting_chats')
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    sandbox.chats.queueAt(chat.id, 3)
    const rooms = [
      await subscribeToSignals(account, chat, visitorOf(sandbox, chat)),
      await subscribeToSignals(account, chat, operator),
    ]
    sandbox.chats.queueAt(chat.id, 2)
    for (const room of rooms) {
      const queue = { position: 2, estimatedWaitMs: expect.any(Number) }
      expect(await signalOf(room)).toMatchObject({ type: 'Queue', queue })
    }
    sandbox.chats.transfer(chat.id, { agentId: ROBIN })
    for (const room of rooms) expect(await signalOf(room)).toEqual({ type: 'Queue', queue: null })
  })
})

describe('setTyping', () => {
  const typing = ({ adapter }: PushAccount, chat: Chat, caller: Caller, value: boolean) =>
    adapter.setTyping(chat.id, value, callAs(caller))
  const requests = ({ sandbox }: PushAccount) => countRequests({ liveChat: sandbox })

  it('of an operator is shown to the visitor', async () => {
    const { account, chat, visitor } = await open()
    const { receiver } = await subscribeToSignals(account, chat, visitor)
    await typing(account, chat, operator, true)
    expect(await signalOf({ receiver })).toMatchObject({ participant: { role: 'AGENT' }, typing: true })
  })

  it('of a visitor shows a placeholder to agents; its end is not sent', async () => {
    const { account, chat, visitor, sandbox } = await open()
    const { receiver } = await subscribeToSignals(account, chat, operator)
    await typing(account, chat, visitor, true)
    expect(await signalOf({ receiver })).toMatchObject({ participant: { role: 'VISITOR' }, typing: true })
    const [peek] = sandbox.push.frames.filter(({ text }) => text.includes('"action":"incoming_sneak_peek"'))
    expect(JSON.parse(peek?.text ?? '{}').payload.sneak_peek.text).toBe('…')
    await typing(account, chat, visitor, false)
    expect(requests(account)).toMatchObject({ 'customer/send_sneak_peek': 1 })
  })

  it('is repeated at most once per second, room and sender', async () => {
    const { account, chat, sandbox, visitor } = await open()
    const other = sandbox.chats.start({ customer: { name: 'Di' }, say: 'hello' })
    // On a busy machine the calls could take longer than that second.
    vi.useFakeTimers({ toFake: ['performance'] })
    onTestFinished(() => void vi.useRealTimers())
    for (const room of [chat, chat, other, chat]) await typing(account, room, operator, true)
    for (let sent = 0; sent < 5; sent += 1) await typing(account, chat, visitor, true)
    expect(requests(account)).toMatchObject({
      'agent/send_typing_indicator': 2,
      'customer/send_sneak_peek': 1,
    })
  })

  it('is sent at once when it changes, so that the last state arrives', async () => {
    const { account, chat, visitor } = await open()
    const { receiver } = await subscribeToSignals(account, chat, visitor)
    for (const value of [true, false, true]) {
      await typing(account, chat, operator, value)
      expect(await signalOf({ receiver })).toMatchObject({ typing: value })
    }
    for (const value of [true, false, true]) await typing(account, chat, visitor, value)
    expect(requests(account)).toMatchObject({ 'customer/send_sneak_peek': 2 })
  })

  it('in a closed room is ROOM_CLOSED, and in another’s NOT_FOUND', async () => {
    const { account, chat, sandbox, visitor } = await open()
    const other = sandbox.chats.start({ say: 'secret' })
    await expect(typing(account, other, visitor, true)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    sandbox.chats.close(chat.id)
    await expect(typing(account, chat, operator, true)).rejects.toMatchObject({ code: 'ROOM_CLOSED' })
  })

  it('that LiveChat cannot take now is dropped', async () => {
    const { account, chat, sandbox } = await open()
    const route = '/v3.6/agent/action/send_typing_indicator'
    sandbox.injectFault({ kind: 'answer', route, status: 503, body: {} })
    await typing(account, chat, operator, true)
    expect(requests(account)).toMatchObject({ 'agent/send_typing_indicator': 1 })
  })
})

describe('markSeen', () => {
  it.each(['operator', 'visitor'] as const)('of the %s moves up to the message', async (who) => {
    const { account, chat, visitor, sandbox, adapter } = await open()
    const caller = who === 'operator' ? operator : visitor
    const receivers = await subscribeToSignals(account, chat, who === 'operator' ? visitor : operator)
    const { id, createdAt } = sandbox.chats.customerSends(chat.id, 'read me')
    const ref = { roomId: chat.id, threadId: chat.threads.at(-1)?.id ?? null, messageId: id }
    sandbox.clearCalls()
    await adapter.markSeen(ref, callAs(caller))
    const { signal } = await receivers.receiver.next('signal', (call) => call.signal.type === 'Seen')
    expect(signal).toMatchObject({
      participant: { role: who === 'operator' ? 'AGENT' : 'VISITOR' },
      upTo: new Date(Math.floor(createdAt / 1000)),
    })
    const side = who === 'operator' ? 'agent' : 'customer'
    expect(countRequests({ liveChat: sandbox })).toEqual({
      [`${side}/get_chat`]: 1,
      [`${side}/mark_events_as_seen`]: 1,
    })
  })

  it('of an unknown message, or a note for a visitor, is NOT_FOUND', async () => {
    const { chat, visitor, sandbox, adapter } = await open()
    const note = sandbox.chats.agentNotes(chat.id, 'he called twice')
    const threadId = chat.threads.at(-1)?.id ?? null
    const seen = (messageId: string, caller: Caller) =>
      adapter.markSeen({ roomId: chat.id, threadId, messageId }, callAs(caller))
    await expect(seen('NOTHING_1', operator)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(seen(note.id, visitor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await seen(note.id, operator)
  })
})
