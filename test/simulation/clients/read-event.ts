import { decodeId } from '../../../src/domain/ids.ts'
import type { HistoryEventsSubscription, HistoryMessagesSubscription } from '../../generated/graphql.ts'
import type { DeliveredEvent } from '../oracle/history.ts'
import { stateText } from '../oracle/room-states.ts'

/** An answer of either stream of a room. */
export type RoomEventData = Partial<HistoryEventsSubscription & HistoryMessagesSubscription>

/** What an event tells, of which room (global id), and the cursor where its stream has them. */
export interface ReadEvent {
  readonly event: DeliveredEvent
  readonly room: string
  readonly cursor: string | null
}

/** What an answer tells; null where it tells nothing. `room` is the one that was subscribed to. */
export function readEvent({ roomEvents, messageAdded }: RoomEventData, room: string): ReadEvent | null {
  if (messageAdded) return { event: versionTold('added', messageAdded), room, cursor: null }
  if (roomEvents) return { event: toldBy(roomEvents), room: roomEvents.room.id, cursor: roomEvents.cursor }
  return null
}

/** What an event of `roomEvents` tells. */
function toldBy(event: HistoryEventsSubscription['roomEvents']): DeliveredEvent {
  switch (event.__typename) {
    case 'MessageAddedEvent':
      return versionTold('added', event.message)
    case 'MessageUpdatedEvent':
      return versionTold('updated', event.message)
    case 'MessageDeletedEvent':
      return { type: 'deleted', id: deletedId(event.messageId) }
    case 'GapEvent':
      return { type: 'gap', reason: event.reason, from: event.from ?? null, to: event.to ?? null }
    case 'RoomUpdatedEvent':
      return { type: 'room updated', state: stateText(event.room) }
  }
}

/** A version of a message as it is told. */
function versionTold(
  type: 'added' | 'updated',
  message: HistoryMessagesSubscription['messageAdded'],
): DeliveredEvent {
  const { nativeId: id, text, kind, visibility } = message
  return { type, id, text, kind, visibility }
}

function deletedId(globalId: string): string {
  const id = decodeId(globalId)
  return id?.type === 'Message' ? id.ref.messageId : globalId
}
