/** What is asked, and as whom. */
export interface SubscriptionRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The same credential for `connection_init`. */
  readonly credential: Readonly<Record<string, string>>
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

export interface TransportHandlers {
  /** One GraphQL answer as it came, and the id that server-sent events give it; null where there is none. */
  onResult(text: string, id: string | null): void
  /** Called once, whoever ended it. */
  onEnd(why: string): void
}

export type DisconnectMode = 'complete' | 'close' | 'cut'

/** One subscription over a connection of its own. */
export interface Transport {
  /** Politely, by closing, or by cutting the connection. */
  disconnect(how: DisconnectMode): void
  /** Stops and starts reading from the connection. */
  pause(): void
  resume(): void
}

/** Calls at most once. */
export function once(call: (why: string) => void): (why: string) => void {
  let called = false
  return (why) => {
    if (!called) call(why)
    called = true
  }
}
