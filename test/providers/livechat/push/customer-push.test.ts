import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { anonymousCaller } from '../../../../src/domain/caller.ts'
import { createVisitorTokenOwners } from '../../../../src/providers/adapter-factory.ts'
import { waitUntil } from '../../../support/graphql-client.ts'
import {
  callAs,
  openPushAccount,
  openPushAlone,
  operator,
  requestsOf,
  subscribeToRoom,
  visitorOf,
} from '../support/push-account.ts'
import { RecordingReceiver } from '../support/push-receiver.ts'

describe('a visitor’s room', () => {
  it('is live once the login lists the chat, and shows messages of both sides', async () => {
    const account = await openPushAccount({ push: 'customers' })
    const { sandbox } = account
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const { receiver } = await subscribeToRoom(account, chat, visitorOf(sandbox, chat))
    sandbox.chats.agentSends(chat.id, 'Good morning')
    expect(await receiver.nextMessage()).toMatchObject({ text: 'Good morning', author: { role: 'AGENT' } })
    sandbox.chats.customerSends(chat.id, 'one more')
    expect(await receiver.nextMessage()).toMatchObject({ text: 'one more', author: { name: 'Cy' } })
  })

  it('of somebody else is refused for good, with the error of a read', async () => {
    const { sandbox, push, adapter } = await openPushAccount({ push: 'customers' })
    const own = sandbox.chats.start({ say: 'hello' })
    const other = sandbox.chats.start({ say: 'secret' })
    const visitor = visitorOf(sandbox, own)
    await adapter.readRecentMessages(own.id, null, callAs(visitor))
    const receiver = new RecordingReceiver()
    push.subscribeToRoom(other.id, visitor, receiver)
    expect(await receiver.next('down')).toMatchObject({ isFinal: true, error: { code: 'NOT_FOUND' } })
    sandbox.chats.customerSends(other.id, 'more secrets')
    const ownReceiver = new RecordingReceiver()
    push.subscribeToRoom(own.id, visitor, ownReceiver)
    await ownReceiver.next('live')
    expect(receiver.changes).toEqual([])
  })

  it('shares one connection with everything of its token, and leaves with the last', async () => {
    const account = await openPushAccount({ push: 'customers' })
    const { sandbox, push } = account
    const chat = sandbox.chats.start({ say: 'hello' })
    const visitor = visitorOf(sandbox, chat)
    const first = await subscribeToRoom(account, chat, visitor)
    const second = await subscribeToRoom(account, chat, visitor)
    const signals = new RecordingReceiver()
    const third = push.subscribeToSignals(chat.id, visitor, signals)
    await signals.next('live')
    expect(sandbox.push.accepted).toBe(1)
    expect(first.subscription.aliveAt).toBeGreaterThan(0)
    first.subscription.close()
    expect(first.subscription.aliveAt).toBeNull()
    sandbox.chats.agentSends(chat.id, 'there you are')
    await second.receiver.nextMessage()
    expect(first.receiver.changes).toEqual([])
    second.subscription.close()
    expect(sandbox.push.connections).toHaveLength(1)
    third.close()
    await waitUntil(() => sandbox.push.connections.length === 0)
  })

  it('of a receiver that another one closes is not reported to it any more', async () => {
    const account = await openPushAccount({ push: 'customers' })
    const { sandbox, push, adapter } = account
    const chat = sandbox.chats.start({ say: 'hello' })
    const visitor = visitorOf(sandbox, chat)
    await adapter.readRecentMessages(chat.id, null, callAs(visitor))
    const second = new RecordingReceiver()
    const closesSecond = new RecordingReceiver()
    closesSecond.onDown = () => subscription.close()
    push.subscribeToRoom(chat.id, visitor, closesSecond)
    const subscription = push.subscribeToRoom(chat.id, visitor, second)
    await second.next('live')
    sandbox.push.drop()
    await closesSecond.next('live', () => closesSecond.received.length > 1)
    expect(second.received).toEqual([{ type: 'live' }])
  })

  it('of another token has a connection of its own', async () => {
    const account = await openPushAccount({ push: 'customers' })
    const { sandbox } = account
    const chats = [sandbox.chats.start({ say: 'one' }), sandbox.chats.start({ say: 'two' })]
    for (const chat of chats) await subscribeToRoom(account, chat, visitorOf(sandbox, chat))
    expect(sandbox.push.connections.map(({ user }) => user)).toEqual(
      chats.map((chat) => sandbox.chats.customerOf(chat.id).id),
    )
  })

  it('is live again after a lost connection', async () => {
    const account = await openPushAccount({ push: 'customers' })
    const { sandbox } = account
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const { receiver, subscription } = await subscribeToRoom(account, chat, visitorOf(sandbox, chat))
    sandbox.push.drop()
    expect(await receiver.next('down')).toMatchObject({ isFinal: false })
    expect(subscription.aliveAt).toBeNull()
    await receiver.next('live')
    sandbox.chats.customerSends(chat.id, 'still here')
    expect(await receiver.nextMessage()).toMatchObject({ text: 'still here' })
  })

  it('gives LiveChat back at the next login what it stores with its clients', async () => {
    const account = await openPushAccount({ push: 'customers' })
    const { sandbox } = account
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const { receiver } = await subscribeToRoom(account, chat, visitorOf(sandbox, chat))
    const push = (customer_side_storage: unknown) => {
      const frame = {
        type: 'push',
        action: 'customer_side_storage_updated',
        payload: { customer_side_storage },
      }
      sandbox.push.sendRaw(JSON.stringify(frame))
    }
    push({ visit: '7' })
    push('nothing')
    push({ long: 'x'.repeat(20_000) })
    sandbox.chats.customerSends(chat.id, 'more')
    await receiver.nextMessage()
    sandbox.push.drop()
    await receiver.next('live')
    const stored = requestsOf(sandbox).map(({ payload }) => payload['customer_side_storage'])
    expect(stored).toEqual([undefined, { visit: '7' }])
  })

  it('that a push shows is live, though the login did not list it', async () => {
    const account = await openPushAccount({ push: 'customers' })
    const { sandbox } = account
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const visitor = visitorOf(sandbox, chat)
    await subscribeToRoom(account, chat, visitor)
    const receiver = new RecordingReceiver()
    account.push.subscribeToRoom('CHATNEW', visitor, receiver)
    await receiver.next('down')
    const payload = { chat: { id: 'CHATNEW', users: [] } }
    sandbox.push.sendRaw(JSON.stringify({ type: 'push', action: 'incoming_chat', payload }))
    await receiver.next('live')
    expect((await receiver.next('change')).change.type).toBe('RoomChanged')
  })
})

