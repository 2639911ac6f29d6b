import type { Scenario } from '../commands/scenario.ts'
import { NOTE_MARKER, roomOf, textPrefixOf } from '../driver/command-actions.ts'
import type { SimulationEnvironment } from '../driver/environment.ts'
import { AccountSubscriber } from './account-subscriber.ts'
import type { ClientContext } from './client-context.ts'
import { RoomSubscriber } from './room-subscriber.ts'

/** A `Date` header has whole seconds, and its answer took its time. */
const VAGUE_MS = 5_000

/** Everybody who subscribes in a script. */
export class ClientSet {
  readonly subscribers: readonly RoomSubscriber[]
  readonly accountSubscribers: readonly AccountSubscriber[]
  /** Who came to leave at once. */
  readonly #passers: RoomSubscriber[] = []
  readonly #script: Scenario
  readonly #world: SimulationEnvironment
  readonly #count: (what: string) => void

  constructor(script: Scenario, world: SimulationEnvironment, count: (what: string) => void) {
    this.#script = script
    this.#world = world
    this.#count = count
    this.subscribers = script.subscribers.map((plan, index) => this.#subscriber(plan, `s${index}`))
    this.accountSubscribers = script.accountSubscribers.map(
      (plan, index) => new AccountSubscriber(`o${index}`, plan, roomOf(world, 0), this.#surroundings()),
    )
  }

  /** Who is there before anything happens comes, to one gateway each in turn. */
  connectEarly(): void {
    const { subscribers, accountSubscribers: onlookers } = this.#script
    const gateways = this.#world.instances.length
    subscribers.forEach(({ early }, index) => {
      if (early) this.subscribers[index]?.connect(index % gateways)
    })
    onlookers.forEach(({ early }, index) => {
      if (early) this.accountSubscribers[index]?.connect(index % gateways)
    })
  }

  /** Everybody goes. */
  disconnectAll(): void {
    for (const one of [...this.subscribers, ...this.accountSubscribers]) one.disconnect('complete')
  }

  get all(): readonly RoomSubscriber[] {
    return [...this.subscribers, ...this.#passers]
  }

  /** Those who want to be subscribed now. */
  get connected(): readonly RoomSubscriber[] {
    return this.subscribers.filter(({ isWanted: wanted }) => wanted)
  }

  /** Changes whenever anybody joins or leaves; null while anybody is about to join, which takes calls of its own. */
  get connectionState(): string | null {
    const connections = this.all.map(({ isWanted: wanted, receivingConnection: established }) =>
      wanted ? established : 0,
    )
    return connections.includes(null) ? null : connections.join()
  }

  pick(who: number): RoomSubscriber {
    const one = this.subscribers[who % this.subscribers.length]
    if (!one) throw new Error('a script has subscribers')
    return one
  }

  /** Null where a script has none. */
  pickAccountSubscriber(who: number): AccountSubscriber | null {
    return this.accountSubscribers[who % this.accountSubscribers.length] ?? null
  }

  /** The onlookers of a stream that are there now. */
  subscribersOf(stream: AccountSubscriber['plan']['stream']): readonly AccountSubscriber[] {
    return this.accountSubscribers.filter(({ plan, isWanted: wanted }) => wanted && plan.stream === stream)
  }

  /**
   * The rooms that are read with the visitor's token alone, from whichever gateway: that is every room where agents and
   * visitors are shown it differently.
   */
  get roomsOfVisitorsOnly(): ReadonlySet<string> {
    const { rooms, viewsByRole } = this.#world.provider
    const shared = this.all.filter(({ plan }) => plan.role === 'OPERATOR').map(({ room }) => room.id)
    return new Set(rooms.map(({ id }) => id).filter((id) => viewsByRole || !shared.includes(id)))
  }

  /** Another one with the plan of the one picked. */
  addTransient(who: number): RoomSubscriber {
    const plan = this.#script.subscribers[who % this.#script.subscribers.length]
    if (!plan) throw new Error('a script has subscribers')
    const passer = this.#subscriber(plan, `p${this.#passers.length}`)
    this.#passers.push(passer)
    return passer
  }

  #subscriber(
    { room, early: _early, ...plan }: Scenario['subscribers'][number],
    name: string,
  ): RoomSubscriber {
    const other = textPrefixOf(this.#world, room + 1)
    const foreign = plan.role === 'VISITOR' ? [other, NOTE_MARKER] : [other]
    return new RoomSubscriber({ ...plan, name }, roomOf(this.#world, room), foreign, this.#surroundings())
  }

  #surroundings(): ClientContext {
    const { provider: stage, time, observe, instances, revoked: refusals } = this.#world
    return {
      provider: stage.provider,
      time,
      observe,
      count: this.#count,
      revoked: refusals,
      clockToleranceMs: this.#clocksPart() ? VAGUE_MS : 0,
      gateway: (index) => {
        const instance = instances[index % instances.length]
        return { number: instance?.number ?? 0, url: instance?.gateway.url ?? '' }
      },
    }
  }

  /** Whether the provider's clock shows another time than ours, at least for a while. */
  #clocksPart(): boolean {
    const { skewMs, commands: steps } = this.#script
    return skewMs !== 0 || steps.some((step) => step.do === 'hold clock')
  }
}
