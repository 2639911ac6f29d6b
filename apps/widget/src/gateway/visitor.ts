import { createSession, RoomTimeline, type Session, sendMutation } from '@switchboard/client'
import type { WidgetRoomQuery } from '../../generated/operations.ts'
import { eventsDocument, pageDocument, renewDocument } from '../documents.ts'
import { runExclusively } from '../state/browser-storage.ts'
import type { StoredConversation, VisitorStorage } from '../state/visitor-storage.ts'

const DOCUMENTS = { page: pageDocument, events: eventsDocument }

/** The visitor of a conversation. */
export interface Visitor {
  readonly roomId: string
  /** Its token is renewed when it has expired. */
  readonly session: Session
  readonly timeline: RoomTimeline<NonNullable<WidgetRoomQuery['room']>>
}

/** `anonymous` is the session that renews the visitor's token. */
export function createVisitor(
  anonymous: Session,
  storage: VisitorStorage,
  conversation: StoredConversation,
): Visitor {
  const { roomId } = conversation
  let current = conversation
  /** Another tab may have renewed the tokens, left the conversation, or begun another. */
  const refresh = (): boolean => {
    const stored = storage.conversation()
    if (stored?.roomId !== roomId) return false
    current = stored
    return true
  }

  /** Renews the token, in one tab at a time. Rejects with errors that may pass: the token is kept for the next attempt. */
  const renew = (refused: string) =>
    runExclusively('switchboard-chat renew', async () => {
      refresh()
      const { token, renewalToken } = current
      if (token !== refused || renewalToken === null) return
      const input = { renewalToken }
      const outcome = await sendMutation(anonymous, renewDocument, { input })
      if (outcome.status === 'done') {
        const isKept = refresh()
        const { visitorToken, renewalToken = null } = outcome.payload
        current = { ...current, token: visitorToken, renewalToken }
        if (isKept) storage.saveConversation(current)
      } else if ('error' in outcome && outcome.error.isTransient) throw outcome.error
    })

  const session = createSession({
    url: anonymous.url,
    credential: async (refused) => {
      refresh()
      if (refused && 'visitorToken' in refused) await renew(refused.visitorToken)
      return { visitorToken: current.token }
    },
  })
  return { roomId, session, timeline: new RoomTimeline(session, DOCUMENTS, roomId) }
}
