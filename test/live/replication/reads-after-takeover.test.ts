import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChatAdapter } from '../../../src/domain/adapter.ts'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import type { Message } from '../../../src/domain/model.ts'
import type { RoomPushReceiver } from '../../../src/domain/push.ts'
import { completeRoom } from './complete-room.ts'
import { describeEvent, openProcesses, POLL_MS, pass, settle, take, written } from './processes.ts'

const operator = createOperatorCaller('tester')

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a room that a process takes over', () => {
  it('is read once, and then what rows of the account show is delivered without a read', async () => {
    const { room, account, subscribe, first, second } = openWithRows()
    await subscribe(first)
    const events = await subscribe(second)
    await pass(3 * POLL_MS)
    account.write(written('a'))
    await pass(3 * POLL_MS)
    room.reads.length = 0
    await first.hub.handOver()
    await pass(3 * POLL_MS)
    expect(room.reads).toEqual(['operator'])
    account.write(written('b'))
    await pass(3 * POLL_MS)
    expect((await take(events, 2)).map(describeEvent)).toEqual(['MessageAdded a', 'MessageAdded b'])
    expect(room.reads).toEqual(['operator'])
  })

  it('is read again where the account counts more than rows have shown', async () => {
    const { room, account, subscribe, first, second } = openWithRows()
    await subscribe(first)
    const events = await subscribe(second)
    await pass(3 * POLL_MS)
    account.write(written('a'))
    await pass(3 * POLL_MS)
    await first.hub.handOver()
    await pass(3 * POLL_MS)
    room.reads.length = 0
    account.write(written('b'))
    account.write({ ...written('c'), createdAt: new Date(Date.now() + 1) })
    await pass(3 * POLL_MS)
    expect((await take(events, 3)).map(describeEvent).slice(1).sort()).toEqual([
      'MessageAdded b',
      'MessageAdded c',
    ])
    expect(room.reads).toEqual(['operator'])
  })

  it('is read once when push is live, with what was pushed before it', async () => {
    const { room, push, subscribe, first, second } = openPushed()
    await subscribe(first)
    const events = await subscribe(second)
    await pass(3 * POLL_MS)
    room.reads.length = 0
    push.answer = 'NONE'
    await first.hub.handOver()
    await pass(100)
    room.putMessages(written('a'))
    expect(room.reads).toEqual([])
    push.goLive()
    await pass(100)
    expect((await take(events, 1)).map(describeEvent)).toEqual(['MessageAdded a'])
    await pass(5 * POLL_MS)
    expect(room.reads).toEqual(['operator'])
  })

  it.each(['REFUSAL', 'NONE'] as const)('is read where the answer to push is: %s', async (answer) => {
    const { room, push, subscribe, first, second } = openPushed()
    await subscribe(first)
    const events = await subscribe(second)
    await pass(3 * POLL_MS)
    push.answer = answer
    await first.hub.handOver()
    room.putMessages(written('a'))
    await pass(3 * POLL_MS)
    expect((await take(events, 1)).map(describeEvent)).toEqual(['MessageAdded a'])
  })
})

type Processes = ReturnType<typeof openProcesses>

function openTwo({ open }: Processes, adapter: ChatAdapter) {
  const subscribe = ({ hub }: ReturnType<Processes['open']>) =>
    settle(
      hub.subscribe({
        adapter,
        roomId: 'room',
        caller: operator,
        start: { since: new Date() },
        isWanted: () => true,
        wantsRoomState: false,
        signal: new AbortController().signal,
        clientAddress: null,
      }),
    )
  return { subscribe, first: open(), second: open() }
}

/** Two processes, and an account whose rows show the newest message of its room, and count its messages. */
function openWithRows() {
  const processes = openProcesses({ activeMs: POLL_MS, idleMs: 100 * POLL_MS })
  const { room } = processes
  const account = {
    newest: null as Message | null,
    write: (message: Message) => {
      room.putMessages(message)
      account.newest = message
    },
  }
  const adapter: ChatAdapter = {
    ...room.adapter,
    readRoomActivity: async (syncToken) => {
      const count = room.messages.size
      const message = account.newest
      const newest = message && { newestMessage: { message, count, writtenAt: message.createdAt } }
      const rows = String(count) === syncToken ? [] : [{ roomId: 'room', room: completeRoom, ...newest }]
      return { rooms: rows, syncToken: String(count), isComplete: true }
    },
  }
  return { room, account, ...openTwo(processes, adapter) }
}

/** Two processes, and a provider that pushes. */
function openPushed() {
  const processes = openProcesses({ activeMs: POLL_MS, idleMs: 100 * POLL_MS })
  const { room } = processes
  const receivers = new Set<RoomPushReceiver>()
  const push = {
    /** What the provider answers to a subscription. */
    answer: 'LIVE' as 'LIVE' | 'REFUSAL' | 'NONE',
    goLive: () => {
      for (const receiver of receivers) receiver.onLive()
    },
  }
  const answer = (receiver: RoomPushReceiver) => {
    if (push.answer === 'LIVE') receiver.onLive()
    if (push.answer === 'REFUSAL') receiver.onDown('It is refused.', true)
  }
  const adapter: ChatAdapter = {
    ...room.adapter,
    push: {
      denialReason: () => null,
      subscribeToRoom: (_roomId, _caller, receiver) => {
        receivers.add(receiver)
        queueMicrotask(() => answer(receiver))
        return { aliveAt: performance.now(), close: () => void receivers.delete(receiver) }
      },
      subscribeToSignals: () => ({ aliveAt: null, close: () => {} }),
      subscribeToAccount: null,
    },
  }
  return { room, push, ...openTwo(processes, adapter) }
}
