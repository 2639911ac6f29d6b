import { plainError } from '../errors.ts'
import { apiRoute, type BoundRoute } from '../wire/api-route.ts'
import { agentInfo } from '../workspace/agents.ts'
import { requireGuestRoom } from './visitor-access.ts'

/** GET livechat/agent.info/:rid/:token: who serves a room (docs/providers/rocketchat.md 4.1). */
export const agentInfoRoute: BoundRoute = apiRoute({
  method: 'GET',
  path: 'livechat/agent.info/:rid/:token',
  legacyStyle: 'object',
  handle({ workspace, param }) {
    const { room } = requireGuestRoom(workspace, { token: param('token'), rid: param('rid') })
    const agent = room.servedBy && agentInfo(workspace, room.servedBy._id)
    if (!agent) throw plainError('invalid-agent')
    return { agent }
  },
})
