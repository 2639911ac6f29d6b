import { expect } from 'vitest'
import type {
  AccountPushReceiver,
  PushedChange,
  PushStateReceiver,
  RoomPushReceiver,
  SignalReceiver,
} from '../../src/domain/push.ts'
import type { PushedSignal } from '../../src/domain/signals.ts'

/** What a receiver of push was told. */
export type PushEvent =
  | { readonly type: 'Live' }
  | {
      readonly type: 'Down'
      readonly reason: string
      readonly isFinal: boolean
      readonly code: string | null
    }
  | { readonly type: 'Activity'; readonly roomId: string }
  | PushedChange
  | PushedSignal

export type Down = Extract<PushEvent, { type: 'Down' }>

/** A receiver of every kind of push, and what it was told. */
export interface RecordedPush {
  readonly receiver: RoomPushReceiver & SignalReceiver & AccountPushReceiver
  /** What was told and not taken yet, in order. */
  readonly events: readonly PushEvent[]
  /** Takes the next event. */
  next(): Promise<PushEvent>
  /** Takes the next event, which is of this type. */
  expectNext<T extends PushEvent['type']>(type: T): Promise<Extract<PushEvent, { type: T }>>
  /** Takes events until one is of this type. */
  until<T extends PushEvent['type']>(type: T): Promise<Extract<PushEvent, { type: T }>>
}

/** Creates a receiver that records what it is told. */
export function recordPush(): RecordedPush {
  const events: PushEvent[] = []
  let wake = (): void => {}
  const record = (event: PushEvent): void => {
    events.push(event)
    wake()
  }
  const state: PushStateReceiver = {
    onLive: () => record({ type: 'Live' }),
    onDown: (reason, isFinal, error) => record({ type: 'Down', reason, isFinal, code: error?.code ?? null }),
  }
  const next = async (): Promise<PushEvent> => {
    while (events.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return events.shift() ?? expect.fail('two wait for one event')
  }
  return {
    receiver: {
      ...state,
      onChange: record,
      onSignal: record,
      onActivity: (roomId) => record({ type: 'Activity', roomId }),
    },
    events,
    next,
    async expectNext(type) {
      const event = await next()
      if (isOfType(event, type)) return event
      return expect.fail(`${JSON.stringify(event)} came where ${type} was due`)
    },
    async until(type) {
      for (;;) {
        const event = await next()
        if (isOfType(event, type)) return event
      }
    },
  }
}

function isOfType<T extends PushEvent['type']>(
  event: PushEvent,
  type: T,
): event is Extract<PushEvent, { type: T }> {
  return event.type === type
}
