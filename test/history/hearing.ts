import type { Cast } from './cast.ts'
import { untoldRooms } from './check-activity.ts'
import { hasHeardOffline, untoldMessages } from './check-offline.ts'
import type { Onlooker, Sight } from './onlooker.ts'
import { untoldState } from './room-states.ts'
import type { Stagehand } from './stagehand.ts'
import { within } from './waiting.ts'
import type { HistoryWorld } from './world.ts'

const ROUND_MS = 250

/** Somebody who should hear of something, and how to see whether they have. */
interface Waiting {
  readonly name: string
  hasHeard(): boolean
}

/** Says things until everybody has heard of them. */
export class Hearing {
  readonly #world: HistoryWorld
  readonly #hand: Stagehand
  readonly #cast: Cast

  constructor(world: HistoryWorld, hand: Stagehand, cast: Cast) {
    this.#world = world
    this.#hand = hand
    this.#cast = cast
  }

  /**
   * Says something in each room, and leaves a message, until everybody who is there has heard of it; gives the names of
   * those who have not in time.
   */
  async everybody(round: string, ms: number): Promise<readonly string[]> {
    const { stage, observe } = this.#world
    const texts: string[] = []
    const since = this.#world.time()
    const waiting = new Set<Waiting>([...this.#subscribers(texts), ...this.#onlookers(since)])
    const end = performance.now() + ms
    // Who begins now may begin after the first: so it is said again.
    while (waiting.size > 0 && performance.now() < end) {
      stage.rooms.forEach((room, index) => {
        const text = `${this.#hand.mark(index)} the ${round} ${texts.length}`
        stage.act(room, { do: 'say', by: 'visitor', text })
        texts.push(text)
      })
      this.#leaveOffline()
      observe()
      await within(ROUND_MS, () => {
        for (const one of waiting) if (one.hasHeard()) waiting.delete(one)
        return waiting.size === 0
      })
    }
    return [...waiting].map(({ name }) => name)
  }

  /** Waits until the onlookers have been told of all that happened while they were there; gives what they were not told. */
  async all(ms: number): Promise<readonly string[]> {
    const { truth, stage } = this.#world
    const isListed = (text: string) => stage.offlineList?.has(text) ?? false
    const untold = () => [
      ...this.#cast.lookingAt('roomActivity').flatMap(({ name, sight }) => {
        const rooms = sight ? untoldRooms(sight, truth.commits) : ['any room']
        return rooms.map((room) => `${name}: was not told of ${room} after the last thing in it`)
      }),
      ...this.#cast.lookingAt('offlineMessageAdded').flatMap(({ name, sight }) => {
        const texts = sight ? untoldMessages(sight, this.#hand.left, isListed) : ['any message']
        return texts.map((text) => `${name}: was not told of "${text}"`)
      }),
    ]
    await within(ms, () => untold().length === 0)
    return untold()
  }

  /** Waits until everybody who listens knows the state of the room: what they do not know is found out when it is checked. */
  async states(ms: number): Promise<void> {
    const { states } = this.#world.truth
    const heeded = this.#cast.listening.filter(({ isRevoked }) => !isRevoked)
    await within(ms, () =>
      heeded.every(({ histories }) => {
        const last = histories.at(-1)
        return last === undefined || untoldState(last, states) === null
      }),
    )
  }

  #subscribers(texts: readonly string[]): readonly Waiting[] {
    // Whose token is revoked may hear of it, or nothing.
    const heeded = this.#cast.listening.filter(({ isRevoked }) => !isRevoked)
    return heeded.map((one) => ({
      name: one.plan.name,
      hasHeard: () => !one.wanted || texts.some((text) => one.hasHeard(text)),
    }))
  }

  #onlookers(since: number): readonly Waiting[] {
    const hasList = this.#world.stage.offlineList !== null
    const hears = (has: (sight: Sight) => boolean) => (one: Onlooker) => ({
      name: one.name,
      hasHeard: () => !one.wanted || (one.sight !== null && has(one.sight)),
    })
    return [
      ...this.#cast.lookingAt('roomActivity').map(hears(({ told }) => told.some(({ at }) => at >= since))),
      ...this.#cast
        .lookingAt('offlineMessageAdded')
        .map(hears((sight) => hasHeardOffline(sight, this.#hand.left, { since, hasList }))),
    ]
  }

  /** One at each gateway at which somebody watches them. */
  #leaveOffline(): void {
    const gateways = new Set(this.#cast.lookingAt('offlineMessageAdded').map(({ gateway }) => gateway))
    for (const gateway of gateways) this.#hand.leaveOffline({ through: 'gateway', gateway })
    if (gateways.size > 0) this.#hand.leaveOffline({ through: 'provider', gateway: 0 })
  }
}
