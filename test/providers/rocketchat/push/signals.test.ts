import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { recordPush } from '../../../support/recorded-push.ts'
import {
  callAs,
  openPush,
  openRoom,
  operator,
  readNewest,
  subscribeToLiveRoom,
  subscribeToLiveSignals,
} from './open-push.ts'

/** Frames of clients that say what somebody does, as the parameters after the event. */
function activityCalls(frames: readonly { readonly direction: string; readonly text: string }[]): unknown[] {
  return frames.flatMap(({ direction, text }) => {
    if (direction !== 'in' || !text.includes('"method":"stream-notify-room"')) return []
    const { params } = JSON.parse(text) as { params: unknown[] }
    return [params.slice(1)]
  })
}

describe('typing', () => {
  test('of the visitor reaches operators, without its token, as the author of its messages', async () => {
    const { adapter, push, sandbox } = await openPush()
    const { rid, token, agentId } = openRoom(sandbox)
    const { workspace } = sandbox
    const { expectNext } = await subscribeToLiveSignals(push, rid, operator)

    workspace.types(rid, 'visitor', true)
    const unknown = await expectNext('Typing')
    expect(unknown).toMatchObject({ participant: { nativeId: 'visitor', role: 'VISITOR' }, typing: true })
    expect(JSON.stringify(unknown)).not.toContain(token)

    workspace.visitorSends(rid, 'Hi')
    const { author } = await readNewest(adapter, rid, operator)
    workspace.types(rid, 'visitor', false)
    const known = await expectNext('Typing')
    expect(known).toEqual({ type: 'Typing', participant: author, typing: false })
    expect(JSON.stringify(known)).not.toContain(token)

    const { username } = workspace.agent(agentId)
    workspace.types(rid, 'agent', true)
    expect(await expectNext('Typing')).toMatchObject({
      participant: { nativeId: username, name: username, role: 'AGENT' },
      typing: true,
    })
  })

  test('of an agent reaches the visitor; the visitor’s own does not', async () => {
    const { push, sandbox } = await openPush()
    const { rid, visitor, agentId } = openRoom(sandbox)
    const { workspace } = sandbox
    const room = await subscribeToLiveRoom(push, rid, visitor)
    const { expectNext, events } = await subscribeToLiveSignals(push, rid, visitor)
    const { u } = workspace.agentSends(rid, 'Hello')
    await room.expectNext('Message')
    workspace.types(rid, 'visitor', true)
    workspace.types(rid, 'agent', true)
    expect(await expectNext('Typing')).toMatchObject({
      participant: { nativeId: agentId, name: u.name, role: 'AGENT' },
      typing: true,
    })
    expect(events).toEqual([])
  })

  test('of other rooms and with another token reaches nobody', async () => {
    const { push, sandbox } = await openPush()
    const { rid, visitor } = openRoom(sandbox)
    const stranger = openRoom(sandbox)
    const { receiver, expectNext } = recordPush()
    push.subscribeToSignals(rid, stranger.visitor, receiver)
    expect(await expectNext('Down')).toMatchObject({ isFinal: true, code: 'NOT_FOUND' })
    const own = await subscribeToLiveSignals(push, rid, visitor)
    sandbox.workspace.types(stranger.rid, 'agent', true)
    sandbox.workspace.types(rid, 'agent', false)
    expect(await own.expectNext('Typing')).toMatchObject({ typing: false })
  })
})

describe('the place in the queue', () => {
  test('reaches the visitor, until an agent takes the room', async () => {
    const { push, sandbox } = await openPush({
      sandbox: { settings: { Livechat_Routing_Method: 'Manual_Selection' } },
    })
    const { workspace } = sandbox
    const { _id: agentId } = workspace.createAgent({ name: 'Ada' })
    const token = 'secret-of-the-queue'
    workspace.createVisitor({ token })
    const { _id: rid } = workspace.openRoom({ token, agentId: null })
    const { expectNext } = await subscribeToLiveSignals(push, rid, { role: 'VISITOR', token })
    const stream = `stream-livechat-room/${rid}`
    await sandbox.push.until(() => stream in sandbox.subscriptions.counts())
    workspace.reportQueuePosition(rid, { spot: 2, estimatedWaitTimeSeconds: 90 })
    expect(await expectNext('Queue')).toEqual({
      type: 'Queue',
      queue: { position: 2, estimatedWaitMs: 90_000, since: null },
    })
    workspace.reportQueuePosition(rid, null)
    expect(await expectNext('Queue')).toEqual({ type: 'Queue', queue: null })
    workspace.takeRoom(rid, agentId)
    expect(await expectNext('Queue')).toEqual({ type: 'Queue', queue: null })
  })
})

