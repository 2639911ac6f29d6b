import type { Cast } from './cast.ts'
import { within } from './waiting.ts'
import type { HistoryWorld } from './world.ts'

/** Compares what the gateways look at with what is watched. */
export class Pollers {
  readonly wrong: string[] = []
  readonly #world: HistoryWorld
  readonly #cast: Cast
  readonly #patienceMs: number
  /** Since when each gateway has looked at more than is watched, by its index. */
  readonly #excess = new Map<number, number>()

  /** Whoever leaves is noticed at once; a machine that has much to do takes its time, up to `patienceMs`. */
  constructor(world: HistoryWorld, cast: Cast, patienceMs: number) {
    this.#patienceMs = patienceMs
    this.#world = world
    this.#cast = cast
  }

  /** At any point: what nobody watches is not looked at for long. */
  glance(): void {
    for (const [index, { gateway }] of this.#world.instances.entries()) {
      if (gateway.watched().rooms <= this.#watched(index)) this.#excess.delete(index)
      else if (!this.#excess.has(index)) this.#excess.set(index, this.#world.time())
      const since = this.#excess.get(index) ?? Number.POSITIVE_INFINITY
      if (this.#world.time() - since > this.#patienceMs) this.#tell(index, 'at the most')
    }
  }

  /** At a point: what nobody watches any more is soon not looked at. */
  async count(): Promise<void> {
    await this.#expect('at the most', (rooms, watched) => rooms <= watched)
  }

  /** Where nothing fails: what is watched is looked at, and nothing else. */
  async countAll(): Promise<void> {
    await this.#expect('exactly', (rooms, watched) => rooms === watched)
  }

  async #expect(how: string, holds: (rooms: number, watched: number) => boolean): Promise<void> {
    for (const [index, { gateway }] of this.#world.instances.entries()) {
      const isSo = () => holds(gateway.watched().rooms, this.#watched(index))
      if (!(await within(this.#patienceMs, isSo))) this.#tell(index, how)
    }
  }

  #watched(index: number): number {
    const { viewsByRole } = this.#world.stage
    const here = this.#cast.everybody.filter((one) => one.wanted && one.gateway === index)
    return new Set(here.map(({ room, plan }) => (viewsByRole ? plan.role : '') + room.id)).size
  }

  #tell(index: number, how: string): void {
    const rooms = this.#world.instances[index]?.gateway.watched().rooms
    this.wrong.push(`${rooms} rooms are watched instead of ${how} ${this.#watched(index)}`)
  }
}
