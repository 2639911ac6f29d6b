import { ApiError } from '../api-error.ts'
import { neighbours } from '../store/licence.ts'
import type { AgentPrincipal } from '../token-store.ts'
import { object, shape } from '../v3/input.ts'
import { type Backend, method } from '../v3/method.ts'
import { type PageInput, pageArguments } from '../v3/paging.ts'
import { chatReach } from './access.ts'
import {
  type ArchiveFilters,
  type ArchiveRow,
  matchesArchiveFilters,
  readArchiveFilters,
} from './archive-filters.ts'
import { agentSideThread } from './chat-views.ts'
import { agentSideUser } from './user-views.ts'

/** Closed threads in reach, one row per thread, so that a chat repeats (docs/providers/livechat.md 3.2). */
export const listArchives = method(
  'list_archives',
  shape({ ...pageArguments(100), filters: object }),
  (input: PageInput, caller: AgentPrincipal, backend) => {
    const { licence, pageIds, switches } = backend
    const reaches = chatReach(caller, 'ro')
    const { rows, found, links } = pageIds.page({
      list: 'agent/list_archives',
      input,
      // Asked by ids, all of them come at once.
      defaultLimit: isById(input) ? MAX_BY_ID : 10,
      readFilters: (value) => checkAlone(readArchiveFilters(value, 'filters'), input),
      select: (filters) =>
        [...licence.chats.values()]
          .filter(reaches)
          .flatMap((chat) => rowsOf(chat, switches.archivesIncludeActive))
          .filter(matchesArchiveFilters(licence, filters)),
      position: ({ thread }) => [thread.createdAt, thread.id],
    })
    return {
      chats: rows.map((row) => archivedChat(row, caller, backend)),
      found_chats: found + switches.foundDrift,
      ...links,
    }
  },
)

const MAX_BY_ID = 20

function isById({ filters, page_id }: PageInput): boolean {
  return page_id === undefined && readArchiveFilters(filters ?? {}, 'filters').thread_ids !== undefined
}

// By ids means by ids only: no other filter and no paging beside it (docs/providers/livechat.md 3.2).
function checkAlone(filters: ArchiveFilters, { limit, sort_order }: PageInput): ArchiveFilters {
  const alone = Object.keys(filters).length === 1 && limit === undefined && sort_order === undefined
  if (filters.thread_ids && !alone) {
    throw new ApiError('validation', '`filters.thread_ids` cannot be used with other filters or pagination')
  }
  return filters
}

function rowsOf(chat: ArchiveRow['chat'], withActive: boolean): ArchiveRow[] {
  return chat.threads.filter(({ active }) => withActive || !active).map((thread) => ({ chat, thread }))
}

function archivedChat({ chat, thread }: ArchiveRow, caller: AgentPrincipal, { licence }: Backend): object {
  const { previous, next } = neighbours(chat, thread)
  return {
    id: chat.id,
    users: chat.users
      .filter(({ id }) => thread.userIds.includes(id))
      .map((user) => agentSideUser(licence, chat, user)),
    thread: {
      ...agentSideThread(chat, thread, caller.agent.role),
      ...(previous && { previous_accessible_thread_id: previous.id }),
      ...(next && { next_accessible_thread_id: next.id }),
    },
    properties: chat.properties,
    access: { group_ids: chat.groupIds },
    is_followed: false,
  }
}
