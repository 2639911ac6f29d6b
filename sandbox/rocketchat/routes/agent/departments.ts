import { failureWith } from '../../errors.ts'
import type { Department } from '../../model.ts'
import { department, departments } from '../../wire/agent-shapes.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import { pageOf, sorted } from '../../wire/paging.ts'
import { shape } from '../../wire/request-shape.ts'
import type { Permission } from '../../workspace/permissions.ts'
import type { Workspace } from '../../workspace/workspace.ts'

const VIEWERS: readonly Permission[] = ['view-livechat-departments', 'view-l-room']

const list = apiRoute({
  method: 'GET',
  path: 'livechat/department',
  permissions: VIEWERS,
  query: departments,
  legacyStyle: 'object',
  handle({ workspace, query }) {
    const term = query.text?.toLowerCase() ?? ''
    const found = [...workspace.departments.values()].filter(
      ({ _id, name, enabled }) =>
        name.toLowerCase().includes(term) &&
        // Only `true` filters (docs/providers/rocketchat.md 4.3).
        (query.enabled !== 'true' || enabled) &&
        _id !== query.excludeDepartmentId,
    )
    const { rows, paging } = pageOf(sorted(found, query.sort, { name: 1 }), query)
    return { departments: rows.map(shown), ...paging }
  },
})

const one = apiRoute({
  method: 'GET',
  path: 'livechat/department/:_id',
  permissions: VIEWERS,
  query: department,
  legacyStyle: 'object',
  handle({ workspace, query, param }) {
    const found = workspace.departments.get(param('_id'))
    if (!found) return { department: null }
    const agents = query.includeAgents === 'false' ? undefined : membersOf(workspace, found)
    return { department: shown(found), ...(agents && { agents }) }
  },
})

const byIds = apiRoute({
  method: 'GET',
  path: 'livechat/department.listByIds',
  permissions: VIEWERS,
  query: shape<{ readonly ids?: string | readonly string[] }>({ type: 'object', additionalProperties: true }),
  legacyStyle: 'object',
  handle({ workspace, query: { ids } }) {
    if (ids === undefined) throw failureWith({ error: "The 'ids' param is required" })
    if (!Array.isArray(ids)) throw failureWith({ error: "The 'ids' param must be an array" })
    const found = [...workspace.departments.values()].filter(({ _id }) => ids.includes(_id))
    return { departments: found.map(shown) }
  },
})

/** GET livechat/department, one by id, and many by ids (docs/providers/rocketchat.md 4.3). */
export const departmentRoutes: readonly BoundRoute[] = [list, byIds, one]

function shown({ agentIds, ...department }: Department): object {
  return { ...department, numAgents: agentIds.length }
}

function membersOf(workspace: Workspace, { _id, agentIds }: Department): object[] {
  return agentIds.map((agentId) => ({
    agentId,
    departmentId: _id,
    username: workspace.agents.get(agentId)?.username,
    count: 0,
    order: 0,
  }))
}
