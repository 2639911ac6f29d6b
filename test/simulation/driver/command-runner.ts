import { setImmediate as turn } from 'node:timers/promises'
import type { PollerCount } from '../assertions/poller-count.ts'
import type { ClientSet } from '../clients/client-set.ts'
import type { Command } from '../commands/scenario.ts'
import type { CommandActions } from './command-actions.ts'
import type { DeliveryProbe } from './delivery-probe.ts'
import type { SimulationEnvironment } from './environment.ts'
import { waitWithin } from './wait-within.ts'

/** For how long a script waits in its middle, where things may be failing. */
const HEARING_MS = 1_500
const LOOK_MS = 150

/** Who takes part in a script. */
export interface SimulationParts {
  readonly world: SimulationEnvironment
  readonly hand: CommandActions
  readonly cast: ClientSet
  readonly hearing: DeliveryProbe
  readonly pollers: PollerCount
}

/** Takes a script's steps, one by one. */
export class CommandRunner {
  readonly #company: SimulationParts
  #rounds = 0

  constructor(company: SimulationParts) {
    this.#company = company
  }

  async run(step: Command): Promise<void> {
    const { hand, cast, hearing, pollers } = this.#company
    const { provider: stage, instances, revoked: refusals } = this.#company.world
    switch (step.do) {
      case 'say':
        return hand.say(step)
      case 'burst':
        return hand.burst(step)
      case 'flood':
        return hand.flood(step.room, () => this.#look(2))
      case 'say late':
        return hand.sayLate(step)
      case 'note':
        return hand.note(step.room)
      case 'close':
      case 'reopen':
      case 'change quietly':
        return stage.perform(hand.room(step.room), { do: step.do })
      case 'edit':
      case 'preview':
      case 'delete':
        return hand.change(step)
      case 'hold clock':
        return stage.clock.hold()
      case 'release clock':
        return stage.clock.release()
      case 'trouble':
        return hand.injectFault(step)
      case 'heal':
        return hand.clearFaults()
      case 'come':
        return cast.pick(step.who).connect(step.gateway % instances.length)
      case 'leave':
        return cast.pick(step.who).disconnect(step.how)
      case 'touch':
        return this.#touch(step)
      case 'stall':
        return cast.pick(step.who).pauseReading()
      case 'read on':
        return cast.pick(step.who).resumeReading()
      case 'restart':
        return this.#company.world.restart(step.gateway % instances.length)
      case 'intrude':
        return hand.subscribeAsStranger(step.room)
      case 'hear':
        this.#rounds += 1
        await hearing.expectDelivery(`round ${this.#rounds}`, HEARING_MS)
        return
      case 'revoke':
        return hand.revoke(step.room)
      case 'refuse account':
        return refusals.revokeAccount()
      case 'grant account':
        return refusals.restoreAccount()
      case 'watch':
        return cast.pickAccountSubscriber(step.who)?.connect(step.gateway % instances.length)
      case 'unwatch':
        return cast.pickAccountSubscriber(step.who)?.disconnect(step.how)
      case 'leave offline':
        return hand.leaveOffline(step)
      case 'count':
        return pollers.expectNoneUnused()
      case 'look':
        return this.#look(step.times)
      case 'turn':
        for (let times = 0; times < step.times; times += 1) await turn()
    }
  }

  /** Somebody comes, and leaves in the middle of the first call to the provider. */
  async #touch({ who, gateway, how }: Extract<Command, { do: 'touch' }>): Promise<void> {
    const { cast, hand, world } = this.#company
    const passer = cast.addTransient(who)
    hand.injectFault({ do: 'trouble', trouble: 'slow', times: 1 })
    const { server } = world.provider
    const before = server.calls.at(-1)
    passer.connect(gateway % world.instances.length)
    await waitWithin(LOOK_MS, () => server.calls.at(-1) !== before)
    passer.disconnect(how)
  }

  /** Lets the provider be asked so many times more. */
  async #look(times: number): Promise<void> {
    const { server } = this.#company.world.provider
    if (this.#company.cast.connected.length === 0) return
    for (let done = 0; done < times; done += 1) {
      const before = server.calls.at(-1)
      await waitWithin(LOOK_MS, () => server.calls.at(-1) !== before)
    }
  }
}
