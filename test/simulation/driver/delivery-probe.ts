import { undeliveredRooms } from '../assertions/check-activity.ts'
import { hasReceivedOffline, undeliveredMessages } from '../assertions/check-offline.ts'
import type { AccountConnection, AccountSubscriber } from '../clients/account-subscriber.ts'
import type { ClientSet } from '../clients/client-set.ts'
import { undeliveredState } from '../oracle/room-states.ts'
import type { CommandActions } from './command-actions.ts'
import type { SimulationEnvironment } from './environment.ts'
import { waitWithin } from './wait-within.ts'

const ROUND_MS = 250

/** Somebody who should hear of something, and how to see whether they have. */
interface Waiting {
  readonly name: string
  hasHeard(): boolean
}

/** Says things until everybody has heard of them. */
export class DeliveryProbe {
  readonly #world: SimulationEnvironment
  readonly #hand: CommandActions
  readonly #cast: ClientSet

  constructor(world: SimulationEnvironment, hand: CommandActions, cast: ClientSet) {
    this.#world = world
    this.#hand = hand
    this.#cast = cast
  }

  /**
   * Says something in each room, and leaves a message, until everybody who is there has heard of it; gives the names of
   * those who have not in time.
   */
  async expectDelivery(round: string, ms: number): Promise<readonly string[]> {
    const { provider: stage, observe } = this.#world
    const texts: string[] = []
    const since = this.#world.time()
    const waiting = new Set<Waiting>([...this.#subscribers(texts), ...this.#onlookers(since)])
    const end = performance.now() + ms
    // Who begins now may begin after the first: so it is said again.
    while (waiting.size > 0 && performance.now() < end) {
      stage.rooms.forEach((room, index) => {
        const text = `${this.#hand.textPrefix(index)} the ${round} ${texts.length}`
        stage.perform(room, { do: 'say', by: 'visitor', text })
        texts.push(text)
      })
      this.#leaveOffline()
      observe()
      await waitWithin(ROUND_MS, () => {
        for (const one of waiting) if (one.hasHeard()) waiting.delete(one)
        return waiting.size === 0
      })
    }
    return [...waiting].map(({ name }) => name)
  }

  /** Waits until the onlookers have been told of all that happened while they were there; gives what they were not told. */
  async undelivered(ms: number): Promise<readonly string[]> {
    const { ledger: truth, provider: stage } = this.#world
    const isListed = (text: string) => stage.offlineList?.has(text) ?? false
    const untold = () => [
      ...this.#cast.subscribersOf('roomActivity').flatMap(({ name, connection: sight }) => {
        const rooms = sight ? undeliveredRooms(sight, truth.commits) : ['any room']
        return rooms.map((room) => `${name}: was not told of ${room} after the last thing in it`)
      }),
      ...this.#cast.subscribersOf('offlineMessageAdded').flatMap(({ name, connection: sight }) => {
        const texts = sight
          ? undeliveredMessages(sight, this.#hand.offlineRecords, isListed)
          : ['any message']
        return texts.map((text) => `${name}: was not told of "${text}"`)
      }),
    ]
    await waitWithin(ms, () => untold().length === 0)
    return untold()
  }

  /** Waits until everybody who listens knows the state of the room: what they do not know is found out when it is checked. */
  async waitForStates(ms: number): Promise<void> {
    const { states } = this.#world.ledger
    const heeded = this.#cast.connected.filter(({ isRevoked }) => !isRevoked)
    await waitWithin(ms, () =>
      heeded.every(({ histories }) => {
        const last = histories.at(-1)
        return last === undefined || undeliveredState(last, states) === null
      }),
    )
  }

  #subscribers(texts: readonly string[]): readonly Waiting[] {
    // Whose token is revoked may hear of it, or nothing.
    const heeded = this.#cast.connected.filter(({ isRevoked }) => !isRevoked)
    return heeded.map((one) => ({
      name: one.plan.name,
      hasHeard: () => !one.isWanted || texts.some((text) => one.hasReceived(text)),
    }))
  }

  #onlookers(since: number): readonly Waiting[] {
    const hasList = this.#world.provider.offlineList !== null
    const hears = (has: (sight: AccountConnection) => boolean) => (one: AccountSubscriber) => ({
      name: one.name,
      hasHeard: () => !one.isWanted || (one.connection !== null && has(one.connection)),
    })
    return [
      ...this.#cast
        .subscribersOf('roomActivity')
        .map(hears(({ delivered: told }) => told.some(({ at }) => at >= since))),
      ...this.#cast
        .subscribersOf('offlineMessageAdded')
        .map(hears((sight) => hasReceivedOffline(sight, this.#hand.offlineRecords, { since, hasList }))),
    ]
  }

  /** One at each gateway at which somebody watches them. */
  #leaveOffline(): void {
    const gateways = new Set(this.#cast.subscribersOf('offlineMessageAdded').map(({ gateway }) => gateway))
    for (const gateway of gateways) this.#hand.leaveOffline({ through: 'gateway', gateway })
    if (gateways.size > 0) this.#hand.leaveOffline({ through: 'provider', gateway: 0 })
  }
}
