import { type AllowedGap, allowedGapOf, type GapContext } from '../oracle/allowed-gaps.ts'
import { unobservedWindowsOf } from '../oracle/connections.ts'
import type { Disturbance } from '../oracle/disturbance.ts'
import type { History } from '../oracle/history.ts'
import { type KnownVersion, replayHistory } from '../oracle/history-replay.ts'
import type { Commit } from '../oracle/ledger.ts'
import { additionOf, lifecyclesOf, type MessageLifecycle } from '../oracle/message-lifecycle.ts'
import { checkStates, type StateCommit, undeliveredState } from '../oracle/room-states.ts'
import { checkNeedlessGaps } from './check-needless-gaps.ts'

/** Everything that is known after a scenario has run. */
export interface Evidence {
  readonly commits: readonly Commit[]
  /** The states of rooms, in order. */
  readonly states: readonly StateCommit[]
  readonly histories: readonly History[]
  /** The histories that were connected to the end. They must contain the first `requiredCommits` commits. */
  readonly connected: ReadonlySet<string>
  readonly requiredCommits: number
  /** Whether the two views of a room are polled separately. */
  readonly viewsByRole: boolean
  /** The histories of clients that stopped reading for a while. Their connection says little about its poller. */
  readonly stalled: ReadonlySet<string>
  /** When push or webhooks lost, delayed or reordered changes. */
  readonly disturbances: readonly Disturbance[]
  /** What is pushed waits at most so long for a poll that may find something older, in milliseconds. */
  readonly maxHoldMs: number
  /** Whether all gateways share one event log, and none of them lost it: then each resumes exactly from the cursors of all. */
  readonly isLogShared: boolean
}

export interface CheckResult {
  /** What is wrong, as text. Empty where nothing is. */
  readonly violations: readonly string[]
  /** Whether something that must be delivered was not. */
  readonly isIncomplete: boolean
  /** How often each allowed gap was needed. */
  readonly allowedGaps: Readonly<Partial<Record<AllowedGap, number>>>
}

/** Compares what every subscriber received with what the provider committed. */
export function checkHistories(evidence: Evidence): CheckResult {
  const violations: string[] = []
  const allowedGaps: Partial<Record<AllowedGap, number>> = {}
  let isIncomplete = false
  for (const history of evidence.histories) {
    const lifecycles = lifecyclesOf(evidence.commits, history.room, history.view)
    const peers = peersOf(history, evidence)
    const unobserved = unobservedWindowsOf(history, { ...evidence, peers })
    const { disturbances, maxHoldMs } = evidence
    const replay = replayHistory(history, { lifecycles, unobserved, disturbances, maxHoldMs })
    const found = [
      ...replay.violations,
      ...checkStates(history, evidence.states),
      ...(evidence.isLogShared ? checkNeedlessGaps(history, evidence.commits) : []),
    ]
    if (evidence.connected.has(history.name)) {
      const context = { history, replay, unobserved, lifecycles, disturbances }
      const missing = missingCommits(context, evidence.requiredCommits, (gap) => {
        allowedGaps[gap] = (allowedGaps[gap] ?? 0) + 1
      })
      const state = undeliveredState(history, evidence.states)
      isIncomplete ||= missing.length > 0
      found.push(...missing, ...(state === null ? [] : [state]))
    }
    violations.push(...found.map((violation) => `${history.name}: ${violation}`))
  }
  return { violations, isIncomplete, allowedGaps }
}

/** The histories whose pollers also serve this one. */
function peersOf(history: History, { histories, viewsByRole, stalled }: Evidence): readonly History[] {
  return histories.filter(
    (other) =>
      other !== history &&
      other.room === history.room &&
      !stalled.has(other.name) &&
      (!viewsByRole || other.view === history.view),
  )
}

/** What a subscriber must know in the end and does not. */
function missingCommits(
  context: GapContext,
  requiredCommits: number,
  onAllowedGap: (gap: AllowedGap) => void,
): readonly string[] {
  const { history, replay, lifecycles } = context
  return [...lifecycles.values()].flatMap((message) => {
    const known = replay.known.get(message.id)
    // A subscriber that never knew a message cannot receive its deletion.
    if (known === 'exists' && message.deleted && replay.perhapsAfterPage.has(message.id)) return []
    const missing = missingCommitOf(message, known, history.stream, requiredCommits)
    if (!missing || (known === 'exists' && missing.at <= replay.startedAt)) return []
    // A subscriber that need not know a message need not know its later commits either.
    const causes = missing.type === 'added' ? [missing] : [missing, additionOf(message)]
    const gap = causes.map((commit) => allowedGapOf(commit, context)).find((one) => one !== null)
    if (gap) {
      onAllowedGap(gap)
      return []
    }
    return [`did not receive that ${message.id} was ${missing.type} (commit ${missing.order})`]
  })
}

/** The last commit of a message that a subscriber must know and does not; null where it knows enough. */
function missingCommitOf(
  message: MessageLifecycle,
  known: KnownVersion | undefined,
  stream: History['stream'],
  requiredCommits: number,
): Commit | null {
  const added = additionOf(message)
  if (added.order >= requiredCommits) return null
  const deleted = message.deleted && message.deleted.order < requiredCommits ? message.deleted : null
  if (known === undefined) return message.deleted ? null : added
  if (stream === 'messageAdded' || known === 'deleted') return null
  if (deleted) return deleted
  const last = message.versions.findLastIndex(({ order }) => order < requiredCommits)
  const version = message.versions[last]
  if (message.deleted || !version || last === 0) return null
  return known === 'exists' || known < last ? version : null
}
