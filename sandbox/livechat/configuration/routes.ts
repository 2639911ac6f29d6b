import type { WireRoute } from '../../wire-server.ts'
import { requireScope } from '../agent/access.ts'
import { requireAgent } from '../agent/routes.ts'
import { coversScope } from '../scopes.ts'
import type { Agent } from '../store/model.ts'
import { groupRoutingStatus, servesGroup } from '../store/routing.ts'
import { formatTimestamp } from '../store/timestamps.ts'
import type { AgentPrincipal } from '../token-store.ts'
import { listOf, oneOf, type Schema, shape } from '../v3/input.ts'
import { apiRoutes, type Backend, method } from '../v3/method.ts'
import { webhookMethods } from './webhooks.ts'

/**
 * Configuration API v3.6, as far as it lists agents, groups and tags (whole sets, bare arrays, no paging:
 * docs/providers/livechat.md 8) and keeps webhooks (docs/providers/livechat.md 7.1).
 */
export function configurationRoutes(backend: Backend): WireRoute[] {
  const methods = [listAgents, listGroups, listTags, ...webhookMethods]
  return apiRoutes('configuration', methods, backend, requireAgent(backend.tokens))
}

const groupIds: Schema = listOf({ type: 'integer' })

/** Agent fields that come only when asked for by `fields`. */
const AGENT_EXTRAS: Readonly<Record<string, (agent: Agent) => unknown>> = {
  groups: (agent) => agent.groupIds.map((id) => ({ id, priority: 'normal' })),
  job_title: (agent) => agent.jobTitle,
  max_chats_count: (agent) => agent.maxChats,
  suspended: () => false,
  awaiting_approval: () => false,
}

interface AgentsInput {
  readonly fields?: readonly string[]
  readonly filters?: { readonly group_ids?: readonly number[] }
}

const listAgents = method(
  'list_agents',
  shape({ fields: listOf(oneOf(...Object.keys(AGENT_EXTRAS))), filters: shape({ group_ids: groupIds }) }),
  ({ fields = [], filters }: AgentsInput, caller: AgentPrincipal, { licence }) => {
    requireScope(caller, 'agents--all:ro')
    return [...licence.agents.values()]
      .filter((agent) => !filters?.group_ids || servesGroup(agent, filters.group_ids))
      .map((agent) => ({
        id: agent.id,
        account_id: agent.accountId,
        name: agent.name,
        role: agent.role,
        avatar_path: agent.avatar.replace('https://', ''),
        login_status: agent.routingStatus.replaceAll('_', ' '),
        ...Object.fromEntries(fields.map((field) => [field, AGENT_EXTRAS[field]?.(agent)])),
      }))
  },
)

interface GroupsInput {
  readonly fields?: readonly ('agent_priorities' | 'routing_status')[]
}

const listGroups = method(
  'list_groups',
  shape({ fields: listOf(oneOf('agent_priorities', 'routing_status')) }),
  ({ fields = [] }: GroupsInput, caller: AgentPrincipal, { licence }) => {
    requireScope(caller, 'groups--all:ro')
    return [...licence.groups.values()].map((group) => ({
      id: group.id,
      name: group.name,
      language_code: group.languageCode,
      ...(fields.includes('routing_status') && { routing_status: groupRoutingStatus(licence, group.id) }),
      ...(fields.includes('agent_priorities') && {
        agent_priorities: Object.fromEntries(
          [...licence.agents.values()]
            .filter((agent) => servesGroup(agent, [group.id]))
            .map(({ id }) => [id, 'normal']),
        ),
      }),
    }))
  },
)

interface TagsInput {
  readonly filters?: { readonly group_ids: readonly number[] }
}

const listTags = method(
  'list_tags',
  shape({ filters: shape({ 'group_ids!': groupIds }) }),
  ({ filters }: TagsInput, caller: AgentPrincipal, { licence }) => {
    if (!coversScope(caller.scopes, 'tags--all:ro')) requireScope(caller, 'tags--groups:ro')
    return licence.tags
      .filter((tag) => !filters || tag.groupIds.some((id) => filters.group_ids.includes(id)))
      .map((tag) => ({
        name: tag.name,
        group_ids: tag.groupIds,
        author_id: tag.authorId,
        created_at: formatTimestamp(tag.createdAt),
      }))
  },
)
