import { setImmediate as turn } from 'node:timers/promises'
import { Cast } from './cast.ts'
import { check, type Evidence, type Verdict } from './check.ts'
import type { Script, Step } from './script.ts'
import { Stagehand } from './stagehand.ts'
import type { Subscriber } from './subscriber.ts'
import { within } from './waiting.ts'
import { type HistoryWorld, openHistoryWorld, type StartGateway } from './world.ts'

/** What came of a script. */
export interface Outcome extends Verdict {
  readonly evidence: Evidence
  /** How often what happened. */
  readonly counts: Readonly<Record<string, number>>
}

/** For how long, at the most, a subscriber may go without word once nothing fails any more. */
const SETTLING_MS = 30_000
/** The same behind a flood, and where calls were refused as too many: the gateway then asks seldom for a while. */
const LONG_SETTLING_MS = 150_000
/** For how long a script waits in its middle, where things may be failing. */
const HEARING_MS = 1_500
const ROUND_MS = 250
const LEAVING_MS = 15_000
const LOOK_MS = 150

/** Plays a script in a world of its own, waits until all is told, and checks what was. */
export async function play(script: Script, start?: StartGateway): Promise<Outcome> {
  const world = await openHistoryWorld(script, start)
  try {
    return await new Player(script, world).play()
  } finally {
    await world.close()
  }
}

class Player {
  readonly #script: Script
  readonly #world: HistoryWorld
  readonly #hand: Stagehand
  readonly #cast: Cast
  readonly #counts: Record<string, number> = {}
  readonly #wrong: string[] = []
  #rounds = 0

  constructor(script: Script, world: HistoryWorld) {
    this.#script = script
    this.#world = world
    this.#hand = new Stagehand(world)
    this.#cast = new Cast(script, world, (what) => this.#count(what))
  }

