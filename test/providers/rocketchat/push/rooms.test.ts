import { describe, expect, test } from 'vitest'
import type { Caller } from '../../../../src/domain/caller.ts'
import { EVERY_ROOM } from '../../../../src/domain/room-query.ts'
import { recordPush } from '../../../support/recorded-push.ts'
import {
  callAs,
  openPush,
  openRoom,
  operator,
  readNewest,
  subscribeToLiveRoom,
  subscribeToLiveSignals,
  subscribeToRoom,
  type VisitorRoom,
} from './open-push.ts'

const callers: readonly (readonly [string, (room: VisitorRoom) => Caller])[] = [
  ['a visitor', ({ visitor }) => visitor],
  ['an operator', () => operator],
]

describe.each(callers)('the room of %s', (_name, callerOf) => {
  const open = async (options = {}) => {
    const opened = await openPush(options)
    const room = openRoom(opened.sandbox)
    return { ...opened, room, workspace: opened.sandbox.workspace, caller: callerOf(room) }
  }

  test('is pushed as reads show it: new, edited and system messages, of agents and visitors', async () => {
    const { adapter, push, room, workspace, caller } = await open()
    const { rid } = room
    const { expectNext } = await subscribeToLiveRoom(push, rid, caller)
    const writes = [
      () => workspace.agentSends(rid, 'Hello'),
      () => workspace.visitorSends(rid, 'Hi'),
      () => workspace.edit(workspace.visitorSends(rid, 'Hii')._id, 'Hi!'),
      () =>
        workspace.insertMessage({ rid, from: 'visitor', msg: 'with a button', attachments: [{ text: 'x' }] }),
      () => workspace.insertMessage({ rid, from: room.agentId, msg: '', t: 'au', alias: 'Someone' }),
      () => workspace.closeRoom(rid),
    ]
    for (const write of writes) {
      write()
      const newest = await readNewest(adapter, rid, caller)
      let pushed = await expectNext('Message')
      // An edited message is pushed twice, in its two versions.
      if (newest.state !== pushed.message.state) pushed = await expectNext('Message')
      expect(pushed.message).toEqual(newest)
    }
  })

  test('is told of deletions, whether the server marks them or not', async () => {
    const { adapter, push, sandbox, room, workspace, caller } = await open()
    const { expectNext } = await subscribeToLiveRoom(push, room.rid, caller)
    const first = workspace.visitorSends(room.rid, 'one')
    const second = workspace.visitorSends(room.rid, 'two')
    await expectNext('Message')
    await expectNext('Message')
    workspace.remove(first._id)
    expect(await expectNext('MessageDeleted')).toEqual({ type: 'MessageDeleted', messageId: first._id })
    sandbox.settings.Message_ShowDeletedStatus = true
    workspace.remove(second._id)
    const { message } = await expectNext('Message')
    expect(message.state).toBe('DELETED')
    expect(message).toEqual(await readNewest(adapter, room.rid, caller))
  })

  test('is read after messages were removed in bulk', async () => {
    const { push, sandbox, room, workspace, caller } = await open()
    const { expectNext } = await subscribeToLiveRoom(push, room.rid, caller)
    const bulk = `stream-notify-room/${room.rid}/deleteMessageBulk`
    await sandbox.push.until(() => bulk in sandbox.subscriptions.counts())
    const message = workspace.visitorSends(room.rid, 'one')
    await expectNext('Message')
    workspace.prune(message._id)
    expect(await expectNext('Unreadable')).toEqual({ type: 'Unreadable' })
  })

  test('is subscribed to once for all who watch it, until the last one leaves', async () => {
    const { push, sandbox, room, workspace, caller } = await open()
    const first = await subscribeToLiveRoom(push, room.rid, caller)
    const second = await subscribeToLiveRoom(push, room.rid, caller)
    workspace.agentSends(room.rid, 'Hello')
    expect(await first.expectNext('Message')).toEqual(await second.expectNext('Message'))
    const deletions = `stream-notify-room/${room.rid}/deleteMessage`
    expect(sandbox.subscriptions.counts()[deletions]).toBe(1)
    expect(first.subscription.aliveAt).not.toBeNull()

    first.subscription.close()
    workspace.agentSends(room.rid, 'Again')
    await second.expectNext('Message')
    expect(first.events).toEqual([])
    expect(first.subscription.aliveAt).toBeNull()

    second.subscription.close()
    await sandbox.push.until(() => sandbox.push.connections.length === 0)
    expect(sandbox.subscriptions.counts()).toEqual({})
  })

  test('is not pushed if there is no such room', async () => {
    const { push, caller } = await open()
    const { expectNext } = subscribeToRoom(push, 'nowhere', caller)
    expect(await expectNext('Down')).toMatchObject({ isFinal: true, code: 'NOT_FOUND' })
  })

  test('shows nothing of other rooms', async () => {
    const { push, sandbox, room, workspace, caller } = await open()
    const other = openRoom(sandbox)
    const { expectNext, events } = await subscribeToLiveRoom(push, room.rid, caller)
    workspace.agentSends(other.rid, 'secret')
    workspace.remove(workspace.visitorSends(other.rid, 'secret')._id)
    workspace.agentSends(room.rid, 'Hello')
    expect((await expectNext('Message')).message.text).toBe('Hello')
    expect(events).toEqual([])
  })

  test('is live again after its connection was cut, and only then pushes', async () => {
    const { push, sandbox, room, workspace, caller } = await open()
    const { expectNext } = await subscribeToLiveRoom(push, room.rid, caller)
    sandbox.push.drop()
    expect(await expectNext('Down')).toMatchObject({ isFinal: false, code: null })
    await expectNext('Live')
    workspace.agentSends(room.rid, 'Hello')
    expect((await expectNext('Message')).message.text).toBe('Hello')
  })

  test('never shows a token', async () => {
    const { push, sandbox, room, workspace, caller } = await open()
    const { next, until } = await subscribeToLiveRoom(push, room.rid, caller)
    workspace.visitorSends(room.rid, 'Hello')
    const seen = [await next()]
    sandbox.push.drop()
    seen.push(await until('Down'))
    expect(JSON.stringify(seen)).not.toContain(room.token)
    expect(JSON.stringify(seen)).not.toContain(workspace.serviceAccount().authToken)
  })
})