describe('setTyping', () => {
  test('of a visitor reaches operators, and opens a connection for it', async () => {
    const { adapter, push, sandbox } = await openPush()
    const { rid, visitor } = openRoom(sandbox)
    const { expectNext } = await subscribeToLiveSignals(push, rid, operator)
    await adapter.setTyping(rid, true, callAs(visitor))
    expect(await expectNext('Typing')).toMatchObject({ participant: { role: 'VISITOR' }, typing: true })
  })

  test('of an operator reaches the visitor in the name of the agent', async () => {
    const { adapter, push, sandbox } = await openPush({
      agentCredentials: ({ workspace }) => {
        const { _id: agentId } = workspace.createAgent({ name: 'Own Agent', username: 'own.agent' })
        const { 'x-auth-token': token } = workspace.login(agentId)
        return new Map([['own', { agentId, token }]])
      },
    })
    const { rid, visitor } = openRoom(sandbox)
    const { expectNext } = await subscribeToLiveSignals(push, rid, visitor)
    await adapter.setTyping(rid, true, callAs({ ...operator, name: 'own' }))
    expect(await expectNext('Typing')).toMatchObject({
      participant: { name: 'own.agent', role: 'AGENT' },
      typing: true,
    })
    await adapter.setTyping(rid, true, callAs(operator))
    const { username } = sandbox.workspace.agent(sandbox.workspace.serviceAccount().userId)
    expect(await expectNext('Typing')).toMatchObject({ participant: { name: username } })
  })

  test('sends at most one call per second and room, the newest state last', async () => {
    const { adapter, push, sandbox } = await openPush()
    const { rid, visitor } = openRoom(sandbox)
    const { expectNext } = await subscribeToLiveSignals(push, rid, operator)
    await subscribeToLiveRoom(push, rid, visitor)
    // On a busy machine the calls could take longer than that second.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    onTestFinished(() => void vi.useRealTimers())
    for (const typing of [true, true, false, true, false, false]) {
      await adapter.setTyping(rid, typing, callAs(visitor))
    }
    expect(await expectNext('Typing')).toMatchObject({ typing: true })
    vi.advanceTimersByTime(1_000)
    expect(await expectNext('Typing')).toMatchObject({ typing: false })
    expect(activityCalls(sandbox.push.frames)).toEqual([
      [expect.any(String), ['user-typing'], { token: visitor.token }],
      [expect.any(String), [], { token: visitor.token }],
    ])
  })

  test('is refused in rooms that the account does not see, and in closed ones', async () => {
    const { adapter, sandbox } = await openPush()
    const { rid } = openRoom(sandbox)
    sandbox.workspace.closeRoom(rid)
    await expect(adapter.setTyping('nowhere', true, callAs(operator))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(adapter.setTyping(rid, true, callAs(operator))).rejects.toMatchObject({
      code: 'ROOM_CLOSED',
    })
  })
})

describe('markSeen', () => {
  test('marks the room as read by the agent that serves it', async () => {
    const { adapter, sandbox } = await openPush({
      agentCredentials: ({ workspace }) => {
        const { _id: agentId } = workspace.createAgent({ name: 'Own Agent' })
        const { 'x-auth-token': token } = workspace.login(agentId)
        return new Map([['own', { agentId, token }]])
      },
    })
    const { workspace } = sandbox
    const own = { ...operator, name: 'own' }
    const agentId = (await adapter.findOwnAgentId(callAs(own))) ?? ''
    workspace.createVisitor({ token: 'secret-of-a-reader' })
    const { _id: rid } = workspace.openRoom({ token: 'secret-of-a-reader', agentId })
    const { _id: messageId } = workspace.visitorSends(rid, 'Hi')
    const ref = { roomId: rid, threadId: null, messageId }
    await adapter.markSeen(ref, callAs(own))
    expect(workspace.readAt(rid, agentId)).not.toBeNull()
    await expect(adapter.markSeen(ref, callAs(operator))).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(adapter.markSeen({ ...ref, messageId: 'none' }, callAs(own))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
