import { ApiError } from '../api-error.ts'
import { activeThread } from '../store/licence.ts'
import type { Agent, Chat } from '../store/model.ts'
import { servesGroup } from '../store/routing.ts'
import { transferChat } from '../store/transfers.ts'
import type { AgentPrincipal } from '../token-store.ts'
import { flag, listOf, oneOf, shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { requireChat } from './access.ts'
import { knownAgent, requireMember } from './write-chats.ts'

interface TransferInput {
  readonly id: string
  readonly target?:
    | { readonly type: 'agent'; readonly ids: readonly string[] }
    | { readonly type: 'group'; readonly ids: readonly number[] }
  readonly ignore_agents_availability?: boolean
  readonly ignore_requester_presence?: boolean
}

/** Transfers an active chat to another agent or group, or within its own groups (docs/providers/livechat.md 12.1). */
export const transfer = method(
  'transfer_chat',
  shape({
    'id!': text,
    target: {
      anyOf: [
        shape({ 'type!': oneOf('agent'), 'ids!': { ...listOf(text, 1), minItems: 1 } }),
        shape({ 'type!': oneOf('group'), 'ids!': { ...listOf({ type: 'integer' }, 1), minItems: 1 } }),
      ],
    },
    ignore_agents_availability: flag,
    ignore_requester_presence: flag,
  }),
  (input: TransferInput, caller: AgentPrincipal, rules): void => {
    const { licence } = rules
    const chat = requireChat(licence, caller, 'rw', input.id)
    if (!input.ignore_requester_presence) requireMember(chat, caller.agent)
    const [id = null] = input.target?.ids ?? []
    const to = typeof id === 'string' ? knownAgent(licence, id) : id
    if (typeof to === 'object' && to !== null && !hasAccess(to, chat)) {
      throw new ApiError('missing_access', 'Missing access')
    }
    if (typeof to === 'number' && !licence.groups.has(to)) {
      throw new ApiError('not_found', `Group ${to} not found`)
    }
    const force = input.ignore_agents_availability ?? false
    transferChat(rules, chat, { by: caller.agent, to, force }, licence.nextTimestamp())
  },
)

/** Agents that are not offline and have access to the chat, the one with the fewest chats first. */
export const listAgentsForTransfer = method(
  'list_agents_for_transfer',
  shape({ 'chat_id!': text }),
  ({ chat_id }: { chat_id: string }, caller: AgentPrincipal, { licence }) => {
    const target = requireChat(licence, caller, 'ro', chat_id)
    const chats = [...licence.chats.values()].filter((chat) => activeThread(chat))
    const load = (agentId: string) =>
      chats.filter(({ users }) => users.some(({ id, present }) => id === agentId && present)).length
    return [...licence.agents.values()]
      .filter((agent) => agent.routingStatus !== 'offline' && hasAccess(agent, target))
      .map(({ id }) => ({ agent_id: id, total_active_chats: load(id) }))
      .sort((a, b) => a.total_active_chats - b.total_active_chats)
  },
)

/** Everybody has access to group 0. */
function hasAccess(agent: Agent, { groupIds }: Chat): boolean {
  return groupIds.includes(0) || servesGroup(agent, groupIds)
}
