import type { Scenario } from '../commands/scenario.ts'
import { NOTE_MARKER, roomOf, textPrefixOf } from '../driver/command-actions.ts'
import type { SimulationEnvironment } from '../driver/environment.ts'
import { AccountSubscriber } from './account-subscriber.ts'
import type { ClientContext } from './client-context.ts'
import { RoomSubscriber } from './room-subscriber.ts'

/** A `Date` header has whole seconds, and its response took some time. */
const CLOCK_TOLERANCE_MS = 5_000

/** The clients of a simulation. */
export class ClientSet {
  readonly subscribers: readonly RoomSubscriber[]
  readonly accountSubscribers: readonly AccountSubscriber[]
  /** Clients that connect only briefly. */
  readonly #transient: RoomSubscriber[] = []
  readonly #scenario: Scenario
  readonly #environment: SimulationEnvironment
  readonly #count: (what: string) => void

  constructor(scenario: Scenario, environment: SimulationEnvironment, count: (what: string) => void) {
    this.#scenario = scenario
    this.#environment = environment
    this.#count = count
    this.subscribers = scenario.subscribers.map((plan, index) => this.#subscriber(plan, `s${index}`))
    this.accountSubscribers = scenario.accountSubscribers.map(
      (plan, index) => new AccountSubscriber(`a${index}`, plan, roomOf(environment, 0), this.#context()),
    )
  }

  /** Connects the early clients, to each gateway in turn. */
  connectEarly(): void {
    const { subscribers, accountSubscribers } = this.#scenario
    const gateways = this.#environment.instances.length
    subscribers.forEach(({ early }, index) => {
      if (early) this.subscribers[index]?.connect(index % gateways)
    })
    accountSubscribers.forEach(({ early }, index) => {
      if (early) this.accountSubscribers[index]?.connect(index % gateways)
    })
  }

  disconnectAll(): void {
    for (const client of [...this.subscribers, ...this.accountSubscribers]) client.disconnect('complete')
  }

  get all(): readonly RoomSubscriber[] {
    return [...this.subscribers, ...this.#transient]
  }

  /** The clients that want to be subscribed now. */
  get connected(): readonly RoomSubscriber[] {
    return this.subscribers.filter(({ isWanted }) => isWanted)
  }

  /** Those of them whose token is not revoked. A revoked one may receive events, or nothing. */
  get authorized(): readonly RoomSubscriber[] {
    return this.connected.filter(({ isRevoked }) => !isRevoked)
  }

  /** Changes whenever a client joins or leaves. Null while one is joining, because that takes calls of its own. */
  get connectionState(): string | null {
    const connections = this.all.map(({ isWanted, receivingConnection }) =>
      isWanted ? receivingConnection : 0,
    )
    return connections.includes(null) ? null : connections.join()
  }

  pick(client: number): RoomSubscriber {
    const subscriber = this.subscribers[client % this.subscribers.length]
    if (!subscriber) throw new Error('a scenario has subscribers')
    return subscriber
  }

  /** Null where a scenario has none. */
  pickAccountSubscriber(client: number): AccountSubscriber | null {
    return this.accountSubscribers[client % this.accountSubscribers.length] ?? null
  }

  /** The account subscribers of a stream that want to be subscribed now. */
  subscribersOf(stream: AccountSubscriber['plan']['stream']): readonly AccountSubscriber[] {
    return this.accountSubscribers.filter(({ plan, isWanted }) => isWanted && plan.stream === stream)
  }

  /**
   * The rooms that every gateway reads only with the visitor's token: those of providers where agents and visitors have separate
   * views. Elsewhere the account's list of rooms shows new messages too.
   */
  get roomsOfVisitorsOnly(): ReadonlySet<string> {
    const { rooms, viewsByRole } = this.#environment.provider
    return new Set(viewsByRole ? rooms.map(({ id }) => id) : [])
  }

  /** Adds a client with the plan of the one picked. */
  addTransient(client: number): RoomSubscriber {
    const plan = this.#scenario.subscribers[client % this.#scenario.subscribers.length]
    if (!plan) throw new Error('a scenario has subscribers')
    const transient = this.#subscriber(plan, `t${this.#transient.length}`)
    this.#transient.push(transient)
    return transient
  }

  #subscriber(
    { room, early: _early, ...plan }: Scenario['subscribers'][number],
    name: string,
  ): RoomSubscriber {
    const otherRoom = textPrefixOf(this.#environment, room + 1)
    const forbidden = plan.role === 'VISITOR' ? [otherRoom, NOTE_MARKER] : [otherRoom]
    return new RoomSubscriber({ ...plan, name }, roomOf(this.#environment, room), forbidden, this.#context())
  }

  #context(): ClientContext {
    const { provider, time, observe, instances, revoked } = this.#environment
    return {
      provider: provider.provider,
      time,
      observe,
      count: this.#count,
      revoked,
      clockToleranceMs: () => (this.#hasClockSkew() ? CLOCK_TOLERANCE_MS + provider.clock.maxLagMs : 0),
      gatewayCount: instances.length,
      gateway: (index) => {
        const instance = instances[index % instances.length]
        return { number: instance?.number ?? 0, url: instance?.gateway.url ?? '' }
      },
    }
  }

  /** Whether the provider's clock differs from ours, at least for a while. */
  #hasClockSkew(): boolean {
    const { skewMs, commands } = this.#scenario
    return skewMs !== 0 || commands.some(({ type }) => type === 'hold clock')
  }
}
