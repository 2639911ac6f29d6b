import { checkActivity } from '../assertions/check-activity.ts'
import { type CheckResult, checkHistories, type Evidence } from '../assertions/check-histories.ts'
import { checkOfflineMessages } from '../assertions/check-offline.ts'
import { checkRateLimit, checkSendPriority } from '../assertions/check-rate-limit.ts'
import { checkRevokedTokens } from '../assertions/check-revoked-tokens.ts'
import { PollerCount } from '../assertions/poller-count.ts'
import { ClientSet } from '../clients/client-set.ts'
import { type Command, losesReplicas, type Scenario, type WebhookTiming } from '../commands/scenario.ts'
import type { Disturbance } from '../oracle/disturbance.ts'
import { CommandActions } from './command-actions.ts'
import { CommandRunner } from './command-runner.ts'
import { DeliveryProbe } from './delivery-probe.ts'
import { PUSH_TIMES, type SimulationEnvironment, startEnvironment } from './environment.ts'
import { waitWithin } from './wait-within.ts'

/** The result of a scenario. */
export interface Outcome extends CheckResult {
  readonly evidence: Evidence
  /** How often each thing happened. */
  readonly counts: Readonly<Record<string, number>>
}

/** Offline messages are compared by time only where the provider's clock is closer than this to ours. */
const CLOSE_CLOCKS_MS = 120_000
/** How long a client may take to receive something once all faults are cleared. */
const FINAL_TIMEOUT_MS = 30_000
/** The same after a flood or a rate-limit response, because the gateway then polls rarely for a while. */
const LONG_FINAL_TIMEOUT_MS = 150_000
/** How often it is tested whether audits have found everything. */
const AUDIT_TEST_MS = 50

/**
 * Runs a scenario in an environment of its own, waits until everything is delivered (up to `timeoutMs` at each point), and
 * checks what the clients received.
 */
export async function runScenario(scenario: Scenario, timeoutMs = timeoutFor(scenario)): Promise<Outcome> {
  const environment = await startEnvironment(scenario)
  try {
    return await new ScenarioRun(scenario, environment, timeoutMs).run()
  } finally {
    await environment.close()
  }
}

class ScenarioRun {
  readonly #scenario: Scenario
  readonly #environment: SimulationEnvironment
  readonly #actions: CommandActions
  readonly #clients: ClientSet
  readonly #probe: DeliveryProbe
  readonly #pollers: PollerCount
  readonly #counts: Record<string, number> = {}
  readonly #violations: string[] = []
  readonly #timeoutMs: number

  constructor(scenario: Scenario, environment: SimulationEnvironment, timeoutMs: number) {
    this.#timeoutMs = timeoutMs
    this.#scenario = scenario
    this.#environment = environment
    this.#clients = new ClientSet(scenario, environment, (what) => this.#count(what))
    this.#actions = new CommandActions(environment, this.#clients)
    this.#probe = new DeliveryProbe(environment, this.#actions, this.#clients)
    this.#pollers = new PollerCount(environment, this.#clients, timeoutMs)
  }

