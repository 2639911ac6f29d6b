import type { History, HistoryEntry } from './history.ts'
import type { HistoryReplay } from './history-replay.ts'
import type { Commit } from './ledger.ts'
import { isBefore, type MessageLifecycle } from './message-lifecycle.ts'
import { isBelowFingerprint, isWithin, type UnobservedWindow } from './unobserved-window.ts'

/** So many of a room's newest messages are read by every look; what is older is not looked at again. */
const WINDOW = 50

/** What the gateway does not promise to tell, each as narrow as it can be seen from outside. */
export type AllowedGap = 'began now' | 'not covered' | 'left the window' | 'gap'

export interface GapContext {
  readonly history: History
  readonly replay: HistoryReplay
  readonly unobserved: readonly UnobservedWindow[]
  /** The commits of the room that the view may see. */
  readonly lifecycles: ReadonlyMap<string, MessageLifecycle>
}

/** Why a commit may have gone untold; null where nothing excuses it. */
export function allowedGapOf(commit: Commit, about: GapContext): AllowedGap | null {
  const blind = about.unobserved.filter((time) => isWithin(commit, time))
  // Until the first event nobody outside can know when "now" was.
  if (blind.some(({ cursor: seen }) => seen === null)) return 'began now'
  // A cursor tells what was seen of the newest messages, of a page at most: not whether one before them was there.
  const isTraceless = commit.type === 'added' || (commit.type === 'deleted' && !commit.leavesTrace)
  if (isTraceless && blind.some((time) => isBelowFingerprint(commit, time))) return 'not covered'
  if (commit.type !== 'added' && hasLeftWindow(commit, about)) return 'left the window'
  return isInGap(commit, about.replay) ? 'gap' : null
}

/** So much was said since that the looks no longer reached the message when something newer was told. */
function hasLeftWindow(commit: Commit, { history, lifecycles: stories }: GapContext): boolean {
  const told = history.entries.find((entry) => isNewer(entry, commit, stories))
  const readBy = told?.at ?? Number.POSITIVE_INFINITY
  const newer = [...stories.values()].filter(
    ({ first, versions: [added] }) => added && added.at <= readBy && isBefore(commit.message, first),
  )
  return newer.length >= WINDOW - 1
}

/** Whether it tells of something that was committed later: then a look has seen the commit, or never will. */
function isNewer(entry: HistoryEntry, commit: Commit, stories: GapContext['lifecycles']): boolean {
  if (entry.what !== 'event' || entry.at < commit.at || !('id' in entry.told)) return false
  const { id } = entry.told
  const added = stories.get(id)?.versions[0]
  return added !== undefined && added.order > commit.order
}

function isInGap({ message }: Commit, { gaps }: HistoryReplay): boolean {
  return gaps.some(
    ({ from, to }) =>
      (message.micros >= from && message.micros <= to) ||
      (message.changedMicros >= from && message.changedMicros <= to),
  )
}
