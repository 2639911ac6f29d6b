import { ApiError } from '../api-error.ts'
import { coversScope } from '../scopes.ts'
import type { Licence } from '../store/licence.ts'
import type { Chat } from '../store/model.ts'
import { servesGroup } from '../store/routing.ts'
import type { AgentPrincipal } from '../token-store.ts'

/** Throws authorization unless the token holds the scope. */
export function requireScope({ scopes }: AgentPrincipal, scope: string): void {
  if (!coversScope(scopes, scope)) throw new ApiError('authorization', 'Insufficient scopes')
}

/**
 * Which chats the token reaches: `chats--all` every one, `chats--access` those of the agent's groups, of group 0, or with the agent
 * present (docs/providers/livechat.md 3). Throws authorization where it holds neither.
 */
export function chatReach(principal: AgentPrincipal, mode: 'ro' | 'rw'): (chat: Chat) => boolean {
  const { agent, scopes } = principal
  if (coversScope(scopes, `chats--all:${mode}`)) return () => true
  requireScope(principal, `chats--access:${mode}`)
  return (chat) =>
    chat.groupIds.includes(0) ||
    servesGroup(agent, chat.groupIds) ||
    chat.users.some(({ id, present }) => id === agent.id && present)
}

/** The chat, if the token reaches it. Throws authorization, not_found or missing_access. */
export function requireChat(
  licence: Licence,
  principal: AgentPrincipal,
  mode: 'ro' | 'rw',
  chatId: string,
): Chat {
  const reaches = chatReach(principal, mode)
  const chat = licence.chats.get(chatId)
  if (!chat) throw new ApiError('not_found', 'Chat not found')
  if (!reaches(chat)) throw new ApiError('missing_access', 'Missing access')
  return chat
}
