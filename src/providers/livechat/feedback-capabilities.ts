import type { CapabilityImplementations } from '../shared/chat-adapter.ts'
import type { translateErrorsWith } from '../shared/error-translation.ts'
import { setThreadTags } from './agent/thread-tags.ts'
import type { Connections } from './connections.ts'
import { rateChat, requestTranscript } from './customer/feedback.ts'
import type { supportsOf } from './supports.ts'

/** Creates the capabilities for tags, ratings and transcripts. */
export function feedbackCapabilities(
  { provider, roomApiFor }: Pick<Connections, 'roomApiFor'> & { readonly provider: string },
  supports: ReturnType<typeof supportsOf>,
  translateErrors: ReturnType<typeof translateErrorsWith>,
): Pick<CapabilityImplementations, 'SET_TAGS' | 'RATE_ROOM' | 'REQUEST_TRANSCRIPT'> {
  return {
    SET_TAGS: {
      ...supports.SET_TAGS,
      methods: {
        setRoomTags: translateErrors((roomId, tags, call) =>
          setThreadTags(roomApiFor(call), roomId, tags, provider),
        ),
      },
    },
    RATE_ROOM: {
      ...supports.RATE_ROOM,
      methods: {
        rateRoom: translateErrors((roomId, rating, call) =>
          rateChat(roomApiFor(call), roomId, rating, provider),
        ),
      },
    },
    REQUEST_TRANSCRIPT: {
      ...supports.REQUEST_TRANSCRIPT,
      methods: {
        requestTranscript: translateErrors((roomId, email, call) =>
          requestTranscript(roomApiFor(call), roomId, email, provider),
        ),
      },
    },
  }
}
