/** Whether the gateway is there, for whoever shows or needs it. */
export interface ConnectionState {
  readonly status: 'connecting' | 'open' | 'lost'
  /** Counts how often the connection was opened: what has no cursor is read anew after each. */
  readonly opened: number
}

/** A small store of the connection's state, of the shape that `useSyncExternalStore` takes. */
export class Connection {
  #state: ConnectionState = { status: 'connecting', opened: 0 }
  readonly #listeners = new Set<() => void>()

  readonly current = (): ConnectionState => this.#state

  readonly listen = (listener: () => void): (() => void) => {
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
