import { plainError } from '../../errors.ts'
import type { Agent } from '../../model.ts'
import { agents, visitorInfo } from '../../wire/agent-shapes.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import { pageOf, sorted } from '../../wire/paging.ts'
import { shape } from '../../wire/request-shape.ts'

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
      livechat: { maxNumberSimultaneousChat: '' },
      departments: [...workspace.departments.values()]
        .filter(({ agentIds }) => agentIds.includes(agent._id))
        .map(({ _id }) => _id),
    }))
    return { users, ...paging }
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
    return { visitor: found }
  },
})

/** Agents, users and visitors by their ids (docs/providers/rocketchat.md 4.3). */
export const userRoutes: readonly BoundRoute[] = [agentList, presence, userInfo, visitor]

function withoutRoles({ roles: _roles, ...agent }: Agent): Omit<Agent, 'roles'> {
  return agent
}
