import type { Script } from './script.ts'
import { markOf, roomOf, SECRET } from './stagehand.ts'
import { Subscriber, type Surroundings } from './subscriber.ts'
import type { HistoryWorld } from './world.ts'

/** A `Date` header has whole seconds, and its answer took its time. */
const VAGUE_MS = 5_000

/** Everybody who subscribes in a script. */
export class Cast {
  readonly subscribers: readonly Subscriber[]
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
  }

  get everybody(): readonly Subscriber[] {
    return [...this.subscribers, ...this.#passers]
  }

  /** Those who want to be subscribed now. */
  get listening(): readonly Subscriber[] {
    return this.subscribers.filter(({ wanted }) => wanted)
  }

  pick(who: number): Subscriber {
    const one = this.subscribers[who % this.subscribers.length]
    if (!one) throw new Error('a script has subscribers')
    return one
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
    const { stage, time, observe, instances } = this.#world
    return {
      provider: stage.provider,
      time,
      observe,
      count: this.#count,
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