describe('a visitor’s token', () => {
  it('opens no connection before a read has shown that LiveChat accepts it', async () => {
    const account = await openPushAccount({ push: 'customers' })
    const { sandbox, push } = account
    const chat = sandbox.chats.start({ say: 'hello' })
    for (let number = 0; number < 100; number += 1) {
      const receiver = new RecordingReceiver()
      const token = `dal:this-token-is-invented-${number}`
      push.subscribeToRoom(chat.id, { role: 'VISITOR', token }, receiver)
      expect(await receiver.next('down')).toMatchObject({ isFinal: true })
    }
    expect(sandbox.push.accepted).toBe(0)
    await subscribeToRoom(account, chat, visitorOf(sandbox, chat))
  })

  it('that LiveChat no longer knows is refused with the error of a read, and not tried again at once', async () => {
    const { sandbox, push } = await openPushAlone()
    const chat = sandbox.chats.start({ say: 'hello' })
    const stranger = { role: 'VISITOR', token: 'dal:nobody-has-this-token' } as const
    const subscribe = async () => {
      const receiver = new RecordingReceiver()
      push.subscribeToRoom(chat.id, stranger, receiver)
      return receiver.next('down')
    }
    const refused = { isFinal: true, error: { code: 'UNAUTHENTICATED' } }
    expect(await subscribe()).toMatchObject(refused)
    expect(await subscribe()).toMatchObject(refused)
    expect(sandbox.push.accepted).toBe(1)
  })

  it('that expires ends its rooms; the next subscription brings a new one', async () => {
    const account = await openPushAccount({ push: 'customers' })
    const { sandbox } = account
    const chat = sandbox.chats.start({ say: 'hello' })
    const { receiver } = await subscribeToRoom(account, chat, visitorOf(sandbox, chat))
    sandbox.tokens.expireAll()
    expect(await receiver.next('down')).toMatchObject({
      isFinal: true,
      reason: expect.stringContaining('access_token_expired'),
      error: { code: 'UNAUTHENTICATED' },
    })
    await subscribeToRoom(account, chat, visitorOf(sandbox, chat))
  })

  it('of another account is not sent', async () => {
    const one = { name: 'one', kind: 'LIVECHAT' }
    const owners = createVisitorTokenOwners([one, { ...one, name: 'two' }])
    const token = 'dal:a-token-of-the-other-account'
    owners.forAccount('two').markAccepted(token)
    const { sandbox, push } = await openPushAlone({ accountTokens: owners.forAccount('one') })
    const receiver = new RecordingReceiver()
    push.subscribeToRoom('CHAT', { role: 'VISITOR', token }, receiver)
    expect(await receiver.next('down')).toMatchObject({ isFinal: true })
    expect(sandbox.push.accepted).toBe(0)
  })
})

