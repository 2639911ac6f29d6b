import { plainError } from '../errors.ts'
import { translate } from '../translations.ts'
import { apiRoute, type BoundRoute } from '../wire/api-route.ts'
import { access, wantedRoom } from '../wire/visitor-shapes.ts'
import { closeRoom, findOpenRoom, findRoom, requestRoom, tagsRequired } from '../workspace/rooms.ts'
import { requireGuestRoom, sourceOf } from './visitor-access.ts'

const open = apiRoute({
  method: 'GET',
  path: 'livechat/room',
  limit: { calls: 5, windowMs: 60_000 },
  query: wantedRoom,
  validation: 'check',
  legacyStyle: 'object',
  async handle({ workspace, query, headers }) {
    const { token, rid, agentId } = query
    const guest = workspace.visitors.get(token)
    if (!guest) throw plainError('invalid-token')
    const room = rid ? findRoom(workspace, token, rid) : findOpenRoom(workspace, token)
    if (room?.open) return { room, newRoom: false }
    if (rid) throw plainError('invalid-room')
    return requestRoom(workspace, guest, { source: sourceOf(headers), agentId })
  },
})

const close = apiRoute({
  method: 'POST',
  path: 'livechat/room.close',
  body: access,
  legacyStyle: 'object',
  handle({ workspace, body }) {
    const { profile, settings } = workspace
    if (profile.visitorCloseSetting && !settings.Omnichannel_allow_visitors_to_close_conversation) {
      throw plainError('error-not-allowed-to-close-conversation')
    }
    const { guest, room } = requireGuestRoom(workspace, body)
    if (!room.open) throw plainError('room-closed')
    const department = workspace.departments.get(room.departmentId ?? '')
    if (department?.requestTagBeforeClosingChat && !department.chatClosingTags?.length) {
      throw tagsRequired(workspace)
    }
    const comment = translate(settings.Language, 'closedByVisitor')
    closeRoom(workspace, room, { kind: 'visitor', by: guest, comment })
    return { rid: room._id, comment }
  },
})

/**
 * GET livechat/room, which opens one where none is open, and POST livechat/room.close
 * (docs/providers/rocketchat.md 4.1).
 */
export const roomRoutes: readonly BoundRoute[] = [open, close]
