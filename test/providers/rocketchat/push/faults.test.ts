import { describe, expect, test } from 'vitest'
import type { PushFault } from '../../../../sandbox/push-faults.ts'
import type { Caller } from '../../../../src/domain/caller.ts'
import { PUSH_TIMEOUT_MS } from '../../../support/push-socket-options.ts'
import {
  callAs,
  openPush,
  openPushAlone,
  openRoom,
  operator,
  subscribeToLiveRoom,
  subscribeToRoom,
  type VisitorRoom,
} from './open-push.ts'

const callers: readonly (readonly [string, (room: VisitorRoom) => Caller])[] = [
  ['a visitor', ({ visitor }) => visitor],
  ['an operator', () => operator],
]

/** Faults that end connections, with what operators are told. */
const endings: readonly (readonly [string, PushFault, RegExp])[] = [
  ['a proxy that refuses', { kind: 'refuse-upgrade', status: 502 }, /HTTP status 502/],
  ['a half-open socket', { kind: 'half-open' }, /took too long/],
]

describe.each(callers)('the room of %s', (_name, callerOf) => {
  test.each(endings)('is down during %s, and live after it', async (_fault, fault, reason) => {
    const { sandbox, push } = await openPushAlone({ loginTimeoutMs: PUSH_TIMEOUT_MS })
    const { workspace } = sandbox
    const room = openRoom(sandbox)
    const remove = sandbox.push.injectFault(fault)
    const { expectNext, until } = subscribeToRoom(push.provider, room.rid, callerOf(room))
    const down = await expectNext('Down')
    expect(down).toMatchObject({ isFinal: false, code: null, reason: expect.stringMatching(reason) })
    expect(push.downReason()).toBe(down.reason)
    remove()
    await until('Live')
    expect(push.downReason()).toBeNull()
    workspace.agentSends(room.rid, 'Hello')
    await expectNext('Message')
  })

  test('moves to another connection when its own falls silent', async () => {
    const { sandbox, push } = await openPushAlone({ pingIntervalMs: 20, maxSilenceMs: PUSH_TIMEOUT_MS })
    const room = openRoom(sandbox)
    const { expectNext, until } = await subscribeToLiveRoom(push.provider, room.rid, callerOf(room))
    sandbox.push.injectFault({ kind: 'half-open', where: ({ number }) => number === 1 })
    expect(await expectNext('Down')).toMatchObject({ reason: 'The push connection fell silent.' })
    await until('Live')
    sandbox.workspace.agentSends(room.rid, 'Hello')
    await expectNext('Message')
  })

  test('is live again after a frame that is too long', async () => {
    const { sandbox, push } = await openPushAlone()
    const room = openRoom(sandbox)
    const { expectNext, until } = await subscribeToLiveRoom(push.provider, room.rid, callerOf(room))
    sandbox.push.sendOversized(5 * 1024 * 1024)
    expect((await expectNext('Down')).reason).toMatch(/longer than the gateway reads/)
    await until('Live')
  })

  test('is pushed late, twice and in another order, but pushed', async () => {
    const { sandbox, push } = await openPushAlone()
    const room = openRoom(sandbox)
    const { expectNext } = await subscribeToLiveRoom(push.provider, room.rid, callerOf(room))
    const faults: readonly PushFault[] = [
      { kind: 'duplicate' },
      { kind: 'lag', ms: 20 },
      { kind: 'reorder' },
      { kind: 'hold' },
    ]
    for (const fault of faults) {
      const remove = sandbox.push.injectFault(fault)
      const ids = ['one', 'two'].map((text) => sandbox.workspace.agentSends(room.rid, text)._id)
      if (fault.kind === 'hold' || fault.kind === 'reorder') remove()
      const seen: string[] = []
      while (new Set(seen).size < 2) seen.push((await expectNext('Message')).message.ref.messageId)
      expect(new Set(seen)).toEqual(new Set(ids))
      remove()
      // The copies of the last message.
      const marker = sandbox.workspace.agentSends(room.rid, 'done')._id
      while ((await expectNext('Message')).message.ref.messageId !== marker);
    }
  })

  test('survives garbage', async () => {
    const { sandbox, push } = await openPushAlone()
    const room = openRoom(sandbox)
    const { expectNext } = await subscribeToLiveRoom(push.provider, room.rid, callerOf(room))
    for (const frame of ['', '{', '[]', 'null', '{"msg":"changed"}', '["a"]', Buffer.from([1, 2])]) {
      sandbox.push.sendRaw(frame)
    }
    sandbox.workspace.agentSends(room.rid, 'Hello')
    await expectNext('Message')
  })

  test('waits where the server says that it is too fast', async () => {
    const { sandbox, push } = await openPushAlone()
    const room = openRoom(sandbox)
    const error = { error: 'too-many-requests', details: { timeToReset: 100 } }
    sandbox.push.injectFault({ kind: 'refuse-request', request: isSubscription, error, times: 2 })
    const { events } = await subscribeToLiveRoom(push.provider, room.rid, callerOf(room))
    expect(events).toEqual([])
  })

  test('is down for good where the server has no such streams', async () => {
    const { sandbox, push } = await openPushAlone()
    const room = openRoom(sandbox)
    const error = { error: 404, reason: 'Subscription not found' }
    sandbox.push.injectFault({ kind: 'refuse-request', request: isSubscription, error })
    const { expectNext } = subscribeToRoom(push.provider, room.rid, callerOf(room))
    expect(await expectNext('Down')).toMatchObject({ isFinal: true, code: null })
  })
})

