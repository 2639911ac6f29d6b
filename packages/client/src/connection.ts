/** The connection of a client's subscriptions; requests need none. */
export interface ConnectionState {
  /**
   * `idle` without a subscription; `connecting` until the first one is open; `lost` while the client tries again, without any
   * that is open.
   */
  readonly status: 'idle' | 'connecting' | 'open' | 'lost'
  /** How often it was opened. Read data that no cursor covers again when it grows. */
  readonly opened: number
}

/** The current state of a connection: a store for `useSyncExternalStore` of React, and for other frameworks. */
export interface ConnectionStore {
  readonly current: () => ConnectionState
  /** Calls the listener after each change. Returns the function that ends that. */
  readonly subscribe: (listener: () => void) => () => void
}

/** The states of a subscription, the one that decides first. */
const STATUSES = ['open', 'lost', 'connecting'] as const

type SubscriptionStatus = (typeof STATUSES)[number]

/** Keeps the state of a client's connection, which its subscriptions report. */
export class Connection implements ConnectionStore {
  readonly #statuses = new Map<symbol, SubscriptionStatus>()
  readonly #listeners = new Set<() => void>()
  #state: ConnectionState = { status: 'idle', opened: 0 }

  readonly current = (): ConnectionState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Sets the status of a subscription; null at its end. */
  report(subscription: symbol, subscriptionStatus: SubscriptionStatus | null): void {
    if (subscriptionStatus) this.#statuses.set(subscription, subscriptionStatus)
    else this.#statuses.delete(subscription)
    const current = new Set(this.#statuses.values())
    const status = STATUSES.find((each) => current.has(each)) ?? 'idle'
    if (status === this.#state.status) return
    this.#state = { status, opened: this.#state.opened + Number(status === 'open') }
    for (const listener of this.#listeners) listener()
  }
}
