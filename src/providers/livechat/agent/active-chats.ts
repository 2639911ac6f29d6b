import type { CallContext } from '../../../domain/adapter.ts'
import { cached } from '../../shared/cache.ts'
import type { RoomApi } from '../room-api.ts'
import type { WireChatSummary } from '../wire.ts'
import { readChatPages } from './chat-pages.ts'

const TTL_MS = 5_000
/** Pages of a hundred chats each. Requests are billed, so an account with more active chats gets no numbers. */
const MAX_PAGES = 5
const FILTERS = { include_chats_without_threads: false, active: true } as const

export type ReadActiveChats = (call: CallContext) => Promise<readonly WireChatSummary[] | null>

/**
 * Creates a reader of all active chats that the configured agent has access to, kept for five seconds. Null for an account
 * with more than 500.
 */
export function createActiveChatsReader(apiFor: (call: CallContext) => RoomApi): ReadActiveChats {
  return cached(TTL_MS, async (call: CallContext) => {
    const chats: WireChatSummary[] = []
    let pages = 0
    for await (const { rows, isLast } of readChatPages(apiFor(call), FILTERS, null)) {
      chats.push(...rows.map(({ summary }) => summary))
      pages += 1
      if (pages === MAX_PAGES && !isLast) return null
    }
    return chats
  })
}

/** Counts the chats in which each agent is present, by the agent's id. Agents who only monitor a chat do not serve it. */
export function countByAgent(chats: readonly WireChatSummary[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { users } of chats) {
    for (const { id, type, present, isForAgentsOnly } of users) {
      if (type === 'agent' && present !== false && !isForAgentsOnly) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  }
  return counts
}