describe('a visitor', () => {
  test('receives nothing of another visitor’s room', async () => {
    const { push, sandbox } = await openPush()
    const room = openRoom(sandbox)
    const stranger = openRoom(sandbox)
    const { expectNext, events } = subscribeToRoom(push, room.rid, stranger.visitor)
    expect(await expectNext('Down')).toMatchObject({ isFinal: true, code: 'NOT_FOUND' })
    sandbox.workspace.agentSends(room.rid, 'secret')
    const own = await subscribeToLiveRoom(push, room.rid, room.visitor)
    sandbox.workspace.agentSends(room.rid, 'Hello')
    await own.expectNext('Message')
    expect(events).toEqual([])
  })

  test('receives nothing of another visitor’s room while an operator and that visitor watch it', async () => {
    const { push, sandbox } = await openPush()
    const { workspace } = sandbox
    const room = openRoom(sandbox)
    const { visitor: stranger } = openRoom(sandbox)
    const operators = await subscribeToLiveRoom(push, room.rid, operator)
    const own = await subscribeToLiveRoom(push, room.rid, room.visitor)
    const typing = await subscribeToLiveSignals(push, room.rid, operator)
    const answers = sandbox.push.injectFault({ kind: 'hold-replies' })
    const messages = subscribeToRoom(push, room.rid, stranger)
    const signals = recordPush()
    push.subscribeToSignals(room.rid, stranger, signals.receiver)
    const isRequested = ({ direction, text }: { readonly direction: string; readonly text: string }) =>
      direction === 'in' && text.includes('user-activity') && text.includes(stranger.token)
    await sandbox.push.until(() => sandbox.push.frames.some(isRequested))
    const write = async () => {
      workspace.agentSends(room.rid, 'secret')
      workspace.types(room.rid, 'agent', true)
      await Promise.all([operators.expectNext('Message'), own.expectNext('Message')])
      await typing.expectNext('Typing')
    }
    await write()
    answers()
    expect(await messages.expectNext('Down')).toMatchObject({ isFinal: true, code: 'NOT_FOUND' })
    expect(await signals.expectNext('Down')).toMatchObject({ isFinal: true, code: 'NOT_FOUND' })
    await write()
    expect([...messages.events, ...signals.events]).toEqual([])
  })

  test('has an accepted token from then on', async () => {
    const { adapter, push, sandbox } = await openPush()
    const { rid, visitor } = openRoom(sandbox)
    expect(adapter.isVerified(visitor)).toBe(false)
    await subscribeToLiveRoom(push, rid, visitor)
    expect(adapter.isVerified(visitor)).toBe(true)
    expect(adapter.ownsToken(visitor)).toBe(true)
  })

  test('keeps a room that closes, and gets no push of a room that is closed', async () => {
    const { push, sandbox } = await openPush()
    const { rid, visitor } = openRoom(sandbox)
    const live = await subscribeToLiveRoom(push, rid, visitor)
    sandbox.workspace.closeRoom(rid)
    expect((await live.expectNext('Message')).message.systemEvent).toBe('CLOSED')
    live.subscription.close()
    const late = subscribeToRoom(push, rid, visitor)
    expect(await late.expectNext('Down')).toMatchObject({ isFinal: true, code: null })
  })
})

describe('an operator', () => {
  test('receives a room of which a list row has proven the access without a request', async () => {
    const { adapter, push, sandbox } = await openPush()
    const { rid } = openRoom(sandbox)
    const rows = adapter.listRooms(EVERY_ROOM, null, callAs(operator))
    await rows[Symbol.asyncIterator]().next()
    sandbox.clearCalls()
    await subscribeToLiveRoom(push, rid, operator)
    expect(sandbox.calls).toEqual([])
  })

  test('is told why there is no push without a service account', async () => {
    const { push } = await openPush({ hasAccount: false })
    expect(push.denialReason(operator)).toMatch(/ROCKETCHAT_USER_ID/)
    expect(push.subscribeToAccount).toBeNull()
    const { expectNext } = subscribeToRoom(push, 'any', operator)
    expect(await expectNext('Down')).toMatchObject({ isFinal: true })
  })
})

test('anonymous callers receive no push', async () => {
  const { push } = await openPush()
  expect(push.denialReason({ role: 'ANONYMOUS' })).not.toBeNull()
  expect(push.denialReason(operator)).toBeNull()
  expect(push.denialReason({ role: 'VISITOR', token: 'any' })).toBeNull()
})
