import type { ProviderPush, PushSubscription } from '../../domain/push.ts'

/** The push of one account's rooms, subscribed to while anybody uses it. */
export class AccountPush {
  readonly #subscribe: NonNullable<ProviderPush['subscribeToAccount']> | null
  readonly #onActivity: () => void
  #subscription: PushSubscription | null = null
  #users = 0

  /** `onActivity` is called when a room of the account has changed, and when it may have while nothing was pushed. */
  constructor(push: ProviderPush | null, onActivity: () => void) {
    this.#subscribe = push?.subscribeToAccount ?? null
    this.#onActivity = onActivity
  }

  /** Subscribes until the returned function is called, once. */
  acquire(): () => void {
    this.#users += 1
    this.#subscription ??= this.#open()
    return () => {
      this.#users -= 1
      if (this.#users > 0) return
      this.#subscription?.close()
      this.#subscription = null
    }
  }

  #open(): PushSubscription | null {
    return (
      this.#subscribe?.({
        onLive: this.#onActivity,
        onActivity: this.#onActivity,
        // The account poller goes on.
        onDown: () => {},
      }) ?? null
    )
  }
}
