import { plainError } from '../../errors.ts'
import type { Room } from '../../model.ts'
import { requestedTranscript } from '../../wire/agent-shapes.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import type { Workspace } from '../../workspace/workspace.ts'

const request = apiRoute({
  method: 'POST',
  path: 'livechat/transcript/:rid',
  permissions: ['send-omnichannel-chat-transcript'],
  body: requestedTranscript,
  legacyStyle: 'object',
  handle({ workspace, body: { email, subject }, param }) {
    const room = requireOpenRoom(workspace, param('rid'))
    if (room.transcriptRequest) throw plainError('error-transcript-already-requested')
    workspace.rooms.set(room._id, { ...room, transcriptRequest: { email, subject } })
    return {}
  },
})

const withdraw = apiRoute({
  method: 'DELETE',
  path: 'livechat/transcript/:rid',
  permissions: ['send-omnichannel-chat-transcript'],
  legacyStyle: 'object',
  handle({ workspace, param }) {
    const { transcriptRequest, ...room } = requireOpenRoom(workspace, param('rid'))
    if (!transcriptRequest) throw plainError('error-transcript-not-requested')
    workspace.rooms.set(room._id, room)
    return {}
  },
})

/** Transcripts that agents ask for, which are sent when the room closes (docs/providers/rocketchat.md 19). */
export const transcriptRequestRoutes: readonly BoundRoute[] = [request, withdraw]

function requireOpenRoom(workspace: Workspace, rid: string): Room {
  const room = workspace.rooms.get(rid)
  if (!room?.open) throw plainError('error-invalid-room')
  return room
}