  async play(): Promise<Outcome> {
    this.#script.subscribers.forEach(({ early }, index) => {
      if (early) this.#cast.pick(index).come(index % this.#world.instances.length)
    })
    for (const step of this.#script.steps) {
      this.#count(step.do)
      await this.#take(step)
      this.#world.observe()
    }
    const settled = await this.#settle()
    await this.#checkPollers()
    const live = new Set(this.#cast.listening.flatMap(({ histories }) => histories.at(-1)?.name ?? []))
    await this.#leave()
    const evidence = this.#evidence(settled, live)
    const verdict = check(evidence)
    const violations = [...this.#wrong, ...this.#hand.wrong, ...verdict.violations]
    return { evidence, counts: this.#counts, excuses: verdict.excuses, violations }
  }

  async #take(step: Step): Promise<void> {
    const { stage, instances } = this.#world
    const hand = this.#hand
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
        return this.#cast.pick(step.who).come(step.gateway % instances.length)
      case 'leave':
        return this.#cast.pick(step.who).leave(step.how)
      case 'touch':
        return this.#touch(step)
      case 'stall':
        return this.#cast.pick(step.who).stall()
      case 'read on':
        return this.#cast.pick(step.who).readOn()
      case 'restart':
        return this.#world.restart(step.gateway % instances.length)
      case 'intrude':
        return hand.intrude(step.room)
      case 'hear':
        this.#rounds += 1
        await this.#everybodyHears(`round ${this.#rounds}`, HEARING_MS)
        return
      case 'look':
        return this.#look(step.times)
      case 'turn':
        for (let times = 0; times < step.times; times += 1) await turn()
    }
  }

  /** Somebody comes, and leaves in the middle of the first call to the provider. */
  async #touch({ who, gateway, how }: Extract<Step, { do: 'touch' }>): Promise<void> {
    const passer = this.#cast.passer(who)
    this.#hand.trouble({ do: 'trouble', trouble: 'slow', times: 1 })
    const { server } = this.#world.stage
    const before = server.calls.at(-1)
    passer.come(gateway)
    await within(LOOK_MS, () => server.calls.at(-1) !== before)
    passer.leave(how)
  }

  /** Lets the provider be asked so many times more. */
  async #look(times: number): Promise<void> {
    const { server } = this.#world.stage
    if (this.#cast.listening.length === 0) return
    for (let done = 0; done < times; done += 1) {
      const before = server.calls.at(-1)
      await within(LOOK_MS, () => server.calls.at(-1) !== before)
    }
  }

  /** Heals all, and waits until everybody who ever came was told of what is said then, twice. */
  async #settle(): Promise<number> {
    this.#hand.heal()
    this.#world.stage.clock.release()
    for (const one of this.#cast.subscribers) {
      one.settle()
      if (one.hasCome) one.come(one.gateway)
    }
    await this.#hand.finish()
    this.#world.observe()
    const settled = this.#world.truth.commits.length
    const ms = this.#script.steps.some(isLong) ? LONG_SETTLING_MS : SETTLING_MS
    for (const round of ['first end', 'second end']) {
      const deaf = await this.#everybodyHears(round, ms)
      for (const { plan } of deaf) {
        this.#wrong.push(`${plan.name}: heard nothing for ${ms} ms with nothing failing`)
      }
    }
    return settled
  }

  /** Says something in each room until everybody who listens has heard of it; gives those who have not in time. */
  async #everybodyHears(round: string, ms: number): Promise<ReadonlySet<Subscriber>> {
    const { stage } = this.#world
    const waiting = new Set(this.#cast.listening)
    const end = performance.now() + ms
    const texts: string[] = []
    // Who begins now may begin after the first: so it is said again.
    while (waiting.size > 0 && performance.now() < end) {
      stage.rooms.forEach((room, index) => {
        const text = `${this.#hand.mark(index)} the ${round} ${texts.length}`
        stage.act(room, { do: 'say', by: 'visitor', text })
        texts.push(text)
      })
      this.#world.observe()
      await within(ROUND_MS, () => {
        for (const one of waiting) if (texts.some((text) => one.hasHeard(text))) waiting.delete(one)
        return waiting.size === 0
      })
    }
    return waiting
  }

  /** Each gateway looks at what its subscribers watch, and at nothing else. */
  async #checkPollers(): Promise<void> {
    const { instances, stage } = this.#world
    for (const [index, { gateway }] of instances.entries()) {
      const here = this.#cast.listening.filter((one) => one.gateway === index)
      const watched = new Set(here.map(({ room, plan }) => (stage.viewsByRole ? plan.role : '') + room.id))
      if (await within(LEAVING_MS, () => gateway.watched().rooms === watched.size)) continue
      this.#wrong.push(`${gateway.watched().rooms} rooms are watched instead of ${watched.size}`)
    }
  }

  async #leave(): Promise<void> {
    for (const one of this.#cast.subscribers) one.leave('complete')
    const counts = () => this.#world.instances.map(({ gateway }) => gateway.watched())
    const left = await within(LEAVING_MS, () => counts().every(({ rooms }) => rooms === 0))
    if (!left) this.#wrong.push(`after all had left, the gateways watch ${JSON.stringify(counts())}`)
  }

  #evidence(settled: number, live: ReadonlySet<string>): Evidence {
    const { stage, truth } = this.#world
    const { everybody } = this.#cast
    const stalled = everybody.filter((one) => one.stalled).flatMap(({ histories }) => histories)
    this.#counts['commits'] = truth.commits.length
    return {
      commits: truth.commits,
      histories: everybody.flatMap(({ histories }) => histories),
      live,
      settled,
      viewsByRole: stage.viewsByRole,
      stalled: new Set(stalled.map(({ name }) => name)),
    }
  }

  #count(what: string): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + 1
  }
}

function isLong(step: Step): boolean {
  return step.do === 'flood' || (step.do === 'trouble' && step.trouble === 'too many')
}
