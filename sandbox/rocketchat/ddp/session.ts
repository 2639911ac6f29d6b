import { toEjson } from './ejson.ts'
import type { DdpError } from './frames.ts'
import type { Subscription } from './streams.ts'

/** The connection under a session. It writes frames as JSON. */
export interface DdpConnection {
  /** Sends what a client waits for. */
  reply(frame: object): void
  /** Sends what happened, whether or not a client waits for it. */
  push(frame: object): void
  close(code?: number, reason?: string): void
}

/** What a method returns: its result, if it has one, or an error. */
export type MethodOutcome = { readonly result?: unknown } | { readonly error: DdpError }

/** The state of one client: its login and its subscriptions. */
export class DdpSession {
  readonly #connection: DdpConnection
  /** By the client's id. */
  readonly subscriptions = new Map<string, Subscription>()
  /** The client has sent its `connect`. */
  isConnected = false
  /** The user that is logged in, and the login token; null for an anonymous client. */
  login: { readonly userId: string; readonly token: string } | null = null

  constructor(connection: DdpConnection) {
    this.#connection = connection
  }

  /** Sends what the client waits for. */
  reply(frame: object): void {
    this.#connection.reply(toEjson(frame))
  }

  /** Sends what happened in a stream. */
  push(frame: object): void {
    this.#connection.push(toEjson(frame))
  }

  /** Answers a method. `updated` says that its writes are visible. */
  answer(id: string, outcome: MethodOutcome): void {
    this.reply({ msg: 'result', id, ...outcome })
    this.reply({ msg: 'updated', methods: [id] })
  }

  close(code?: number, reason?: string): void {
    this.#connection.close(code, reason)
  }
}
