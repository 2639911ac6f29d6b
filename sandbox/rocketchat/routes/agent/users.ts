import { plainError } from '../../errors.ts'
import type { Agent } from '../../model.ts'
import { agents, queue, visitorInfo } from '../../wire/agent-shapes.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import { pageOf, sorted } from '../../wire/paging.ts'
import { shape } from '../../wire/request-shape.ts'
import type { Workspace } from '../../workspace/workspace.ts'

const agentList = apiRoute({
  method: 'GET',
  path: 'livechat/users/agent',
  permissions: ['transfer-livechat-guest', 'edit-omnichannel-contact'],
  query: agents,
  legacyStyle: 'object',
  handle({ workspace, query }) {
    const term = query.text?.toLowerCase() ?? ''
    const found = [...workspace.agents.values()].filter(
      ({ _id, roles, username, name }) =>
        roles.includes('livechat-agent') &&
        _id !== query.excludeId &&
        `${username} ${name}`.toLowerCase().includes(term),
    )
    const { rows, paging } = pageOf(sorted(found, query.sort, { name: 1 }), query)
    const users = rows.map((agent) => ({
      ...withoutRoles(agent),
      livechat: { maxNumberSimultaneousChat: agent.maxNumberSimultaneousChat ?? '' },
      departments: [...workspace.departments.values()]
        .filter(({ agentIds }) => agentIds.includes(agent._id))
        .map(({ _id }) => _id),
    }))
    return { users, ...paging }
  },
})

/**
 * Open rooms that are served, on hold or not, counted by agent and department; without `includeOfflineAgents` only those of
 * agents who are online and available (docs/providers/rocketchat.md 13).
 */
const load = apiRoute({
  method: 'GET',
  path: 'livechat/queue',
  permissions: ['view-l-room'],
  query: queue,
  legacyStyle: 'object',
  handle({ workspace, query }) {
    const counted = countLoads(workspace).filter(
      ({ user, department }) =>
        (!query.agentId || user._id === query.agentId) &&
        (!query.departmentId || department._id === query.departmentId) &&
        (query.includeOfflineAgents === 'true' || isOnline(workspace.agents.get(user._id))),
    )
    const { rows, paging } = pageOf(sorted(counted, query.sort, { chats: -1 }), query)
    return { queue: rows, ...paging }
  },
})

const presence = apiRoute({
  method: 'GET',
  path: 'users.presence',
  login: true,
  query: shape<{ readonly ids?: string | readonly string[] }>({ type: 'object', additionalProperties: true }),
  legacyStyle: 'object',
  handle({ workspace, query: { ids = [] } }) {
    const wanted = typeof ids === 'string' ? ids.split(',') : ids
    const users = [...workspace.agents.values()]
      .filter(({ _id }) => wanted.includes(_id))
      .map(({ _id, username, name, status }) => ({ _id, username, name, status, utcOffset: 0 }))
    return { users, full: false }
  },
})

const userInfo = apiRoute({
  method: 'GET',
  path: 'users.info',
  login: true,
  query: shape<{ readonly userId?: string; readonly username?: string }>({
    type: 'object',
    additionalProperties: true,
  }),
  legacyStyle: 'object',
  handle({ workspace, query: { userId, username } }) {
    if (!userId && !username) throw plainError('Invalid search query.')
    const user = [...workspace.agents.values()].find((agent) =>
      userId ? agent._id === userId : agent.username === username,
    )
    if (!user) throw plainError('User not found.')
    const { emails: _emails, statusLivechat: _livechat, ...shown } = user
    return { user: { ...shown, type: 'user', active: true } }
  },
})

const visitor = apiRoute({
  method: 'GET',
  path: 'livechat/visitors.info',
  permissions: ['view-l-room'],
  query: visitorInfo,
  legacyStyle: 'object',
  handle({ workspace, query: { visitorId } }) {
    const found = [...workspace.visitors.values()].find(({ _id }) => _id === visitorId)
    if (!found) throw plainError('visitor-not-found')
    const { token: _token, ...visitor } = found
    return { visitor }
  },
})

/** Agents, users and visitors by their ids (docs/providers/rocketchat.md 4.3). */
export const userRoutes: readonly BoundRoute[] = [agentList, load, presence, userInfo, visitor]

function withoutRoles({ roles: _roles, maxNumberSimultaneousChat: _limit, ...agent }: Agent): object {
  return agent
}

interface Load {
  readonly user: Pick<Agent, '_id' | 'username' | 'status'>
  readonly department: { readonly _id?: string; readonly name?: string }
  readonly chats: number
}

function countLoads(workspace: Workspace): readonly Load[] {
  const loads = new Map<string, Load>()
  for (const { open, servedBy, departmentId } of workspace.rooms.values()) {
    const agent = workspace.agents.get(servedBy?._id ?? '')
    if (!open || !agent) continue
    const { _id, username, status } = agent
    const found = workspace.departments.get(departmentId ?? '')
    const department = found ? { _id: found._id, name: found.name } : {}
    const key = JSON.stringify([_id, found?._id])
    const chats = (loads.get(key)?.chats ?? 0) + 1
    loads.set(key, { user: { _id, username, status }, department, chats })
  }
  return [...loads.values()]
}

function isOnline(agent: Agent | undefined): boolean {
  return agent?.status !== 'offline' && agent?.statusLivechat === 'available'
}
