import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { waitUntil } from '../../../support/graphql-client.ts'
import { PUSH_TIMEOUT_MS, pushSocketOptions } from '../../../support/push-socket-options.ts'
import {
  callAs,
  openPushAccount,
  openPushAlone,
  operator,
  subscribeToRoom,
  visitorOf,
} from '../support/push-account.ts'
import { RecordingReceiver } from '../support/push-receiver.ts'

const sides = ['agent', 'customer'] as const

describe.each(sides)('push of an %s', (side) => {
  async function open() {
    const account = await openPushAccount()
    const { sandbox } = account
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const caller = side === 'agent' ? operator : visitorOf(sandbox, chat)
    // Push takes a visitor's token after a read has proved it.
    await account.adapter.readRecentMessages(chat.id, null, callAs(caller))
    return { account, sandbox, chat, caller }
  }

  it.each([403, 404, 502] as const)('survives a proxy that answers the upgrade with %s', async (status) => {
    const { account, sandbox, chat, caller } = await open()
    sandbox.push.injectFault({ kind: 'refuse-upgrade', status, times: 1 })
    const receiver = new RecordingReceiver()
    account.push.subscribeToRoom(chat.id, caller, receiver)
    expect(await receiver.next('down')).toMatchObject({ isFinal: false })
    await receiver.next('live')
  })

  it.each(['internal', 'service_unavailable', 'too_many_requests'])(
    'logs in again after the error %s',
    async (type) => {
      const { account, sandbox, chat, caller } = await open()
      sandbox.push.injectFault({ kind: 'refuse-login', error: { type, message: 'Sorry' }, times: 1 })
      const receiver = new RecordingReceiver()
      account.push.subscribeToRoom(chat.id, caller, receiver)
      const down = await receiver.next('down')
      expect(down).toMatchObject({ isFinal: false, reason: expect.stringContaining(type) })
      await receiver.next('live')
    },
  )

  it.each(['authentication', 'license_expired', 'seats_limit_exceeded', 'something_new'])(
    'ends with the error %s of the login',
    async (type) => {
      const { account, sandbox, chat, caller } = await open()
      sandbox.push.injectFault({ kind: 'refuse-login', error: { type, message: 'Sorry' } })
      const receiver = new RecordingReceiver()
      account.push.subscribeToRoom(chat.id, caller, receiver)
      expect(await receiver.next('down')).toMatchObject({
        isFinal: true,
        reason: expect.stringContaining(type),
      })
      await waitUntil(() => sandbox.push.connections.length === 0)
    },
  )

  it('is tried anew by a later subscription, and its success ends the refusal in the health', async () => {
    const { account, sandbox, chat, caller } = await open()
    const error = { type: 'license_expired', message: 'Sorry' }
    const endFault = sandbox.push.injectFault({ kind: 'refuse-login', error })
    const receiver = new RecordingReceiver()
    account.push.subscribeToRoom(chat.id, caller, receiver)
    await receiver.next('down')
    endFault()
    const health = () => account.adapter.getHealth(callAs(operator))
    expect((await health()).reason).toContain('license_expired')
    const now = performance.now()
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now + 10 * 60_000)
    onTestFinished(() => clock.mockRestore())
    const next = new RecordingReceiver()
    account.push.subscribeToRoom(chat.id, caller, next)
    await next.next('live')
    expect((await health()).reason).toBeNull()
  })

  it('passes on what is duplicated, and what arrives in another order', async () => {
    const { account, sandbox, chat, caller } = await open()
    const { receiver } = await subscribeToRoom(account, chat, caller)
    const endDuplicates = sandbox.push.injectFault({ kind: 'duplicate' })
    sandbox.chats.customerSends(chat.id, 'twice')
    const [first, second] = [await receiver.nextMessage(), await receiver.nextMessage()]
    expect(second).toEqual(first)
    endDuplicates()
    const endReordering = sandbox.push.injectFault({ kind: 'reorder' })
    sandbox.chats.customerSends(chat.id, 'one')
    sandbox.chats.customerSends(chat.id, 'two')
    expect((await receiver.nextMessage()).text).toBe('two')
    expect((await receiver.nextMessage()).text).toBe('one')
    endReordering()
  })

  it('reads on after frames that are nothing of the protocol', async () => {
    const { account, sandbox, chat, caller } = await open()
    const { receiver } = await subscribeToRoom(account, chat, caller)
    for (const frame of [
      '',
      '{',
      'null',
      '[]',
      '7',
      '{"type":"push"}',
      '{"type":"response"}',
      '{"type":"x"}',
    ]) {
      sandbox.push.sendRaw(frame)
    }
    sandbox.push.sendRaw(Buffer.from('binary'))
    sandbox.push.sendRaw('{"type":"response","request_id":"1","action":"login","success":false}')
    sandbox.push.sendRaw('{"type":"push","action":"incoming_event","payload":null}')
    sandbox.push.sendRaw('{"type":"push","action":"queue_positions_updated","payload":[null,7,{}]}')
    sandbox.push.sendRaw('{"type":"push","action":"customer_updated"}')
    sandbox.chats.customerSends(chat.id, 'after all')
    expect(await receiver.nextMessage()).toMatchObject({ text: 'after all' })
    expect(sandbox.push.accepted).toBe(1)
  })

  it('drops a connection with a frame that is too long, and returns', async () => {
    const { account, sandbox, chat, caller } = await open()
    const { receiver } = await subscribeToRoom(account, chat, caller)
    sandbox.push.sendOversized(5 * 1024 * 1024)
    expect(await receiver.next('down')).toMatchObject({ isFinal: false })
    await receiver.next('live')
  })

  it('replaces a half-open connection', async () => {
    const { sandbox, push } = await openPushAlone({
      socketOptions: pushSocketOptions({
        pingIntervalMs: 30,
        maxSilenceMs: PUSH_TIMEOUT_MS,
        firstReconnectMs: 10,
      }),
    })
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const receiver = new RecordingReceiver()
    push.subscribeToRoom(chat.id, side === 'agent' ? operator : visitorOf(sandbox, chat), receiver)
    await receiver.next('live')
    const endFault = sandbox.push.injectFault({ kind: 'half-open' })
    expect(await receiver.next('down')).toMatchObject({ isFinal: false })
    endFault()
    await receiver.next('live')
  })
})

describe('a login that gets no answer', () => {
  it('is tried again', async () => {
    const socketOptions = pushSocketOptions({ loginTimeoutMs: PUSH_TIMEOUT_MS, firstReconnectMs: 10 })
    const { sandbox, push } = await openPushAlone({ socketOptions })
    const chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const endFault = sandbox.push.injectFault({ kind: 'half-open' })
    const receiver = new RecordingReceiver()
    push.subscribeToRoom(chat.id, visitorOf(sandbox, chat), receiver)
    expect(await receiver.next('down')).toMatchObject({ isFinal: false })
    endFault()
    await receiver.next('live')
  })
})
