import { plainError } from '../errors.ts'
import { translate } from '../translations.ts'
import { apiRoute, type BoundRoute } from '../wire/api-route.ts'
import { survey, transcript } from '../wire/visitor-shapes.ts'
import { sendTranscript } from '../workspace/transcripts.ts'
import { requireGuestRoom } from './visitor-access.ts'

/** The names of a rating, and which value each takes (docs/providers/rocketchat.md 4.1; `agentResposiveness` is the server's spelling). */
const SCORED = new Set(['satisfaction', 'agentKnowledge', 'agentResposiveness', 'agentFriendliness'])
const isScore = (value: string) => /^[1-5]$/.test(value)

const rate = apiRoute({
  method: 'POST',
  path: 'livechat/room.survey',
  body: survey,
  legacyStyle: 'object',
  handle({ workspace, body }) {
    const { room } = requireGuestRoom(workspace, body)
    const data = body.data.filter(({ name, value }) =>
      SCORED.has(name) ? isScore(value) : name === 'additionalFeedback',
    )
    if (data.length === 0) throw plainError('invalid-data')
    const surveyFeedback = Object.fromEntries(data.map(({ name, value }) => [name, value]))
    const _updatedAt = new Date(workspace.host.now())
    workspace.rooms.set(room._id, { ...room, surveyFeedback, _updatedAt })
    return { rid: room._id, data }
  },
})

const mailTranscript = apiRoute({
  method: 'POST',
  path: 'livechat/transcript',
  limit: ({ transcriptLimit }) => (transcriptLimit ? { calls: 5, windowMs: 60_000 } : undefined),
  body: transcript,
  legacyStyle: 'object',
  handle({ workspace, body: { token, rid, email } }) {
    const room = workspace.rooms.get(rid)
    if (!room) throw plainError('error-invalid-room')
    if (room.v.token !== token || !workspace.visitors.has(token)) throw plainError('error-invalid-visitor')
    sendTranscript(workspace, room, email)
    return { message: translate(workspace.settings.Language, 'transcriptSent') }
  },
})

/** POST livechat/room.survey and livechat/transcript, in open and in closed rooms (docs/providers/rocketchat.md 15, 19). */
export const visitorFeedbackRoutes: readonly BoundRoute[] = [rate, mailTranscript]
