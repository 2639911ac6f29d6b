import { lastThread } from '../store/licence.ts'
import type { Chat } from '../store/model.ts'
import type { AgentPrincipal } from '../token-store.ts'
import { flag, listOf, object, reader, shape } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { type PageInput, pageArguments } from '../v3/paging.ts'
import { chatReach } from './access.ts'
import { chatSummary, viewOf } from './chat-views.ts'
import { matchesProperties, type PropertyFilter, propertyFilter } from './property-filter.ts'

interface ChatFilters {
  readonly active?: boolean | null
  readonly include_chats_without_threads?: boolean
  readonly group_ids?: readonly number[]
  readonly properties?: PropertyFilter
}

const readFilters = reader<ChatFilters>(
  shape({
    active: { type: ['boolean', 'null'] },
    include_chats_without_threads: flag,
    group_ids: listOf({ type: 'integer' }, 200),
    properties: propertyFilter,
  }),
)

/**
 * Summaries of the chats in reach, active and inactive ones, 10 by default and 100 at most
 * (docs/providers/livechat.md 3.2).
 */
export const listChats = method(
  'list_chats',
  shape({ ...pageArguments(100), filters: object }),
  (input: PageInput, caller: AgentPrincipal, { licence, pageIds, switches }) => {
    const reaches = chatReach(caller, 'ro')
    const { rows, found, links } = pageIds.page({
      list: 'agent/list_chats',
      input,
      defaultLimit: 10,
      readFilters: (value) => readFilters(value, 'filters'),
      select: (filters) =>
        [...licence.chats.values()].filter((chat) => reaches(chat) && passes(chat, filters)),
      position: (chat) => [lastThread(chat)?.createdAt ?? chat.createdAt, chat.id],
    })
    const view = viewOf(licence, caller.agent)
    const names = switches.chatFieldNames
    return {
      [names === '3.6' ? 'chats_summary' : 'chats_info']: rows.map((chat) => chatSummary(view, chat, names)),
      found_chats: found + switches.foundDrift,
      ...links,
    }
  },
)

function passes(chat: Chat, filters: ChatFilters): boolean {
  const last = lastThread(chat)
  const { active, group_ids, include_chats_without_threads = true, properties } = filters
  return (
    (typeof active !== 'boolean' || active === (last?.active ?? false)) &&
    (include_chats_without_threads || last !== undefined) &&
    (!group_ids || chat.groupIds.some((id) => group_ids.includes(id))) &&
    (!properties || matchesProperties(properties, [...(last ? [last.properties] : []), chat.properties]))
  )
}
