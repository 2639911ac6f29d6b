import { ApiError, failureWith, plainError } from '../../errors.ts'
import { savedRoomInfo } from '../../wire/agent-shapes.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import { hasPermission } from '../../workspace/permissions.ts'
import { saveGuestInfo, saveRoomInfo } from '../../workspace/save-room-info.ts'

const saveInfo = apiRoute({
  method: 'POST',
  path: 'livechat/room.saveInfo',
  login: true,
  body: savedRoomInfo,
  legacyStyle: 'object',
  handle({ workspace, body: { guestData, roomData }, user }) {
    const by = user()
    const room = workspace.rooms.get(roomData._id)
    if (!room) throw plainError('error-invalid-room')
    const isOwn = room.servedBy?._id === by._id
    if (!isOwn && !hasPermission(workspace, by, 'save-others-livechat-room-info')) {
      throw new ApiError({ kind: 'forbidden' })
    }
    // Both are saved at the same time, so the room is written although its guest is unknown, and the failure has no text.
    saveRoomInfo(workspace, room, roomData)
    const guest = [...workspace.visitors.values()].find(({ _id }) => _id === guestData._id)
    if (!guest) throw failureWith({ error: '' })
    saveGuestInfo(workspace, guest, guestData)
    return {}
  },
})

/** POST livechat/room.saveInfo: tags and topic of a room, name and addresses of its visitor (docs/providers/rocketchat.md 14.1). */
export const roomInfoRoutes: readonly BoundRoute[] = [saveInfo]
