import type { Caller } from '../../src/domain/caller.ts'
import type { ProviderPush, PushSubscription, SignalReceiver } from '../../src/domain/push.ts'
import type { PushedSignal } from '../../src/domain/signals.ts'

/** A subscription at the fake provider, which the test scripts through its receiver. */
export interface FakeSignalSubscription {
  readonly roomId: string
  readonly caller: Caller
  readonly receiver: SignalReceiver
  isClosed: boolean
}

/** A provider's push that does what the test says: it accepts nothing by itself unless `onSubscribe` does. */
export class FakePush implements ProviderPush {
  /** All subscriptions to signals, in order. */
  readonly subscriptions: FakeSignalSubscription[] = []
  readonly subscribeToAccount = null
  /** Called within each `subscribeToSignals`. */
  onSubscribe: (subscription: FakeSignalSubscription) => void = () => {}
  denialReason: (caller: Caller) => string | null = () => null

  /** The open subscriptions. */
  get open(): readonly FakeSignalSubscription[] {
    return this.subscriptions.filter(({ isClosed }) => !isClosed)
  }

  /** Pushes a signal to every open subscription. */
  push(signal: PushedSignal): void {
    for (const { receiver } of this.open) receiver.onSignal(signal)
  }

  subscribeToRoom(): never {
    throw new Error('This push has signals only.')
  }

  subscribeToSignals(roomId: string, caller: Caller, receiver: SignalReceiver): PushSubscription {
    const subscription: FakeSignalSubscription = { roomId, caller, receiver, isClosed: false }
    this.subscriptions.push(subscription)
    this.onSubscribe(subscription)
    return {
      aliveAt: null,
      close: () => {
        if (subscription.isClosed) throw new Error('It was closed twice.')
        subscription.isClosed = true
      },
    }
  }
}
