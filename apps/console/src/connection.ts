/** The state of the connection to the gateway. */
export interface ConnectionState {
  readonly status: 'connecting' | 'open' | 'lost'
  /** How often the connection was opened. Data without a cursor is read again after each time. */
  readonly opened: number
}

/** A store of the connection's state for `useSyncExternalStore`. */
export class Connection {
  #state: ConnectionState = { status: 'connecting', opened: 0 }
  readonly #listeners = new Set<() => void>()

  readonly current = (): ConnectionState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  opened(): void {
    this.#become({ status: 'open', opened: this.#state.opened + 1 })
  }

  lost(): void {
    this.#become({ ...this.#state, status: 'lost' })
  }

  #become(state: ConnectionState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
