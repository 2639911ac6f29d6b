import { unsupported } from '../../domain/capability.ts'
import type { CapabilityImplementations } from '../shared/chat-adapter.ts'
import type { translateErrorsWith } from '../shared/error-translation.ts'
import type { Connections } from './connections.ts'
import type { supportsOf } from './supports.ts'

/** Creates the capabilities for tags, ratings and transcripts. */
export function feedbackCapabilities(
  { agent, roomApiFor, visitorRoomApiFor }: Connections,
  supports: ReturnType<typeof supportsOf>,
  translateErrors: ReturnType<typeof translateErrorsWith>,
): Pick<CapabilityImplementations, 'SET_TAGS' | 'RATE_ROOM' | 'REQUEST_TRANSCRIPT'> {
  return {
    SET_TAGS: agent
      ? {
          ...supports.SET_TAGS,
          methods: {
            setRoomTags: translateErrors((roomId, tags, call) => agent.tags.set(roomId, tags, call)),
          },
        }
      : unsupported(supports.SET_TAGS.denialReason),
    RATE_ROOM: {
      ...supports.RATE_ROOM,
      methods: {
        rateRoom: translateErrors((roomId, rating, call) => visitorRoomApiFor(call).rateRoom(roomId, rating)),
      },
    },
    REQUEST_TRANSCRIPT: {
      ...supports.REQUEST_TRANSCRIPT,
      methods: {
        requestTranscript: translateErrors((roomId, email, call) =>
          roomApiFor(call).requestTranscript(roomId, email),
        ),
      },
    },
  }
}
