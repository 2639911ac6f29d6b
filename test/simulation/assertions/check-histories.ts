import { type AllowedGap, allowedGapOf, type GapContext } from '../oracle/allowed-gaps.ts'
import { unobservedWindowsOf } from '../oracle/connections.ts'
import type { History } from '../oracle/history.ts'
import { type KnownVersion, replayHistory } from '../oracle/history-replay.ts'
import type { Commit } from '../oracle/ledger.ts'
import { additionOf, lifecyclesOf, type MessageLifecycle } from '../oracle/message-lifecycle.ts'
import { checkStates, type StateCommit, undeliveredState } from '../oracle/room-states.ts'

/** All that is known of a script that has run. */
export interface Evidence {
  readonly commits: readonly Commit[]
  /** The states of rooms, in order. */
  readonly states: readonly StateCommit[]
  readonly histories: readonly History[]
  /** The names of those who listened to the end: they must know everything that was committed before `settled`. */
  readonly connected: ReadonlySet<string>
  /** The order of the first commit that nobody need have heard of. */
  readonly requiredCommits: number
  /** Whether the two views of a room are read apart. */
  readonly viewsByRole: boolean
  /** Those that stopped reading for a while: their connection says little of its source. */
  readonly stalled: ReadonlySet<string>
}

export interface CheckResult {
  /** What must not be, in words. Empty where all is well. */
  readonly violations: readonly string[]
  /** How often which excuse was needed. */
  readonly allowedGaps: Readonly<Partial<Record<AllowedGap, number>>>
}

/** Checks what every subscriber was told against what was committed. */
export function checkHistories(evidence: Evidence): CheckResult {
  const violations: string[] = []
  const excuses: Partial<Record<AllowedGap, number>> = {}
  for (const history of evidence.histories) {
    const stories = lifecyclesOf(evidence.commits, history.room, history.view)
    const blind = unobservedWindowsOf(history, peersOf(history, evidence), evidence.commits)
    const reading = replayHistory(history, stories, blind)
    const found = [...reading.violations, ...checkStates(history, evidence.states)]
    if (evidence.connected.has(history.name)) {
      const lost = missing(
        { history, replay: reading, unobserved: blind, lifecycles: stories },
        evidence.requiredCommits,
        (excuse) => {
          excuses[excuse] = (excuses[excuse] ?? 0) + 1
        },
      )
      const state = undeliveredState(history, evidence.states)
      found.push(...lost, ...(state === null ? [] : [state]))
    }
    violations.push(...found.map((what) => `${history.name}: ${what}`))
  }
  return { violations, allowedGaps: excuses }
}

function peersOf(history: History, { histories, viewsByRole, stalled }: Evidence): readonly History[] {
  return histories.filter(
    (other) =>
      other !== history &&
      other.room === history.room &&
      !stalled.has(other.name) &&
      (!viewsByRole || other.view === history.view),
  )
}

/** What a subscriber should know in the end and does not. */
function missing(
  about: GapContext,
  settled: number,
  excused: (excuse: AllowedGap) => void,
): readonly string[] {
  const { history, replay: reading, lifecycles: stories } = about
  return [...stories.values()].flatMap((story) => {
    const known = reading.known.get(story.id)
    const untold = untoldOf(story, known, history.stream, settled)
    if (!untold || (known === 'there' && untold.at <= reading.startedAt)) return []
    // Who was excused from the message itself need not know what became of it.
    const cause = untold.type === 'added' ? [untold] : [untold, additionOf(story)]
    const excuse = cause.map((commit) => allowedGapOf(commit, about)).find((found) => found !== null)
    if (excuse) {
      excused(excuse)
      return []
    }
    return [`never told that ${story.id} was ${untold.type} (commit ${untold.order})`]
  })
}

/** The last commit of a message that a subscriber should know of and does not; null where it knows enough. */
function untoldOf(
  story: MessageLifecycle,
  known: KnownVersion | undefined,
  stream: History['stream'],
  settled: number,
): Commit | null {
  const added = additionOf(story)
  if (added.order >= settled) return null
  const deleted = story.deleted && story.deleted.order < settled ? story.deleted : null
  if (known === undefined) return story.deleted ? null : added
  if (stream === 'messageAdded' || known === 'gone') return null
  if (deleted) return deleted
  const last = story.versions.findLastIndex(({ order }) => order < settled)
  const version = story.versions[last]
  if (story.deleted || !version || last === 0) return null
  return known === 'there' || known < last ? version : null
}
