import type { ClientSet } from '../clients/client-set.ts'
import type { SimulationEnvironment } from '../driver/environment.ts'
import { waitWithin } from '../driver/wait-within.ts'

/** Compares the rooms that the gateways poll with the rooms that clients subscribe to. */
export class PollerCount {
  readonly violations: string[] = []
  readonly #environment: SimulationEnvironment
  readonly #clients: ClientSet
  readonly #timeoutMs: number
  /** Since when each gateway polls more rooms than it has subscribed, by its index. */
  readonly #excessSince = new Map<number, number>()

  /** A disconnect takes effect at once; on a busy machine within `timeoutMs`. */
  constructor(environment: SimulationEnvironment, clients: ClientSet, timeoutMs: number) {
    this.#timeoutMs = timeoutMs
    this.#environment = environment
    this.#clients = clients
  }

  /** Called after every command: no room is polled for long without a subscriber. */
  sample(): void {
    const { instances, time } = this.#environment
    for (const [index, { gateway }] of instances.entries()) {
      if (gateway.liveCounts().rooms <= this.countSubscribed(index)) this.#excessSince.delete(index)
      else if (!this.#excessSince.has(index)) this.#excessSince.set(index, time())
      const since = this.#excessSince.get(index) ?? Number.POSITIVE_INFINITY
      if (time() - since > this.#timeoutMs) this.#report(index, 'at most')
    }
  }

  /** Waits until no room is polled without a subscriber. */
  async expectNoneUnused(): Promise<void> {
    await this.#expect('at most', (rooms, subscribed) => rooms <= subscribed)
  }

  /** Without faults: waits until exactly the subscribed rooms are polled. */
  async expectExact(): Promise<void> {
    await this.#expect('exactly', (rooms, subscribed) => rooms === subscribed)
  }

  async #expect(how: string, holds: (rooms: number, subscribed: number) => boolean): Promise<void> {
    for (const [index, { gateway }] of this.#environment.instances.entries()) {
      const isRight = () => holds(gateway.liveCounts().rooms, this.countSubscribed(index))
      if (!(await waitWithin(this.#timeoutMs, isRight))) this.#report(index, how)
    }
  }

  /** The number of rooms that clients subscribe to at a gateway, by its index; each view counts where they are polled separately. */
  countSubscribed(index: number): number {
    const { viewsByRole } = this.#environment.provider
    const subscribers = this.#clients.all.filter(({ isWanted, gateway }) => isWanted && gateway === index)
    return new Set(subscribers.map(({ room, plan }) => (viewsByRole ? plan.role : '') + room.id)).size
  }

  #report(index: number, how: string): void {
    const rooms = this.#environment.instances[index]?.gateway.liveCounts().rooms
    this.violations.push(`${rooms} rooms are polled instead of ${how} ${this.countSubscribed(index)}`)
  }
}