const isSubscription = (name: string): boolean => name.includes('/')

test('a document that cannot be read makes the room be read', async () => {
  const { sandbox, push } = await openPushAlone()
  const { rid } = openRoom(sandbox)
  const { expectNext } = await subscribeToLiveRoom(push.provider, rid, operator)
  const message = { _id: 'm', rid, msg: 'no time', u: { _id: 'u' } }
  const fields = { eventName: '__my_messages__', args: [message, { roomType: 'l' }] }
  sandbox.push.sendRaw(
    JSON.stringify({ msg: 'changed', collection: 'stream-room-messages', id: 'id', fields }),
  )
  expect(await expectNext('Unreadable')).toEqual({ type: 'Unreadable' })
})

test('messages of channels, which the account can see, reach no operator', async () => {
  const { sandbox, push } = await openPushAlone()
  const { rid } = openRoom(sandbox)
  const { expectNext } = await subscribeToLiveRoom(push.provider, rid, operator)
  const message = { _id: 'm', rid, msg: 'secret', ts: { $date: 1 }, u: { _id: 'u' } }
  const fields = { eventName: '__my_messages__', args: [message, { roomType: 'c' }] }
  sandbox.push.sendRaw(
    JSON.stringify({ msg: 'changed', collection: 'stream-room-messages', id: 'id', fields }),
  )
  sandbox.workspace.agentSends(rid, 'Hello')
  expect((await expectNext('Message')).message.text).toBe('Hello')
})

test('a refused login is reported in the health, without its token, while polls go on', async () => {
  const { sandbox, adapter, push } = await openPush()
  const { rid } = openRoom(sandbox)
  sandbox.push.injectFault({ kind: 'refuse-login', error: { error: 403, reason: 'no' } })
  const { expectNext } = subscribeToRoom(push, rid, operator)
  const { reason, isFinal } = await expectNext('Down')
  expect(isFinal).toBe(false)
  expect(reason).toMatch(/ROCKETCHAT_USER_ID/)
  expect(reason).not.toContain(sandbox.workspace.serviceAccount().authToken)
  const health = await adapter.getHealth(callAs(operator))
  expect(health).toMatchObject({ status: 'UP', reason: `The gateway polls instead of push: ${reason}` })
})
