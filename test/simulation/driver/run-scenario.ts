import { checkActivity } from '../assertions/check-activity.ts'
import { type CheckResult, checkHistories, type Evidence } from '../assertions/check-histories.ts'
import { checkOfflineMessages } from '../assertions/check-offline.ts'
import { checkRateLimit, checkSendPriority } from '../assertions/check-rate-limit.ts'
import { checkRevokedTokens } from '../assertions/check-revoked-tokens.ts'
import { PollerCount } from '../assertions/poller-count.ts'
import { ClientSet } from '../clients/client-set.ts'
import type { Command, Scenario } from '../commands/scenario.ts'
import { CommandActions } from './command-actions.ts'
import { CommandRunner } from './command-runner.ts'
import { DeliveryProbe } from './delivery-probe.ts'
import { type SimulationEnvironment, startEnvironment } from './environment.ts'
import { waitWithin } from './wait-within.ts'

/** What came of a script. */
export interface Outcome extends CheckResult {
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
export async function runScenario(script: Scenario, patienceMs = patienceFor(script)): Promise<Outcome> {
  const world = await startEnvironment(script)
  try {
    return await new Player(script, world, patienceMs).play()
  } finally {
    await world.close()
  }
}

class Player {
  readonly #script: Scenario
  readonly #world: SimulationEnvironment
  readonly #hand: CommandActions
  readonly #cast: ClientSet
  readonly #hearing: DeliveryProbe
  readonly #pollers: PollerCount
  readonly #counts: Record<string, number> = {}
  readonly #wrong: string[] = []
  readonly #patienceMs: number

  constructor(script: Scenario, world: SimulationEnvironment, patienceMs: number) {
    this.#patienceMs = patienceMs
    this.#script = script
    this.#world = world
    this.#cast = new ClientSet(script, world, (what) => this.#count(what))
    this.#hand = new CommandActions(world, this.#cast)
    this.#hearing = new DeliveryProbe(world, this.#hand, this.#cast)
    this.#pollers = new PollerCount(world, this.#cast, patienceMs)
  }

  async play(): Promise<Outcome> {
    this.#cast.connectEarly()
    const doing = new CommandRunner({
      world: this.#world,
      hand: this.#hand,
      cast: this.#cast,
      hearing: this.#hearing,
      pollers: this.#pollers,
    })
    for (const step of this.#script.commands) {
      this.#count(step.do)
      await doing.run(step)
      this.#world.observe()
      this.#pollers.sample()
    }
    const settled = await this.#settle()
    await this.#pollers.expectExact()
    const heeded = this.#cast.connected.filter(({ isRevoked }) => !isRevoked)
    const live = new Set(heeded.flatMap(({ histories }) => histories.at(-1)?.name ?? []))
    this.#cast.disconnectAll()
    await this.#pollers.expectExact()
    const evidence = this.#evidence(settled, live)
    const verdict = checkHistories(evidence)
    const violations = [...this.#ownWrongs(), ...this.#checkTheRest(evidence), ...verdict.violations]
    return { evidence, counts: this.#counts, allowedGaps: verdict.allowedGaps, violations }
  }

  /** Heals all, and waits until everybody who ever came was told of what is said then, twice. */
  async #settle(): Promise<number> {
    const { provider: stage, revoked: refusals, ledger: truth } = this.#world
    this.#hand.clearFaults()
    stage.clock.release()
    refusals.restoreAccount()
    for (const one of this.#cast.subscribers) {
      one.stopInterrupting()
      if (one.hasConnected) one.connect(one.gateway)
    }
    for (const one of this.#cast.accountSubscribers) if (one.connections.length > 0) one.connect(one.gateway)
    await this.#hand.finish()
    this.#world.observe()
    const settled = truth.commits.length
    const ms = this.#patienceMs
    for (const round of ['first end', 'second end']) {
      for (const name of await this.#hearing.expectDelivery(round, ms)) {
        this.#wrong.push(`${name}: heard nothing for ${ms} ms with nothing failing`)
      }
    }
    await this.#hand.finish()
    this.#wrong.push(...(await this.#hearing.undelivered(ms)))
    await this.#hearing.waitForStates(ms)
    await this.#expectRefusals()
    return settled
  }

  /** Who alone has a room read is told that the token is refused; where an operator has it read, within a minute. */
  async #expectRefusals(): Promise<void> {
    const { roomsOfVisitorsOnly: exclusiveRooms } = this.#cast
    const left = () =>
      this.#cast.connected.filter(({ isRevoked, room }) => isRevoked && exclusiveRooms.has(room.id))
    await waitWithin(this.#patienceMs, () => left().length === 0)
    for (const { plan } of left())
      this.#wrong.push(`${plan.name}: its stream goes on with a token that is revoked`)
  }

  #ownWrongs(): readonly string[] {
    const { accountSubscribers: onlookers } = this.#cast
    return [
      ...this.#wrong,
      ...this.#hand.violations,
      ...this.#pollers.violations,
      ...onlookers.flatMap(({ violations: wrong }) => wrong),
    ]
  }

  #checkTheRest({ commits, histories }: Evidence): readonly string[] {
    const { provider: stage, revoked: refusals, actions: deeds, restarts } = this.#world
    const { commands: steps, skewMs } = this.#script
    const isTroubled =
      skewMs !== 0 || steps.some((step) => step.do === 'trouble' || step.do === 'refuse account')
    const areClocksNear = Math.abs(skewMs) < CLOCKS_NEAR_MS
    const of = (stream: 'roomActivity' | 'offlineMessageAdded') =>
      this.#cast.accountSubscribers.filter(({ plan }) => plan.stream === stream)
    const limited = stage.limit
    return [
      ...checkRevokedTokens({
        commits,
        histories,
        revocations: refusals.revocations,
        roomsOfVisitorsOnly: this.#cast.roomsOfVisitorsOnly,
      }),
      ...checkActivity(of('roomActivity'), deeds, isTroubled),
      ...checkOfflineMessages(of('offlineMessageAdded'), this.#hand.offlineRecords, {
        hadFaults: isTroubled,
        areClocksClose: areClocksNear,
      }),
      ...(limited ? checkRateLimit(stage.server.calls, restarts) : []),
      ...(limited ? checkSendPriority(stage.server.calls, this.#hand.sends, limited) : []),
    ]
  }

  #evidence(settled: number, live: ReadonlySet<string>): Evidence {
    const { provider: stage, ledger: truth } = this.#world
    const { all: everybody } = this.#cast
    const stalled = everybody.filter((one) => one.hasStalled).flatMap(({ histories }) => histories)
    this.#counts['commits'] = truth.commits.length
    return {
      commits: truth.commits,
      states: truth.states,
      histories: everybody.flatMap(({ histories }) => histories),
      connected: live,
      requiredCommits: settled,
      viewsByRole: stage.viewsByRole,
      stalled: new Set(stalled.map(({ name }) => name)),
    }
  }

  #count(what: string): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + 1
  }
}

function patienceFor({ commands: steps }: Scenario): number {
  return steps.some(isLong) ? LONG_SETTLING_MS : SETTLING_MS
}

function isLong(step: Command): boolean {
  return step.do === 'flood' || (step.do === 'trouble' && step.trouble === 'too many')
}
