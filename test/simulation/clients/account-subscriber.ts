import type { HistoryActivitySubscription, HistoryOfflineAddedSubscription } from '../../generated/graphql.ts'
import type { OperationResult } from '../../support/graphql-client.ts'
import type { SimulatedRoom } from '../driver/simulated-provider.ts'
import type { ClientContext } from './client-context.ts'
import { type Credentials, credentialsOf } from './credentials.ts'
import { Activity, OfflineAdded } from './documents.ts'
import { openTransport } from './open-transport.ts'
import { classifyEnding } from './stream-endings.ts'
import type { DisconnectMode, Transport } from './transport.ts'

/** Which stream of a whole account an operator follows, and how. */
export interface AccountSubscriberPlan {
  readonly stream: 'roomActivity' | 'offlineMessageAdded'
  readonly over: 'WebSocket' | 'SSE'
}

/** One connection of an onlooker. Such streams have no cursors: each begins when it begins. Times are the script's. */
export interface AccountConnection {
  /** Unique in the world. */
  readonly gateway: number
  readonly from: number
  /** Infinite while it lasts. */
  until: number
  /** The rooms, by global id, or the texts of the messages. */
  readonly delivered: { readonly at: number; readonly what: string }[]
}

type Told = HistoryActivitySubscription & HistoryOfflineAddedSubscription

const RETRY_MS = 40

/** An operator who follows a whole account, and comes back until it is told to leave. */
export class AccountSubscriber {
  readonly name: string
  readonly plan: AccountSubscriberPlan
  /** In order. */
  readonly connections: AccountConnection[] = []
  /** What it was told that no fault explains. */
  readonly violations: string[] = []
  readonly #around: ClientContext
  readonly #credentials: Credentials
  #line: Transport | null = null
  #wanted = false
  #gateway = 0
  #attempt = 0

  constructor(name: string, plan: AccountSubscriberPlan, room: SimulatedRoom, around: ClientContext) {
    this.name = name
    this.plan = plan
    this.#around = around
    this.#credentials = credentialsOf('OPERATOR', room)
  }

  get isWanted(): boolean {
    return this.#wanted
  }

  /** What it sees now; null where it is not connected. */
  get connection(): AccountConnection | null {
    const last = this.connections.at(-1)
    return last && last.until === Number.POSITIVE_INFINITY ? last : null
  }

  /** The index of its gateway. */
  get gateway(): number {
    return this.#gateway
  }

  connect(gateway: number): void {
    if (this.#wanted) return
    this.#wanted = true
    this.#gateway = gateway
    this.#connect()
  }

  disconnect(how: DisconnectMode): void {
    this.#wanted = false
    this.#attempt += 1
    this.#line?.disconnect(how)
    this.#over()
  }

  #connect(): void {
    this.#attempt += 1
    const attempt = this.#attempt
    const { number, url } = this.#around.gateway(this.#gateway)
    const { time, observe } = this.#around
    const sight: AccountConnection = {
      gateway: number,
      from: time(),
      until: Number.POSITIVE_INFINITY,
      delivered: [],
    }
    this.connections.push(sight)
    const document = this.plan.stream === 'roomActivity' ? Activity : OfflineAdded
    const request = { url, ...this.#credentials, query: document.toString(), variables: {} }
    this.#line = openTransport(this.plan.over, request, {
      onResult: (text) => {
        if (attempt !== this.#attempt) return
        observe()
        this.#answer(sight, text)
      },
      onEnd: (why) => {
        if (attempt === this.#attempt) this.#ended(why)
      },
    })
  }

  #answer({ delivered: told }: AccountConnection, text: string): void {
    const { data, errors } = JSON.parse(text) as OperationResult<Told>
    const what = data?.roomActivity?.id ?? data?.offlineMessageAdded?.text
    this.#around.count(`told by ${this.plan.stream}`)
    if (errors) {
      const line = this.#line
      this.#ended(JSON.stringify(errors))
      line?.disconnect('complete')
    } else if (what !== undefined) told.push({ at: this.#around.time(), what })
  }

  #ended(why: string): void {
    this.#attempt += 1
    const attempt = this.#attempt
    this.#over()
    const ending = classifyEnding(why)
    if (ending === 'senseless' || (ending === 'refused' && !this.#around.revoked.wasAccountRevoked))
      this.violations.push(`${this.name}: was refused with ${why.slice(0, 300)}`)
    setTimeout(() => {
      if (this.#wanted && attempt === this.#attempt) this.#connect()
    }, RETRY_MS)
  }

  #over(): void {
    const { connection: sight } = this
    if (sight) sight.until = this.#around.time()
    this.#line = null
  }
}
