import type { ClientSet } from '../clients/client-set.ts'
import type { SimulationEnvironment } from '../driver/environment.ts'
import { waitWithin } from '../driver/wait-within.ts'

/** Compares what the gateways look at with what is watched. */
export class PollerCount {
  readonly violations: string[] = []
  readonly #world: SimulationEnvironment
  readonly #cast: ClientSet
  readonly #patienceMs: number
  /** Since when each gateway has looked at more than is watched, by its index. */
  readonly #excess = new Map<number, number>()

  /** Whoever leaves is noticed at once; a machine that has much to do takes its time, up to `patienceMs`. */
  constructor(world: SimulationEnvironment, cast: ClientSet, patienceMs: number) {
    this.#patienceMs = patienceMs
    this.#world = world
    this.#cast = cast
  }

  /** At any point: what nobody watches is not looked at for long. */
  sample(): void {
    for (const [index, { gateway }] of this.#world.instances.entries()) {
      if (gateway.liveCounts().rooms <= this.#watched(index)) this.#excess.delete(index)
      else if (!this.#excess.has(index)) this.#excess.set(index, this.#world.time())
      const since = this.#excess.get(index) ?? Number.POSITIVE_INFINITY
      if (this.#world.time() - since > this.#patienceMs) this.#tell(index, 'at the most')
    }
  }

  /** At a point: what nobody watches any more is soon not looked at. */
  async expectNoneUnused(): Promise<void> {
    await this.#expect('at the most', (rooms, watched) => rooms <= watched)
  }

  /** Where nothing fails: what is watched is looked at, and nothing else. */
  async expectExact(): Promise<void> {
    await this.#expect('exactly', (rooms, watched) => rooms === watched)
  }

  async #expect(how: string, holds: (rooms: number, watched: number) => boolean): Promise<void> {
    for (const [index, { gateway }] of this.#world.instances.entries()) {
      const isSo = () => holds(gateway.liveCounts().rooms, this.#watched(index))
      if (!(await waitWithin(this.#patienceMs, isSo))) this.#tell(index, how)
    }
  }

  #watched(index: number): number {
    const { viewsByRole } = this.#world.provider
    const here = this.#cast.all.filter((one) => one.isWanted && one.gateway === index)
    return new Set(here.map(({ room, plan }) => (viewsByRole ? plan.role : '') + room.id)).size
  }

  #tell(index: number, how: string): void {
    const rooms = this.#world.instances[index]?.gateway.liveCounts().rooms
    this.violations.push(`${rooms} rooms are watched instead of ${how} ${this.#watched(index)}`)
  }
}
