import { ApiError, plainError } from '../../errors.ts'
import { agentStatus } from '../../wire/agent-shapes.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import { hasPermission } from '../../workspace/permissions.ts'

/**
 * Sets or toggles whether an agent takes chats. Outside business hours nobody can start to: for oneself that is an error, for
 * others nothing happens (docs/providers/rocketchat.md 13).
 */
export const agentStatusRoute: BoundRoute = apiRoute({
  method: 'POST',
  path: 'livechat/agent.status',
  permissions: ['view-l-room'],
  body: agentStatus,
  legacyStyle: 'object',
  handle({ workspace, body, user }) {
    const own = user()._id
    const agent = workspace.agents.get(body.agentId ?? own)
    if (!agent?.roles.includes('livechat-agent')) {
      throw new ApiError({ kind: 'not-found', text: 'Agent not found' })
    }
    const toggled = agent.statusLivechat === 'available' ? 'not-available' : 'available'
    const status = body.status ?? toggled
    if (agent._id !== own && !hasPermission(workspace, user(), 'manage-livechat-agents')) {
      throw new ApiError({ kind: 'forbidden' })
    }
    if (status === 'available' && !workspace.settings.business_hours_are_open) {
      if (agent._id === own) throw plainError('error-business-hours-are-closed')
      return { status: agent.statusLivechat }
    }
    workspace.agents.set(agent._id, { ...agent, statusLivechat: status })
    return { status }
  },
})
