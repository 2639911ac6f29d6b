/** What is asked, and as whom. */
export interface LineRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The same credential for `connection_init`. */
  readonly credential: Readonly<Record<string, string>>
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

export interface LineEvents {
  /** One GraphQL answer as it came, and the id that server-sent events give it; null where there is none. */
  answer(text: string, id: string | null): void
  /** Called once, whoever ended it. */
  ended(why: string): void
}

export type Leaving = 'complete' | 'close' | 'cut'

/** One subscription over a connection of its own. */
export interface Line {
  /** Politely, by closing, or by cutting the connection. */
  leave(how: Leaving): void
  /** Stops and starts reading from the connection. */
  pause(): void
  readOn(): void
}

/** Calls at most once. */
export function once(call: (why: string) => void): (why: string) => void {
  let called = false
  return (why) => {
    if (!called) call(why)
    called = true
  }
}