describe('the number of visitors’ connections', () => {
  it('is limited; rooms beyond are polled', async () => {
    const { sandbox, push } = await openPushAlone({ maxSockets: 1 })
    const [first, second] = [sandbox.chats.start({ say: 'one' }), sandbox.chats.start({ say: 'two' })]
    const subscribe = (chat: typeof first) => {
      const receiver = new RecordingReceiver()
      return { receiver, subscription: push.subscribeToRoom(chat.id, visitorOf(sandbox, chat), receiver) }
    }
    const { receiver, subscription } = subscribe(first)
    await receiver.next('live')
    const tooMany = await subscribe(second).receiver.next('down')
    expect(tooMany).toMatchObject({ isFinal: true, reason: expect.stringContaining('Too many') })
    subscription.close()
    await subscribe(second).receiver.next('live')
  })
})

describe('push is denied', () => {
  it('to anonymous callers, and to operators unless agents are pushed to', async () => {
    const { push, sandbox } = await openPushAccount({ push: 'customers' })
    expect(push.denialReason(anonymousCaller)).not.toBeNull()
    expect(push.denialReason(operator)).toContain('LIVECHAT_PUSH')
    expect(push.denialReason({ role: 'VISITOR', token: 'x' })).toBeNull()
    expect(push.subscribeToAccount).toBeNull()
    const receiver = new RecordingReceiver()
    push.subscribeToRoom('CHAT', operator, receiver)
    expect(await receiver.next('down')).toMatchObject({ isFinal: true })
    expect(sandbox.push.accepted).toBe(0)
  })

  it('without a call to the receiver of a subscription that was closed at once', async () => {
    const { push } = await openPushAccount({ push: 'customers' })
    const closed = new RecordingReceiver()
    push.subscribeToRoom('CHAT', operator, closed).close()
    const later = new RecordingReceiver()
    push.subscribeToRoom('CHAT', operator, later)
    await later.next('down')
    expect(closed.received).toEqual([])
  })

  it('to visitors without an organization id', async () => {
    const { push } = await openPushAccount({
      configure: ({ organizationId: _left, ...config }) => config,
    })
    expect(push.denialReason({ role: 'VISITOR', token: 'x' })).toContain('LIVECHAT_ORGANIZATION_ID')
    expect(push.denialReason(operator)).toBeNull()
  })
})

describe('closed push', () => {
  it('opens no connection for what was subscribed to at the same moment', async () => {
    const { sandbox, push } = await openPushAlone()
    const chat = sandbox.chats.start({ say: 'hello' })
    for (const caller of [operator, visitorOf(sandbox, chat)]) {
      push.subscribeToRoom(chat.id, caller, new RecordingReceiver())
    }
    push.close()
    await new Promise(setImmediate)
    // The sandbox accepts connections in their order, so that it would have accepted others before this one.
    const next = new WebSocket(`${sandbox.url.replace('http', 'ws')}/v3.6/agent/rtm/ws`)
    await once(next, 'open')
    next.terminate()
    expect(sandbox.push.accepted).toBe(1)
  })
})
