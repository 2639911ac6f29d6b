import { beforeEach, expect, test, vi } from 'vitest'
import type { CallContext, ChatAdapter } from '../../../../src/domain/adapter.ts'
import type { Priority } from '../../../../src/domain/priority.ts'
import { silentLog } from '../../../support/log.ts'
import { openPush, openRoom, operator, subscribeToLiveRoom } from '../push/open-push.ts'

const HISTORY = 'GET /api/v1/livechat/messages.history/:rid'
const INFO = 'GET /api/v1/rooms.info'
const A_MINUTE_MS = 60_001

const callWith = (priority: Priority): CallContext => ({
  caller: operator,
  log: silentLog,
  signal: new AbortController().signal,
  priority,
})

/** Polls a room. */
const poll = (adapter: ChatAdapter, rid: string) =>
  adapter.readRecentMessages(rid, null, callWith('background'))

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  // Caches take the time 0 for none.
  vi.advanceTimersByTime(A_MINUTE_MS)
  return () => void vi.useRealTimers()
})

/** A room that a poll has read. */
async function openPolledRoom() {
  const opened = await openPush()
  const room = openRoom(opened.sandbox)
  opened.sandbox.workspace.visitorSends(room.rid, 'Hello')
  await poll(opened.adapter, room.rid)
  opened.sandbox.clearCalls()
  return { ...opened, ...room }
}

test('a poll of a quiet room costs its history only', async () => {
  const { sandbox, adapter, rid } = await openPolledRoom()
  for (const _ of ['audit', 'next audit']) {
    vi.advanceTimersByTime(20 * A_MINUTE_MS)
    await poll(adapter, rid)
  }
  expect(sandbox.counts()).toEqual({ [HISTORY]: 2 })
})

test('what a poll has not shown yet is checked, once a minute', async () => {
  const { sandbox, adapter, rid } = await openPolledRoom()
  vi.advanceTimersByTime(A_MINUTE_MS)
  sandbox.workspace.visitorSends(rid, 'Anybody?')
  const { messages } = await poll(adapter, rid)
  expect(messages.at(-1)?.text).toBe('Anybody?')
  expect(sandbox.counts()).toEqual({ [HISTORY]: 1, [INFO]: 1 })
  sandbox.workspace.visitorSends(rid, 'Hello?')
  await poll(adapter, rid)
  expect(sandbox.counts()).toEqual({ [HISTORY]: 2, [INFO]: 1 })
})

test('an account that must not see the room any more reads nothing new of it', async () => {
  const { sandbox, adapter, rid } = await openPolledRoom()
  vi.advanceTimersByTime(A_MINUTE_MS)
  sandbox.workspace.visitorSends(rid, 'Anybody?')
  sandbox.workspace.setPermissionRoles('view-livechat-rooms', [])
  await expect(poll(adapter, rid)).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('a person’s read is checked, whatever polls have shown', async () => {
  const { sandbox, adapter, rid } = await openPolledRoom()
  vi.advanceTimersByTime(A_MINUTE_MS)
  await adapter.readRecentMessages(rid, null, callWith('interactive'))
  expect(sandbox.counts()).toEqual({ [HISTORY]: 1, [INFO]: 1 })
})

test('a message that was pushed to the account proves that it sees the room', async () => {
  const { sandbox, adapter, push, rid } = await openPolledRoom()
  const { expectNext } = await subscribeToLiveRoom(push, rid, operator)
  vi.advanceTimersByTime(A_MINUTE_MS)
  sandbox.workspace.visitorSends(rid, 'Anybody?')
  await expectNext('Message')
  const { messages } = await poll(adapter, rid)
  expect(messages.at(-1)?.text).toBe('Anybody?')
  expect(sandbox.counts()).toEqual({ [HISTORY]: 1 })
})

test('a visitor who was deleted: the poll checks, and reads the room otherwise', async () => {
  const { sandbox, adapter, rid, token } = await openPolledRoom()
  vi.advanceTimersByTime(A_MINUTE_MS)
  sandbox.workspace.forgetVisitor(token)
  const { messages } = await poll(adapter, rid)
  expect(messages.map(({ text }) => text)).toContain('Hello')
  expect(sandbox.counts()).toMatchObject({ [INFO]: 1, 'GET /api/v1/chat.syncMessages': 1 })
})
