import type { LiveChatSwitches } from '../switches.ts'
import type { Licence } from './licence.ts'
import { activeThread } from './licence.ts'
import type { Agent, RoutingStatus } from './model.ts'

/** The licence with the switches that bear on its rules. */
export interface Rules {
  readonly licence: Licence
  readonly switches: LiveChatSwitches
}

/** The status of a group as customers see it (docs/providers/livechat.md 4). */
export type GroupStatus = 'online' | 'offline' | 'online_for_queue'

/** A change of an agent's routing status, with the groups whose status changed with it. */
export interface RoutingChange {
  readonly agentId: string
  readonly status: RoutingStatus
  /** As agents see them. */
  readonly agentSide: readonly GroupChange<RoutingStatus>[]
  /** As customers see them. */
  readonly customerSide: readonly GroupChange<GroupStatus>[]
}

interface GroupChange<Status> {
  readonly id: number
  readonly status: Status
}

/** Sets the routing status of an agent, and emits the change. */
export function changeRoutingStatus(licence: Licence, agent: Agent, status: RoutingStatus): void {
  if (agent.routingStatus === status) return
  const agentSide = groupStatuses(licence, groupRoutingStatus)
  const customerSide = groupStatuses(licence, groupStatus)
  agent.routingStatus = status
  licence.changes.emit('routing', {
    agentId: agent.id,
    status,
    agentSide: changedGroups(agentSide, groupStatuses(licence, groupRoutingStatus)),
    customerSide: changedGroups(customerSide, groupStatuses(licence, groupStatus)),
  })
}

function groupStatuses<Status>(
  licence: Licence,
  statusOf: (licence: Licence, groupId: number) => Status,
): Map<number, Status> {
  return new Map([...licence.groups.keys()].map((id) => [id, statusOf(licence, id)]))
}

function changedGroups<Status>(
  before: ReadonlyMap<number, Status>,
  after: ReadonlyMap<number, Status>,
): GroupChange<Status>[] {
  return [...after].flatMap(([id, status]) => (before.get(id) === status ? [] : [{ id, status }]))
}

/** The chats that the agent serves now. */
function activeChatCount(licence: Licence, agentId: string): number {
  let count = 0
  for (const chat of licence.chats.values()) {
    if (activeThread(chat) && chat.users.some(({ id, present }) => id === agentId && present)) count += 1
  }
  return count
}

/**
 * The agent that routing gives a new chat of these groups: accepting, not full, with the fewest chats. Group 0 is
 * everyone's.
 */
export function routeToAgent(licence: Licence, groupIds: readonly number[]): Agent | undefined {
  return acceptingAgents(licence, groupIds)
    .map((agent) => ({ agent, load: activeChatCount(licence, agent.id) }))
    .filter(({ agent, load }) => load < agent.maxChats)
    .sort((a, b) => a.load - b.load)[0]?.agent
}

/** Whether the agent accepts chats and serves fewer than it may. */
export function isFree(licence: Licence, { id, routingStatus, maxChats }: Agent): boolean {
  return routingStatus === 'accepting_chats' && activeChatCount(licence, id) < maxChats
}

/** Whether an agent of these groups accepts chats; it may be full. */
export function hasAcceptingAgent(licence: Licence, groupIds: readonly number[]): boolean {
  return acceptingAgents(licence, groupIds).length > 0
}

/** Online while an agent takes chats, online_for_queue while those who would are all full. */
export function groupStatus(licence: Licence, groupId: number): GroupStatus {
  if (routeToAgent(licence, [groupId])) return 'online'
  return hasAcceptingAgent(licence, [groupId]) ? 'online_for_queue' : 'offline'
}

/** The status of a group as agents see it, in other words than customers get (docs/providers/livechat.md 14). */
export function groupRoutingStatus(licence: Licence, groupId: number): RoutingStatus {
  const statuses = [...licence.agents.values()]
    .filter((agent) => servesGroup(agent, [groupId]))
    .map(({ routingStatus }) => routingStatus)
  const best = (['accepting_chats', 'not_accepting_chats'] as const).find((status) =>
    statuses.includes(status),
  )
  return best ?? 'offline'
}

/** True if the agent belongs to one of the groups. */
export function servesGroup(agent: Agent, groupIds: readonly number[]): boolean {
  return groupIds.some((id) => agent.groupIds.includes(id))
}

function acceptingAgents(licence: Licence, groupIds: readonly number[]): Agent[] {
  return [...licence.agents.values()].filter(
    (agent) => agent.routingStatus === 'accepting_chats' && servesGroup(agent, groupIds),
  )
}
