import { pino } from 'pino'
import { expect, vi } from 'vitest'
import { decodeCursor } from '../../../src/cursor/cursor.ts'
import { type Caller, createOperatorCaller } from '../../../src/domain/caller.ts'
import type { RoomEvent } from '../../../src/domain/events.ts'
import type { Message } from '../../../src/domain/model.ts'
import type { SubscriptionStart } from '../../../src/live/changes/first-events.ts'
import { Hub } from '../../../src/live/hub.ts'
import { FakeRoom } from '../fake-room.ts'
import { message } from '../message-builders.ts'
import { MemoryLiveLog } from './memory-live-log.ts'

/** The poll interval of processes that share a log. */
export const POLL_MS = 1_000
const operator = createOperatorCaller('tester')

/** Processes that share a log, and a provider with one room. */
export function openProcesses(pollInterval = { activeMs: POLL_MS, idleMs: POLL_MS }) {
  const log = new MemoryLiveLog()
  const room = new FakeRoom()
  const open = () => {
    const process = log.process()
    const hub = new Hub({
      pollInterval,
      log: pino({ level: 'silent' }),
      sharing: { ...process, callerSecret: Buffer.from('secret') },
    })
    return { hub, worker: process.worker }
  }
  const subscribe = (
    { hub }: ReturnType<typeof open>,
    start: SubscriptionStart = { since: new Date() },
    signal = new AbortController().signal,
    caller: Caller = operator,
  ) =>
    settle(
      hub.subscribe({
        adapter: room.adapter,
        roomId: 'room',
        caller,
        start,
        isWanted: () => true,
        wantsRoomState: false,
        signal,
        clientAddress: null,
      }),
    )
  return { log, room, open, subscribe }
}

/** Lets the subscription start while timers are fake. */
export async function settle<T>(started: Promise<T>): Promise<T> {
  // A rejection in this millisecond is the caller's, below.
  started.catch(() => {})
  await pass(1)
  return started
}

/** A message that is written now. */
export const written = (id: string): Message => message(id, Date.now())
/** Lets time pass. */
export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

/** The next events of a stream. */
export async function take(events: AsyncIterator<RoomEvent>, count: number): Promise<readonly RoomEvent[]> {
  const taken: RoomEvent[] = []
  while (taken.length < count) taken.push((await events.next()).value as RoomEvent)
  return taken
}

/** Where an event stands in the log. */
export const logPositionOf = (event: RoomEvent | undefined) =>
  event && decodeCursor(event.cursor)?.logPosition

/** The type of an event, and the id of its message. */
export function describeEvent({ change }: RoomEvent): string {
  const id = 'message' in change ? change.message.ref.messageId : 'ref' in change ? change.ref.messageId : ''
  return `${change.type} ${id}`
}

/** The start of a subscription after an event. */
export function resumeAfter(event: RoomEvent | undefined): SubscriptionStart {
  const cursor = event && decodeCursor(event.cursor)
  return cursor ? { after: cursor } : expect.fail('the event has no cursor')
}
