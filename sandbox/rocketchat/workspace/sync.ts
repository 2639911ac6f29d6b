import type { Message } from '../model.ts'
import type { TrashedDocument, Workspace } from './workspace.ts'

/**
 * The changes of a room after a time (epoch ms, exclusive): unbounded, newest message first
 * (docs/providers/rocketchat.md 4.6).
 */
export function changesSince(
  workspace: Workspace,
  rid: string,
  since: number,
): { readonly updated: Message[]; readonly deleted: Omit<TrashedDocument, 'rid'>[] } {
  const updated = visibleOf(workspace, rid)
    .filter(({ _updatedAt }) => _updatedAt.getTime() > since)
    .reverse()
  const deleted = trashOf(workspace, rid).filter(({ _deletedAt }) => _deletedAt.getTime() > since)
  return { updated, deleted: deleted.map(shown) }
}

/** One page of one kind of change, after `next` or before `previous` (epoch ms, both exclusive). */
export interface SyncPage {
  readonly type: 'UPDATED' | 'DELETED'
  readonly next: number | null
  readonly previous: number | null
  readonly count: number
}

/**
 * A page of changes in the order they happened, and the cursors around it. A cursor has milliseconds only, so the
 * next page skips other rows of the last row's millisecond.
 */
export function pageOfChanges(
  workspace: Workspace,
  rid: string,
  { type, next, previous, count }: SyncPage,
): {
  readonly rows: readonly object[]
  readonly cursor: { readonly next: string | null; readonly previous: string | null }
} {
  const all =
    type === 'UPDATED'
      ? visibleOf(workspace, rid).map((row) => ({ row, at: row._updatedAt.getTime() }))
      : trashOf(workspace, rid).map((row) => ({ row: shown(row), at: row._deletedAt.getTime() }))
  const forward = previous === null
  const beyond = all
    .filter(({ at }) => (forward ? at > (next ?? 0) : at < previous))
    .sort((a, b) => (forward ? a.at - b.at : b.at - a.at))
  const page = beyond.slice(0, count)
  const hasMore = beyond.length > page.length
  const [first, last] = [page[0], page.at(-1)]
  const ahead = last && hasMore ? String(last.at) : null
  const behind = first ? String(first.at) : null
  return {
    rows: page.map(({ row }) => row),
    cursor: forward ? { next: ahead, previous: behind } : { next: behind, previous: ahead },
  }
}

function visibleOf(workspace: Workspace, rid: string): Message[] {
  return workspace.messages.ofRoom(rid).filter(({ _hidden }) => _hidden !== true)
}

function trashOf(workspace: Workspace, rid: string): TrashedDocument[] {
  return workspace.trash.messages.filter((deleted) => deleted.rid === rid)
}

function shown({ _id, _deletedAt }: TrashedDocument): Omit<TrashedDocument, 'rid'> {
  return { _id, _deletedAt }
}
