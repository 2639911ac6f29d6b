import { comparePositions, type MessageVisibility } from '../../../src/domain/model.ts'
import { type Commit, positionOf, type StoredMessage } from './ledger.ts'

/** Everything that happened to one message. */
export interface MessageLifecycle {
  readonly id: string
  /** As it was created. */
  readonly first: StoredMessage
  /** Its addition and its edits, in order. */
  readonly versions: readonly Commit[]
  readonly deleted: Commit | null
}

/** The lifecycles of a room's messages that a view may see, by message id. */
export function lifecyclesOf(
  commits: readonly Commit[],
  room: string,
  view: MessageVisibility,
): ReadonlyMap<string, MessageLifecycle> {
  const lifecycles = new Map<string, MessageLifecycle & { readonly versions: Commit[] }>()
  for (const commit of commits) {
    const { message, type } = commit
    if (commit.room !== room || (view === 'EVERYONE' && message.visibility !== 'EVERYONE')) continue
    const known = lifecycles.get(message.id)
    if (!known) {
      lifecycles.set(message.id, { id: message.id, first: message, versions: [commit], deleted: null })
    } else if (type === 'deleted') lifecycles.set(message.id, { ...known, deleted: commit })
    else known.versions.push(commit)
  }
  return lifecycles
}

/** The commit that added a message. */
export function additionOf({ versions }: MessageLifecycle): Commit {
  const [added] = versions
  if (!added) throw new Error('a lifecycle starts with an addition')
  return added
}

/** The index of the version with this text; -1 where there never was one. */
export function versionOf({ versions }: MessageLifecycle, text: string): number {
  return versions.findLastIndex(({ message }) => message.text === text)
}

/** Whether one message precedes the other in its room. */
export function isBefore(a: StoredMessage, b: StoredMessage): boolean {
  return comparePositions(positionOf(a), positionOf(b)) < 0
}
