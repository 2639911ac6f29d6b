import { codedError } from '../../errors.ts'
import { readRoom } from '../../wire/agent-shapes.ts'
import { apiRoute } from '../../wire/api-route.ts'
import { isSubscribed } from '../../workspace/subscriptions.ts'

/** Marks a room as read by one of its members (docs/providers/rocketchat.md 19). */
export const readRoomRoute = apiRoute({
  method: 'POST',
  path: 'subscriptions.read',
  login: true,
  body: readRoom,
  legacyStyle: 'object',
  handle({ workspace, body: { rid }, user }) {
    if (!isSubscribed(workspace, rid, user()._id)) {
      throw codedError('error-invalid-subscription', 'Invalid subscription')
    }
    workspace.readAt.set(`${rid} ${user()._id}`, new Date(workspace.host.now()))
    return {}
  },
})
