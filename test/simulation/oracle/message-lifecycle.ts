import { comparePositions, type MessageVisibility } from '../../../src/domain/model.ts'
import { type Commit, positionOf, type StoredMessage } from './ledger.ts'

/** All that became of one message. */
export interface MessageLifecycle {
  readonly id: string
  /** As it was created. */
  readonly first: StoredMessage
  /** Its addition and its edits, in order: its versions. */
  readonly versions: readonly Commit[]
  readonly deleted: Commit | null
}

/** The stories of the messages of a room that a view may see, by their ids. */
export function lifecyclesOf(
  commits: readonly Commit[],
  room: string,
  view: MessageVisibility,
): ReadonlyMap<string, MessageLifecycle> {
  const stories = new Map<string, MessageLifecycle & { readonly versions: Commit[] }>()
  for (const commit of commits) {
    const { message, type: what } = commit
    if (commit.room !== room || (view === 'EVERYONE' && message.visibility !== 'EVERYONE')) continue
    const known = stories.get(message.id)
    if (!known) {
      stories.set(message.id, { id: message.id, first: message, versions: [commit], deleted: null })
    } else if (what === 'deleted') stories.set(message.id, { ...known, deleted: commit })
    else known.versions.push(commit)
  }
  return stories
}

/** The addition of a message. */
export function additionOf({ versions }: MessageLifecycle): Commit {
  const [added] = versions
  if (!added) throw new Error('a story begins with an addition')
  return added
}

/** Which version of a message reads so; -1 for none that ever was. */
export function versionOf({ versions }: MessageLifecycle, text: string): number {
  return versions.findLastIndex(({ message }) => message.text === text)
}

/** Whether one message stands before the other in its room. */
export function isBefore(a: StoredMessage, b: StoredMessage): boolean {
  return comparePositions(positionOf(a), positionOf(b)) < 0
}
