import { setImmediate as turn } from 'node:timers/promises'
import type { Cast } from './cast.ts'
import type { Hearing } from './hearing.ts'
import type { Pollers } from './pollers.ts'
import type { Step } from './script.ts'
import type { Stagehand } from './stagehand.ts'
import { within } from './waiting.ts'
import type { HistoryWorld } from './world.ts'

/** For how long a script waits in its middle, where things may be failing. */
const HEARING_MS = 1_500
const LOOK_MS = 150

/** Who takes part in a script. */
export interface Company {
  readonly world: HistoryWorld
  readonly hand: Stagehand
  readonly cast: Cast
  readonly hearing: Hearing
  readonly pollers: Pollers
}

/** Takes a script's steps, one by one. */
export class Doing {
  readonly #company: Company
  #rounds = 0

  constructor(company: Company) {
    this.#company = company
  }

  async take(step: Step): Promise<void> {
    const { hand, cast, hearing, pollers } = this.#company
    const { stage, instances, refusals } = this.#company.world
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
        return stage.act(hand.room(step.room), { do: step.do })
      case 'edit':
      case 'preview':
      case 'delete':
        return hand.change(step)
      case 'hold clock':
        return stage.clock.hold()
      case 'release clock':
        return stage.clock.release()
      case 'trouble':
        return hand.trouble(step)
      case 'heal':
        return hand.heal()
      case 'come':
        return cast.pick(step.who).come(step.gateway % instances.length)
      case 'leave':
        return cast.pick(step.who).leave(step.how)
      case 'touch':
        return this.#touch(step)
      case 'stall':
        return cast.pick(step.who).stall()
      case 'read on':
        return cast.pick(step.who).readOn()
      case 'restart':
        return this.#company.world.restart(step.gateway % instances.length)
      case 'intrude':
        return hand.intrude(step.room)
      case 'hear':
        this.#rounds += 1
        await hearing.everybody(`round ${this.#rounds}`, HEARING_MS)
        return
      case 'revoke':
        return hand.revoke(step.room)
      case 'refuse account':
        return refusals.refuseAccount()
      case 'grant account':
        return refusals.grantAccount()
      case 'watch':
        return cast.pickOnlooker(step.who)?.come(step.gateway % instances.length)
      case 'unwatch':
        return cast.pickOnlooker(step.who)?.leave(step.how)
      case 'leave offline':
        return hand.leaveOffline(step)
      case 'count':
        return pollers.count()
      case 'look':
        return this.#look(step.times)
      case 'turn':
        for (let times = 0; times < step.times; times += 1) await turn()
    }
  }

  /** Somebody comes, and leaves in the middle of the first call to the provider. */
  async #touch({ who, gateway, how }: Extract<Step, { do: 'touch' }>): Promise<void> {
    const { cast, hand, world } = this.#company
    const passer = cast.passer(who)
    hand.trouble({ do: 'trouble', trouble: 'slow', times: 1 })
    const { server } = world.stage
    const before = server.calls.at(-1)
    passer.come(gateway % world.instances.length)
    await within(LOOK_MS, () => server.calls.at(-1) !== before)
    passer.leave(how)
  }

  /** Lets the provider be asked so many times more. */
  async #look(times: number): Promise<void> {
    const { server } = this.#company.world.stage
    if (this.#company.cast.listening.length === 0) return
    for (let done = 0; done < times; done += 1) {
      const before = server.calls.at(-1)
      await within(LOOK_MS, () => server.calls.at(-1) !== before)
    }
  }
}
