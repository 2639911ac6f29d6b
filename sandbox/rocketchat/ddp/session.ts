import type { ServerConnection } from '../../push-connection.ts'
import { toEjson } from './ejson.ts'
import type { DdpError } from './frames.ts'

/** What a method returns: its result, if it has one, or an error. */
export type MethodOutcome = { readonly result?: unknown } | { readonly error: DdpError | object }

/** A subscription of one event of a stream. */
export interface Subscription {
  readonly session: DdpSession
  /** Chosen by the client. */
  readonly id: string
  readonly stream: string
  readonly event: string
}

/** The state of one client: its login and its subscriptions. */
export class DdpSession {
  readonly connection: ServerConnection
  /** By the client's id. A subscription that the server has ended silently stays here. */
  readonly subscriptions = new Map<string, Subscription>()
  /** The client has sent its `connect`. */
  isConnected = false
  /** The user that is logged in, and the login token; null for an anonymous client. */
  login: { readonly userId: string; readonly token: string } | null = null

  constructor(connection: ServerConnection) {
    this.connection = connection
  }

  /** Sends what the client waits for. */
  reply(frame: object): void {
    this.connection.reply(toEjson(frame))
  }

  /** Sends what happened in a stream. */
  push(frame: object): void {
    this.connection.push(toEjson(frame))
  }

  /** Answers a method. `updated` says that its writes are visible. */
  answer(id: string, outcome: MethodOutcome): void {
    this.reply({ msg: 'result', id, ...outcome })
    this.reply({ msg: 'updated', methods: [id] })
  }
}
