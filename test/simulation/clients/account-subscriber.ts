import type { HistoryActivitySubscription, HistoryOfflineAddedSubscription } from '../../generated/graphql.ts'
import type { OperationResult } from '../../support/graphql-client.ts'
import type { SimulatedRoom } from '../driver/simulated-provider.ts'
import type { ClientContext } from './client-context.ts'
import { type Credentials, credentialsOf } from './credentials.ts'
import { Activity, OfflineAdded } from './documents.ts'
import { openTransport } from './open-transport.ts'
import { classifyEnding } from './stream-endings.ts'
import type { DisconnectMode, Transport } from './transport.ts'

/** The account-wide stream that an operator subscribes to, and the transport. */
export interface AccountSubscriberPlan {
  readonly stream: 'roomActivity' | 'offlineMessageAdded'
  readonly over: 'WebSocket' | 'SSE'
}

/** One connection. Account-wide streams have no cursors. Times are of the scenario's clock. */
export interface AccountConnection {
  /** The gateway's number. */
  readonly gateway: number
  readonly from: number
  /** Infinite while it lasts. */
  until: number
  /** Global room ids, or texts of offline messages. */
  readonly delivered: { readonly at: number; readonly item: string }[]
}

type AccountEventData = HistoryActivitySubscription & HistoryOfflineAddedSubscription

const RETRY_MS = 40

/** An operator that subscribes to a whole account, and reconnects until it is disconnected. */
export class AccountSubscriber {
  readonly name: string
  readonly plan: AccountSubscriberPlan
  /** In order. */
  readonly connections: AccountConnection[] = []
  /** Errors that no fault explains. */
  readonly violations: string[] = []
  readonly #context: ClientContext
  readonly #credentials: Credentials
  #transport: Transport | null = null
  #isWanted = false
  #gateway = 0
  #attempt = 0

  constructor(name: string, plan: AccountSubscriberPlan, room: SimulatedRoom, context: ClientContext) {
    this.name = name
    this.plan = plan
    this.#context = context
    this.#credentials = credentialsOf('OPERATOR', room)
  }

  get isWanted(): boolean {
    return this.#isWanted
  }

  /** The current connection; null where there is none. */
  get connection(): AccountConnection | null {
    const last = this.connections.at(-1)
    return last && last.until === Number.POSITIVE_INFINITY ? last : null
  }

  /** The index of its gateway. */
  get gateway(): number {
    return this.#gateway
  }

  connect(gateway: number): void {
    if (this.#isWanted) return
    this.#isWanted = true
    this.#gateway = gateway
    this.#connect()
  }

  disconnect(how: DisconnectMode): void {
    this.#isWanted = false
    this.#attempt += 1
    this.#transport?.disconnect(how)
    this.#closed()
  }

  #connect(): void {
    this.#attempt += 1
    const attempt = this.#attempt
    const { number, url } = this.#context.gateway(this.#gateway)
    const { time, observe } = this.#context
    const connection: AccountConnection = {
      gateway: number,
      from: time(),
      until: Number.POSITIVE_INFINITY,
      delivered: [],
    }
    this.connections.push(connection)
    const document = this.plan.stream === 'roomActivity' ? Activity : OfflineAdded
    const request = { url, ...this.#credentials, query: document.toString(), variables: {} }
    this.#transport = openTransport(this.plan.over, request, {
      onResult: (text) => {
        if (attempt !== this.#attempt) return
        observe()
        this.#handleResult(connection, text)
      },
      onEnd: (reason) => {
        if (attempt === this.#attempt) this.#ended(reason)
      },
    })
  }

  #handleResult({ delivered }: AccountConnection, text: string): void {
    const { data, errors } = JSON.parse(text) as OperationResult<AccountEventData>
    const item = data?.roomActivity?.id ?? data?.offlineMessageAdded?.text
    this.#context.count(`received from ${this.plan.stream}`)
    if (errors) {
      const transport = this.#transport
      this.#ended(JSON.stringify(errors))
      transport?.disconnect('complete')
    } else if (item !== undefined) delivered.push({ at: this.#context.time(), item })
  }

  #ended(reason: string): void {
    this.#attempt += 1
    const attempt = this.#attempt
    this.#closed()
    const ending = classifyEnding(reason)
    if (ending === 'unexpected' || (ending === 'rejected' && !this.#context.revoked.wasAccountRevoked))
      this.violations.push(`${this.name}: was rejected with ${reason.slice(0, 300)}`)
    setTimeout(() => {
      if (this.#isWanted && attempt === this.#attempt) this.#connect()
    }, RETRY_MS)
  }

  #closed(): void {
    const { connection } = this
    if (connection) connection.until = this.#context.time()
    this.#transport = null
  }
}
