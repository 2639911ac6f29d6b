import { type Disturbance, isDisturbed } from './disturbance.ts'
import type { History, HistoryEntry } from './history.ts'
import type { HistoryReplay } from './history-replay.ts'
import type { Commit } from './ledger.ts'
import { isBefore, type MessageLifecycle } from './message-lifecycle.ts'
import { isBelowFingerprint, isWithin, type UnobservedWindow } from './unobserved-window.ts'

/** Every poll reads this many of a room's newest messages. Older ones are not read again. */
const POLLED_MESSAGES = 50

/** What the gateway does not promise to deliver, each as narrow as can be seen from outside. */
export type AllowedGap = 'started now' | 'not covered' | 'left the window' | 'gap'

export interface GapContext {
  readonly history: History
  readonly replay: HistoryReplay
  readonly unobserved: readonly UnobservedWindow[]
  /** The messages of the room that the view may see. */
  readonly lifecycles: ReadonlyMap<string, MessageLifecycle>
  readonly disturbances: readonly Disturbance[]
}

/** Why a commit may be missing from a history; null where it must not be. */
export function allowedGapOf(commit: Commit, context: GapContext): AllowedGap | null {
  const windows = context.unobserved.filter((window) => isWithin(commit, window))
  // Until the first event nobody outside can know when "now" was.
  if (windows.some(({ cursor }) => cursor === null)) return 'started now'
  // A cursor covers the newest messages, one page at most. It does not say which older messages existed.
  const leavesNoTrace = commit.type === 'added' || (commit.type === 'deleted' && !commit.leavesTrace)
  if (leavesNoTrace && windows.some((window) => isBelowFingerprint(commit, window))) return 'not covered'
  if (commit.type !== 'added' && hasLeftWindow(commit, context)) return 'left the window'
  return isInGap(commit, context.replay) ? 'gap' : null
}

/**
 * So many messages were added since that polls no longer reached the message when a newer commit was delivered. Where push lost
 * the commit, nothing outside shows when the next poll was.
 */
function hasLeftWindow(commit: Commit, context: GapContext): boolean {
  const { history, lifecycles, disturbances } = context
  const delivered = isDisturbed(commit, disturbances)
    ? undefined
    : history.entries.find((entry) => isOfLaterCommit(entry, commit, lifecycles))
  const readBy = delivered?.at ?? Number.POSITIVE_INFINITY
  const newer = [...lifecycles.values()].filter(
    ({ first, versions: [added] }) => added && added.at <= readBy && isBefore(commit.message, first),
  )
  return newer.length >= POLLED_MESSAGES - 1
}

/** Whether an entry is of a message that was added later. By then a poll has seen the commit, or none will. */
function isOfLaterCommit(entry: HistoryEntry, commit: Commit, lifecycles: GapContext['lifecycles']): boolean {
  if (entry.type !== 'event' || entry.at < commit.at || !('id' in entry.event)) return false
  const { id } = entry.event
  const added = lifecycles.get(id)?.versions[0]
  return added !== undefined && added.order > commit.order
}

function isInGap({ message }: Commit, { gaps }: HistoryReplay): boolean {
  return gaps.some(
    ({ from, to }) =>
      (message.micros >= from && message.micros <= to) ||
      (message.changedMicros >= from && message.changedMicros <= to),
  )
}
