import { pino } from 'pino'
import { vi } from 'vitest'
import type { Cursor } from '../../../src/cursor/cursor.ts'
import { type Caller, createOperatorCaller } from '../../../src/domain/caller.ts'
import type { RoomEvent } from '../../../src/domain/events.ts'
import type { PushedChange, RoomPushReceiver } from '../../../src/domain/push.ts'
import { Hub } from '../../../src/live/hub.ts'
import { FakeRoom } from '../fake-room.ts'
import { message } from '../message-builders.ts'

export const operator = createOperatorCaller('tester')
export const anne: Caller = { role: 'VISITOR', token: 'anne' }

/** A room that its provider pushes: the test accepts the subscriptions and pushes. Needs fake timers. */
export class PushedRoom {
  readonly room: FakeRoom
  readonly hub = new Hub({
    pollInterval: { activeMs: 1_000, idleMs: 10_000 },
    log: pino({ level: 'silent' }),
  })
  readonly #receivers = new Map<string, RoomPushReceiver>()
  readonly #adapter

  constructor(options?: ConstructorParameters<typeof FakeRoom>[0]) {
    this.room = new FakeRoom(options)
    this.#adapter = {
      ...this.room.adapter,
      push: {
        denialReason: () => null,
        subscribeToRoom: (_roomId: string, caller: Caller, receiver: RoomPushReceiver) => {
          const name = nameOf(caller)
          this.#receivers.set(name, receiver)
          return { aliveAt: performance.now(), close: () => void this.#receivers.delete(name) }
        },
        subscribeToSignals: () => ({ aliveAt: null, close: () => {} }),
        subscribeToAccount: null,
      },
    }
  }

  /** The callers that the provider pushes to, or has not accepted yet. */
  get subscribed(): readonly string[] {
    return [...this.#receivers.keys()]
  }

  /** Subscribes, at the current time unless after a cursor. Resolves when the subscription has started. */
  subscribe(caller: Caller, after?: Cursor): Promise<AsyncIterableIterator<RoomEvent>> {
    return this.hub.subscribe({
      adapter: this.#adapter,
      roomId: 'room',
      caller,
      start: after ? { after } : { since: new Date() },
      isWanted: () => true,
      wantsRoomState: false,
      signal: new AbortController().signal,
      clientAddress: null,
    })
  }

  /** Subscribes, and has the provider accept the push. */
  async subscribePushed(caller: Caller): Promise<AsyncIterableIterator<RoomEvent>> {
    const subscribing = this.subscribe(caller)
    await pass(0)
    this.accept(caller)
    return subscribing
  }

  accept(caller: Caller): void {
    this.#receivers.get(nameOf(caller))?.onLive()
  }

  drop(caller: Caller, isFinal = false): void {
    this.#receivers.get(nameOf(caller))?.onDown('It is down.', isFinal)
  }

  /** Pushes to every subscribed caller. */
  push(...changes: readonly PushedChange[]): void {
    for (const receiver of this.#receivers.values()) for (const change of changes) receiver.onChange(change)
  }

  requestPoll(): void {
    this.hub.requestPoll('fake', 'room')
  }

  live(caller: Caller) {
    return this.hub.getRoomLiveState(this.#adapter, 'room', caller.role)
  }
}

/** A message that is written now. */
export const written = (id: string) => message(id, Date.now())

/** Lets time pass. Needs fake timers. */
export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

/** The next events, as `type id`. */
export async function take(events: AsyncIterator<RoomEvent>, count: number): Promise<readonly string[]> {
  const taken: string[] = []
  for (let index = 0; index < count; index += 1) {
    const { value } = await events.next()
    const { change } = value as RoomEvent
    const id =
      'message' in change ? change.message.ref.messageId : 'ref' in change ? change.ref.messageId : ''
    taken.push(`${change.type} ${id}`.trim())
  }
  return taken
}

function nameOf(caller: Caller): string {
  return caller.role === 'VISITOR' ? caller.token : caller.role.toLowerCase()
}
