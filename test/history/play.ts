import { Cast } from './cast.ts'
import { check, type Evidence, type Verdict } from './check.ts'
import { checkActivity } from './check-activity.ts'
import { checkBudget, checkSends } from './check-limit.ts'
import { checkOffline } from './check-offline.ts'
import { checkRevoked } from './check-revoked.ts'
import { Doing } from './doing.ts'
import { Hearing } from './hearing.ts'
import { Pollers } from './pollers.ts'
import type { Script, Step } from './script.ts'
import { Stagehand } from './stagehand.ts'
import { within } from './waiting.ts'
import { type HistoryWorld, openHistoryWorld } from './world.ts'

/** What came of a script. */
export interface Outcome extends Verdict {
  readonly evidence: Evidence
  /** How often what happened. */
  readonly counts: Readonly<Record<string, number>>
}

/** So far may a provider's clock be from ours for offline messages to be told by their times. */
const CLOCKS_NEAR_MS = 120_000
/** For how long, at the most, anybody may go without word once nothing fails any more. */
const SETTLING_MS = 30_000
/** The same behind a flood, and where calls were refused as too many: the gateway then asks seldom for a while. */
const LONG_SETTLING_MS = 150_000

/** Plays a script in a world of its own, waits until all is told (for `patienceMs` at each point), and checks what was. */
export async function play(script: Script, patienceMs = patienceFor(script)): Promise<Outcome> {
  const world = await openHistoryWorld(script)
  try {
    return await new Player(script, world, patienceMs).play()
  } finally {
    await world.close()
  }
}

class Player {
  readonly #script: Script
  readonly #world: HistoryWorld
  readonly #hand: Stagehand
  readonly #cast: Cast
  readonly #hearing: Hearing
  readonly #pollers: Pollers
  readonly #counts: Record<string, number> = {}
  readonly #wrong: string[] = []
  readonly #patienceMs: number

  constructor(script: Script, world: HistoryWorld, patienceMs: number) {
    this.#patienceMs = patienceMs
    this.#script = script
    this.#world = world
    this.#cast = new Cast(script, world, (what) => this.#count(what))
    this.#hand = new Stagehand(world, this.#cast)
    this.#hearing = new Hearing(world, this.#hand, this.#cast)
    this.#pollers = new Pollers(world, this.#cast, patienceMs)
  }

  async play(): Promise<Outcome> {
    this.#cast.begin()
    const doing = new Doing({
      world: this.#world,
      hand: this.#hand,
      cast: this.#cast,
      hearing: this.#hearing,
      pollers: this.#pollers,
    })
    for (const step of this.#script.steps) {
      this.#count(step.do)
      await doing.take(step)
      this.#world.observe()
      this.#pollers.glance()
    }
    const settled = await this.#settle()
    await this.#pollers.countAll()
    const heeded = this.#cast.listening.filter(({ isRevoked }) => !isRevoked)
    const live = new Set(heeded.flatMap(({ histories }) => histories.at(-1)?.name ?? []))
    this.#cast.end()
    await this.#pollers.countAll()
    const evidence = this.#evidence(settled, live)
    const verdict = check(evidence)
    const violations = [...this.#ownWrongs(), ...this.#checkTheRest(evidence), ...verdict.violations]
    return { evidence, counts: this.#counts, excuses: verdict.excuses, violations }
  }

  /** Heals all, and waits until everybody who ever came was told of what is said then, twice. */
  async #settle(): Promise<number> {
    const { stage, refusals, truth } = this.#world
    this.#hand.heal()
    stage.clock.release()
    refusals.grantAccount()
    for (const one of this.#cast.subscribers) {
      one.settle()
      if (one.hasCome) one.come(one.gateway)
    }
    for (const one of this.#cast.onlookers) if (one.sights.length > 0) one.come(one.gateway)
    await this.#hand.finish()
    this.#world.observe()
    const settled = truth.commits.length
    const ms = this.#patienceMs
    for (const round of ['first end', 'second end']) {
      for (const name of await this.#hearing.everybody(round, ms)) {
        this.#wrong.push(`${name}: heard nothing for ${ms} ms with nothing failing`)
      }
    }
    await this.#hand.finish()
    this.#wrong.push(...(await this.#hearing.all(ms)))
    await this.#hearing.states(ms)
    await this.#expectRefusals()
    return settled
  }

  /** Who alone has a room read is told that the token is refused; where an operator has it read, within a minute. */
  async #expectRefusals(): Promise<void> {
    const { exclusiveRooms } = this.#cast
    const left = () =>
      this.#cast.listening.filter(({ isRevoked, room }) => isRevoked && exclusiveRooms.has(room.id))
    await within(this.#patienceMs, () => left().length === 0)
    for (const { plan } of left())
      this.#wrong.push(`${plan.name}: its stream goes on with a token that is revoked`)
  }

  #ownWrongs(): readonly string[] {
    const { onlookers } = this.#cast
    return [
      ...this.#wrong,
      ...this.#hand.wrong,
      ...this.#pollers.wrong,
      ...onlookers.flatMap(({ wrong }) => wrong),
    ]
  }

  #checkTheRest({ commits, histories }: Evidence): readonly string[] {
    const { stage, refusals, deeds, restarts } = this.#world
    const { steps, skewMs } = this.#script
    const isTroubled =
      skewMs !== 0 || steps.some((step) => step.do === 'trouble' || step.do === 'refuse account')
    const areClocksNear = Math.abs(skewMs) < CLOCKS_NEAR_MS
    const of = (stream: 'roomActivity' | 'offlineMessageAdded') =>
      this.#cast.onlookers.filter(({ plan }) => plan.stream === stream)
    const limited = stage.limit
    return [
      ...checkRevoked({
        commits,
        histories,
        revocations: refusals.revocations,
        exclusive: this.#cast.exclusiveRooms,
      }),
      ...checkActivity(of('roomActivity'), deeds, isTroubled),
      ...checkOffline(of('offlineMessageAdded'), this.#hand.left, { isTroubled, areClocksNear }),
      ...(limited ? checkBudget(stage.server.calls, restarts) : []),
      ...(limited ? checkSends(stage.server.calls, this.#hand.sendings, limited) : []),
    ]
  }

  #evidence(settled: number, live: ReadonlySet<string>): Evidence {
    const { stage, truth } = this.#world
    const { everybody } = this.#cast
    const stalled = everybody.filter((one) => one.stalled).flatMap(({ histories }) => histories)
    this.#counts['commits'] = truth.commits.length
    return {
      commits: truth.commits,
      states: truth.states,
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

function patienceFor({ steps }: Script): number {
  return steps.some(isLong) ? LONG_SETTLING_MS : SETTLING_MS
}

function isLong(step: Step): boolean {
  return step.do === 'flood' || (step.do === 'trouble' && step.trouble === 'too many')
}
