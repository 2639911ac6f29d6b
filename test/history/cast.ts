import { Onlooker } from './onlooker.ts'
import type { Script } from './script.ts'
import { markOf, roomOf, SECRET } from './stagehand.ts'
import { Subscriber } from './subscriber.ts'
import type { Surroundings } from './surroundings.ts'
import type { HistoryWorld } from './world.ts'

/** A `Date` header has whole seconds, and its answer took its time. */
const VAGUE_MS = 5_000

/** Everybody who subscribes in a script. */
export class Cast {
  readonly subscribers: readonly Subscriber[]
  readonly onlookers: readonly Onlooker[]
  /** Who came to leave at once. */
  readonly #passers: Subscriber[] = []
  readonly #script: Script
  readonly #world: HistoryWorld
  readonly #count: (what: string) => void

  constructor(script: Script, world: HistoryWorld, count: (what: string) => void) {
    this.#script = script
    this.#world = world
    this.#count = count
    this.subscribers = script.subscribers.map((plan, index) => this.#subscriber(plan, `s${index}`))
    this.onlookers = script.onlookers.map(
      (plan, index) => new Onlooker(`o${index}`, plan, roomOf(world, 0), this.#surroundings()),
    )
  }

  /** Who is there before anything happens comes, to one gateway each in turn. */
  begin(): void {
    const { subscribers, onlookers } = this.#script
    const gateways = this.#world.instances.length
    subscribers.forEach(({ early }, index) => {
      if (early) this.subscribers[index]?.come(index % gateways)
    })
    onlookers.forEach(({ early }, index) => {
      if (early) this.onlookers[index]?.come(index % gateways)
    })
  }

  /** Everybody goes. */
  end(): void {
    for (const one of [...this.subscribers, ...this.onlookers]) one.leave('complete')
  }

  get everybody(): readonly Subscriber[] {
    return [...this.subscribers, ...this.#passers]
  }

  /** Those who want to be subscribed now. */
  get listening(): readonly Subscriber[] {
    return this.subscribers.filter(({ wanted }) => wanted)
  }

  /** Changes whenever anybody joins or leaves; null while anybody is about to join, which takes calls of its own. */
  get calm(): string | null {
    const connections = this.everybody.map(({ wanted, established }) => (wanted ? established : 0))
    return connections.includes(null) ? null : connections.join()
  }

  pick(who: number): Subscriber {
    const one = this.subscribers[who % this.subscribers.length]
    if (!one) throw new Error('a script has subscribers')
    return one
  }

  /** Null where a script has none. */
  pickOnlooker(who: number): Onlooker | null {
    return this.onlookers[who % this.onlookers.length] ?? null
  }

  /** The onlookers of a stream that are there now. */
  lookingAt(stream: Onlooker['plan']['stream']): readonly Onlooker[] {
    return this.onlookers.filter(({ plan, wanted }) => wanted && plan.stream === stream)
  }

  /**
   * The rooms that are read with the visitor's token alone, from whichever gateway: that is every room where agents and
   * visitors are shown it differently.
   */
  get exclusiveRooms(): ReadonlySet<string> {
    const { rooms, viewsByRole } = this.#world.stage
    const shared = this.everybody.filter(({ plan }) => plan.role === 'OPERATOR').map(({ room }) => room.id)
    return new Set(rooms.map(({ id }) => id).filter((id) => viewsByRole || !shared.includes(id)))
  }

  /** Another one with the plan of the one picked. */
  passer(who: number): Subscriber {
    const plan = this.#script.subscribers[who % this.#script.subscribers.length]
    if (!plan) throw new Error('a script has subscribers')
    const passer = this.#subscriber(plan, `p${this.#passers.length}`)
    this.#passers.push(passer)
    return passer
  }

  #subscriber({ room, early: _early, ...plan }: Script['subscribers'][number], name: string): Subscriber {
    const other = markOf(this.#world, room + 1)
    const foreign = plan.role === 'VISITOR' ? [other, SECRET] : [other]
    return new Subscriber({ ...plan, name }, roomOf(this.#world, room), foreign, this.#surroundings())
  }

  #surroundings(): Surroundings {
    const { stage, time, observe, instances, refusals } = this.#world
    return {
      provider: stage.provider,
      time,
      observe,
      count: this.#count,
      refusals,
      vagueMs: this.#clocksPart() ? VAGUE_MS : 0,
      gateway: (index) => {
        const instance = instances[index % instances.length]
        return { number: instance?.number ?? 0, url: instance?.gateway.url ?? '' }
      },
    }
  }

  /** Whether the provider's clock shows another time than ours, at least for a while. */
  #clocksPart(): boolean {
    const { skewMs, steps } = this.#script
    return skewMs !== 0 || steps.some((step) => step.do === 'hold clock')
  }
}