  async run(): Promise<Outcome> {
    this.#clients.connectEarly()
    const runner = new CommandRunner({
      environment: this.#environment,
      actions: this.#actions,
      clients: this.#clients,
      probe: this.#probe,
      pollers: this.#pollers,
    })
    for (const command of this.#scenario.commands) {
      this.#count(command.type)
      await runner.run(command)
      this.#environment.observe()
      this.#pollers.sample()
    }
    const requiredCommits = await this.#expectFinalDelivery()
    await this.#pollers.expectExact()
    const connected = this.#connected
    this.#clients.disconnectAll()
    await this.#pollers.expectExact()
    const evidence = this.#evidence(requiredCommits, connected)
    const { violations, ...result } = checkHistories(evidence)
    return {
      evidence,
      ...result,
      counts: this.#counts,
      violations: [...this.#ownViolations(), ...this.#otherChecks(evidence), ...violations],
    }
  }

  /** Clears all faults, reconnects every client, and waits until each has received two more messages. */
  async #expectFinalDelivery(): Promise<number> {
    const { provider, revoked, ledger, observe } = this.#environment
    this.#actions.clearFaults()
    this.#actions.clearPushFaults()
    await this.#environment.restoreDatabases()
    provider.clock.release()
    revoked.restoreAccount()
    for (const subscriber of this.#clients.subscribers) {
      subscriber.stopInterrupting()
      if (subscriber.hasConnected) subscriber.connect(subscriber.gateway)
    }
    for (const subscriber of this.#clients.accountSubscribers) {
      if (subscriber.connections.length > 0) subscriber.connect(subscriber.gateway)
    }
    await this.#actions.finish()
    observe()
    const requiredCommits = ledger.commits.length
    const ms = this.#timeoutMs
    for (const round of ['first end', 'second end']) {
      for (const name of await this.#probe.expectDelivery(round, ms)) {
        this.#violations.push(`${name}: received nothing for ${ms} ms without faults`)
      }
    }
    await this.#actions.finish()
    this.#violations.push(...(await this.#probe.undelivered(ms)))
    await this.#probe.waitForStates(ms)
    if (this.#scenario.push) await this.#waitForAudits(requiredCommits)
    await this.#expectRejections()
    return requiredCommits
  }

  /** What push has lost is found by the next audits, in silence. The checks report what is missing. */
  async #waitForAudits(requiredCommits: number): Promise<void> {
    const hasEverything = () => !checkHistories(this.#evidence(requiredCommits, this.#connected)).isIncomplete
    await waitWithin(this.#timeoutMs, hasEverything, AUDIT_TEST_MS)
  }

  /** The names of the histories that continue. */
  get #connected(): ReadonlySet<string> {
    return new Set(this.#clients.authorized.flatMap(({ histories }) => histories.at(-1)?.name ?? []))
  }

  /** A revoked token ends its streams at once where nobody else has the room polled, and within a minute otherwise. */
  async #expectRejections(): Promise<void> {
    const { roomsOfVisitorsOnly } = this.#clients
    const remaining = () =>
      this.#clients.connected.filter(({ isRevoked, room }) => isRevoked && roomsOfVisitorsOnly.has(room.id))
    await waitWithin(this.#timeoutMs, () => remaining().length === 0)
    for (const { plan } of remaining())
      this.#violations.push(`${plan.name}: its stream continues with a revoked token`)
  }

  #ownViolations(): readonly string[] {
    return [
      ...this.#violations,
      ...this.#actions.violations,
      ...this.#pollers.violations,
      ...this.#clients.accountSubscribers.flatMap(({ violations }) => violations),
    ]
  }

  #otherChecks({ commits, histories }: Evidence): readonly string[] {
    const { provider, revoked, actions, restarts, hasFailedToShare, isStoreShared } = this.#environment
    const { commands, skewMs } = this.#scenario
    const hadFaults =
      skewMs !== 0 || commands.some(({ type }) => type === 'inject fault' || type === 'revoke account')
    const areClocksClose = Math.abs(skewMs) < CLOSE_CLOCKS_MS
    const subscribersOf = (stream: 'roomActivity' | 'offlineMessageAdded') =>
      this.#clients.accountSubscribers.filter(({ plan }) => plan.stream === stream)
    const { limit, server } = provider
    return [
      ...checkRevokedTokens({
        commits,
        histories,
        revocations: revoked.revocations,
        roomsOfVisitorsOnly: this.#clients.roomsOfVisitorsOnly,
      }),
      // A gateway that shares nothing reports what the others report, too.
      ...(hasFailedToShare
        ? []
        : checkActivity(subscribersOf('roomActivity'), actions, { hadFaults, isStoreShared })),
      ...checkOfflineMessages(subscribersOf('offlineMessageAdded'), this.#actions.offlineRecords, {
        hadFaults,
        areClocksClose,
        isStoreShared,
      }),
      ...(limit ? checkRateLimit(server.calls, restarts) : []),
      ...(limit ? checkSendPriority(server.calls, this.#actions.sends, limit) : []),
    ]
  }

  #evidence(requiredCommits: number, connected: ReadonlySet<string>): Evidence {
    const { provider, ledger } = this.#environment
    const { all } = this.#clients
    const stalled = all.filter(({ hasStalled }) => hasStalled).flatMap(({ histories }) => histories)
    this.#counts['commits'] = ledger.commits.length
    return {
      commits: ledger.commits,
      states: ledger.states,
      histories: all.flatMap(({ histories }) => histories),
      connected,
      requiredCommits,
      viewsByRole: provider.viewsByRole,
      stalled: new Set(stalled.map(({ name }) => name)),
      isLogShared: this.#isLogShared,
      disturbances: [...this.#actions.disturbances, ...disturbancesOf(this.#scenario.webhooks)],
      maxHoldMs: PUSH_TIMES.maxHoldMs,
    }
  }

  /** Whether every replica could read what the others have delivered, all the time. */
  get #isLogShared(): boolean {
    const { isStoreShared, hasFailedToShare } = this.#environment
    return isStoreShared && !hasFailedToShare && !losesReplicas(this.#scenario)
  }

  #count(what: string): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + 1
  }
}

/** Webhooks bring new messages: where they are late or lost, a poll may find a message after a later one, as where push is. */
function disturbancesOf(webhooks: WebhookTiming): readonly Disturbance[] {
  const isReliable = webhooks === 'none' || webhooks === 'due' || webhooks === 'twice'
  return isReliable ? [] : [{ from: 0, until: Number.POSITIVE_INFINITY }]
}

function timeoutFor({ commands }: Scenario): number {
  return commands.some(isLong) ? LONG_FINAL_TIMEOUT_MS : FINAL_TIMEOUT_MS
}

function isLong(command: Command): boolean {
  return command.type === 'flood' || (command.type === 'inject fault' && command.fault === 'rate limit')
}
