import { codedError, plainError } from '../../errors.ts'
import { chatHistory } from '../../wire/agent-shapes.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import { pageOf, sorted } from '../../wire/paging.ts'
import { requireRoom } from './room-access.ts'

/**
 * GET livechat/visitors.chatHistory: all rooms of a visitor, for users that may see the room in the path, even if that is
 * another visitor's (docs/providers/rocketchat.md 16.3). The texts of its errors are inferred.
 */
export const visitorHistoryRoute: BoundRoute = apiRoute({
  method: 'GET',
  path: 'livechat/visitors.chatHistory/room/:roomId/visitor/:visitorId',
  permissions: ['view-l-room'],
  query: chatHistory,
  legacyStyle: 'object',
  handle({ workspace, query, param, user }) {
    requireRoom(workspace, user(), param('roomId'), {
      absent: () => plainError('invalid-room'),
      foreign: () => codedError('error-not-allowed', 'Not allowed'),
    })
    const rooms = [...workspace.rooms.values()].filter(({ v }) => v._id === param('visitorId'))
    const { rows, paging } = pageOf(sorted(rooms, query.sort, { ts: -1 }), query)
    return { history: rows, ...paging }
  },
})
