import { plainError } from '../errors.ts'
import { apiRoute, type BoundRoute } from '../wire/api-route.ts'
import { withFileUpload } from '../wire/file-upload.ts'
import { type HistoryQuery, history, uncheckedHistory } from '../wire/visitor-shapes.ts'
import { loadHistory, unreadBetween } from '../workspace/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { requireGuestRoom } from './visitor-access.ts'

const DEFAULT_LIMIT = 20

/**
 * GET livechat/messages.history/:rid (docs/providers/rocketchat.md 2). `count`, `sort` and `searchText` pass and do
 * nothing.
 */
export const historyRoute: BoundRoute = apiRoute({
  method: 'GET',
  path: 'livechat/messages.history/:rid',
  query: (profile) => (profile.legacy ? uncheckedHistory : history),
  legacyStyle: 'code',
  handle({ workspace, query, param, headers }) {
    const { token } = query
    if (!token) throw plainError('error-token-param-not-provided')
    const rid = param('rid')
    requireGuestRoom(workspace, { token, rid })
    const { before, limit, offset } = readPage(workspace, query)
    const found = loadHistory(workspace, {
      rid,
      limit,
      offset,
      ...(before !== undefined && { before }),
    })
    const messages = found.map((message) => withFileUpload(message, workspace.profile, headers.host))
    if (!workspace.profile.historyUnread) return { messages }
    return { messages, ...unreadFields(workspace, rid, query.ls, found.at(-1)?.ts) }
  },
})

function readPage(
  workspace: Workspace,
  query: HistoryQuery,
): { before: number | undefined; limit: number; offset: number } {
  const offset = workspace.profile.historyOffset ? Number(query.offset ?? 0) : 0
  if (offset < 0) throw plainError(`Skip value must be non-negative, but received: ${offset}`)
  return {
    before: query.end ? timeOf(query.end) : undefined,
    // MongoDB takes a negative limit for its absolute value.
    limit: Math.abs(Number.parseInt(String(query.limit || DEFAULT_LIMIT), 10)) || DEFAULT_LIMIT,
    offset,
  }
}

/** An unparsable date reaches MongoDB as the epoch, before which there is nothing. */
function timeOf(text: string): number {
  const time = Date.parse(text)
  return Number.isNaN(time) ? 0 : time
}

/** The number of messages between the caller's last seen one and the oldest of this page. */
function unreadFields(
  workspace: Workspace,
  rid: string,
  ls: string | null | undefined,
  oldest: Date | undefined,
): object {
  if (!ls || !oldest) return { unreadNotLoaded: 0 }
  const { count, first } = unreadBetween(workspace, rid, timeOf(ls), oldest.getTime())
  return { ...(first && { firstUnread: first }), unreadNotLoaded: count }
}
