/** The operation, and the credential in both forms. */
export interface SubscriptionRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The same credential for `connection_init`. */
  readonly credential: Readonly<Record<string, string>>
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

export interface TransportHandlers {
  /** One GraphQL result as text, and the event id of server-sent events; null where there is none. */
  onResult(text: string, id: string | null): void
  /** Called once, whichever side ended it. */
  onEnd(reason: string): void
}

export type DisconnectMode = 'complete' | 'close' | 'cut'

/** One subscription over a connection of its own. */
export interface Transport {
  /** Completes the operation, closes the connection, or cuts it. */
  disconnect(how: DisconnectMode): void
  /** Stops and starts reading from the connection. */
  pause(): void
  resume(): void
}

/** Calls at most once. */
export function once(call: (reason: string) => void): (reason: string) => void {
  let called = false
  return (reason) => {
    if (!called) call(reason)
    called = true
  }
}
