import { type Blind, isBelowPrint, isWithin } from './blind.ts'
import type { Heard, History } from './heard.ts'
import type { Reading } from './reading.ts'
import { isBefore, type MessageStory } from './story.ts'
import type { Commit } from './truth.ts'

/** So many of a room's newest messages are read by every look; what is older is not looked at again. */
const WINDOW = 50

/** What the gateway does not promise to tell, each as narrow as it can be seen from outside. */
export type Excuse = 'began now' | 'not covered' | 'left the window' | 'gap'

export interface Circumstances {
  readonly history: History
  readonly reading: Reading
  readonly blind: readonly Blind[]
  /** The commits of the room that the view may see. */
  readonly stories: ReadonlyMap<string, MessageStory>
}

/** Why a commit may have gone untold; null where nothing excuses it. */
export function excuseOf(commit: Commit, about: Circumstances): Excuse | null {
  const blind = about.blind.filter((time) => isWithin(commit, time))
  // Until the first event nobody outside can know when "now" was.
  if (blind.some(({ seen }) => seen === null)) return 'began now'
  // A cursor tells what was seen of the newest messages, of a page at most: not whether one before them was there.
  const isTraceless = commit.what === 'added' || (commit.what === 'deleted' && !commit.leavesTrace)
  if (isTraceless && blind.some((time) => isBelowPrint(commit, time))) return 'not covered'
  if (commit.what !== 'added' && hasLeftWindow(commit, about)) return 'left the window'
  return isInGap(commit, about.reading) ? 'gap' : null
}

/** So much was said since that the looks no longer reached the message when something newer was told. */
function hasLeftWindow(commit: Commit, { history, stories }: Circumstances): boolean {
  const told = history.heard.find((entry) => isNewer(entry, commit, stories))
  const readBy = told?.at ?? Number.POSITIVE_INFINITY
  const newer = [...stories.values()].filter(
    ({ first, versions: [added] }) => added && added.at <= readBy && isBefore(commit.message, first),
  )
  return newer.length >= WINDOW - 1
}

/** Whether it tells of something that was committed later: then a look has seen the commit, or never will. */
function isNewer(entry: Heard, commit: Commit, stories: Circumstances['stories']): boolean {
  if (entry.what !== 'event' || entry.at < commit.at || !('id' in entry.told)) return false
  const { id } = entry.told
  const added = stories.get(id)?.versions[0]
  return added !== undefined && added.order > commit.order
}

function isInGap({ message }: Commit, { gaps }: Reading): boolean {
  return gaps.some(
    ({ from, to }) =>
      (message.micros >= from && message.micros <= to) ||
      (message.changedMicros >= from && message.changedMicros <= to),
  )
}
