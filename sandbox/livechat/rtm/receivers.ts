import { agentSidePayload } from '../agent/change-payload.ts'
import { viewOf } from '../agent/chat-views.ts'
import { customerSidePush, type Push } from '../customer/change-payload.ts'
import { coversScope } from '../scopes.ts'
import type { ChatChange } from '../store/chat-changes.ts'
import type { Licence } from '../store/licence.ts'
import { presentAgents } from '../store/members.ts'
import type { RoutingChange } from '../store/routing.ts'
import type { RtmAgent, RtmUser } from './users.ts'

/**
 * The changes that every agent with access to the chat receives; the others need membership or `follow_chat`. The exact set is an
 * assumption (docs/providers/livechat.md 25.2).
 */
const KEY_CHANGES: ReadonlySet<ChatChange['action']> = new Set([
  'incoming_chat',
  'chat_deactivated',
  'chat_transferred',
  'chat_access_updated',
  'user_added_to_chat',
  'user_removed_from_chat',
])

/** The pushes of a change to a user; none where the user does not receive it. */
export function pushesFor(licence: Licence, user: RtmUser, change: ChatChange): readonly Push[] {
  if (user.side === 'agent') return agentReceives(user, change) ? agentPushes(licence, user, change) : []
  if (!change.chat.users.some(({ id }) => id === user.customer.id)) return []
  const push = customerSidePush(licence, change)
  return push ? [push] : []
}

/**
 * The pushes of a routing status to a user: the status to all agents, and the groups that changed with it, in each side's own words
 * (docs/providers/livechat.md 13 and 14).
 */
export function routingPushesFor(user: RtmUser, change: RoutingChange): readonly Push[] {
  if (user.side === 'customer') return groupPush(change.customerSide)
  const { agent, scopes } = user.principal
  const isInReach = (id: number) => coversScope(scopes, 'chats--all:ro') || agent.groupIds.includes(id)
  return [
    { action: 'routing_status_set', payload: { agent_id: change.agentId, status: change.status } },
    ...groupPush(change.agentSide.filter(({ id }) => isInReach(id))),
  ]
}

function groupPush(groups: readonly object[]): readonly Push[] {
  return groups.length > 0 ? [{ action: 'groups_status_updated', payload: { groups } }] : []
}

function agentReceives({ principal, reaches }: RtmAgent, change: ChatChange): boolean {
  const { chat } = change
  // Sent to all agents of the licence.
  if (change.action === 'queue_positions_updated') return true
  if (!reaches(chat)) return false
  const { id } = principal.agent
  if (KEY_CHANGES.has(change.action) || chat.followerIds.has(id)) return true
  return presentAgents(chat).some((member) => member.id === id)
}

function agentPushes(licence: Licence, { principal }: RtmAgent, change: ChatChange): readonly Push[] {
  const { agent } = principal
  const payload = agentSidePayload(viewOf(licence, agent), change)
  if (change.action === 'incoming_chat') {
    const requester = change.requesterId !== null && { requester_id: change.requesterId }
    return [{ action: change.action, payload: { ...requester, ...payload } }]
  }
  const push = { action: change.action, payload }
  if (change.action !== 'chat_transferred') return [push]
  return isNewMember(agent.id, change) ? [push, transferredChat(licence, agent.id, change)] : [push]
}

type Transferred = Extract<ChatChange, { action: 'chat_transferred' }>

function isNewMember(agentId: string, { chat, from }: Transferred): boolean {
  return !from.agentIds.includes(agentId) && presentAgents(chat).some(({ id }) => id === agentId)
}

/** The chat as its new agent receives it (docs/providers/livechat.md 12.3). */
function transferredChat(licence: Licence, agentId: string, change: Transferred): Push {
  const agent = licence.agents.get(agentId)
  const { chat, thread, requesterId, from } = change
  const view = agent ? viewOf(licence, agent) : ({ licence, role: 'normal' } as const)
  const shown = agentSidePayload(view, { action: 'incoming_chat', chat, thread, requesterId })
  const transferredFrom = { group_ids: from.groupIds, agent_ids: from.agentIds }
  return {
    action: 'incoming_chat',
    payload: { requester_id: requesterId, ...shown, transferred_from: transferredFrom },
  }
}
