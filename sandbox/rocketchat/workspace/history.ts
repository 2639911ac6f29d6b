import type { Message } from '../model.ts'
import type { Workspace } from './workspace.ts'

/** Which page of a room's history; times in epoch ms. */
export interface HistoryPage {
  readonly rid: string
  /** Exclusive upper bound. */
  readonly before?: number
  readonly limit: number
  readonly offset: number
}

/**
 * A room's visible messages, newest first, system messages among them (docs/providers/rocketchat.md 2). There
 * is no lower bound.
 */
export function loadHistory(workspace: Workspace, page: HistoryPage): Message[] {
  const messages: Message[] = []
  let skip = page.offset
  for (const message of visible(workspace, page.rid, page.before)) {
    if (skip > 0) skip -= 1
    else if (messages.length < page.limit) messages.push(message)
    else break
  }
  return messages
}

/** How many visible messages lie between two times (epoch ms, both exclusive), and the oldest of them. */
export function unreadBetween(
  workspace: Workspace,
  rid: string,
  after: number,
  before: number,
): { readonly count: number; readonly first: Message | undefined } {
  let count = 0
  let first: Message | undefined
  for (const message of visible(workspace, rid, before)) {
    if (message.ts.getTime() <= after) break
    count += 1
    first = message
  }
  return { count, first }
}

function* visible(workspace: Workspace, rid: string, before?: number): Generator<Message> {
  const sysMes = workspace.rooms.get(rid)?.sysMes ?? []
  const hiddenTypes = new Set([...sysMes, ...workspace.settings.Hide_System_Messages])
  for (const message of workspace.messages.newestFirst(rid, before)) {
    if (message._hidden) continue
    if (message.t !== undefined && hiddenTypes.has(message.t)) continue
    yield message
  }
}
