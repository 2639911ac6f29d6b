import { decodeId } from '../../../src/domain/ids.ts'
import type { HistoryEventsSubscription, HistoryMessagesSubscription } from '../../generated/graphql.ts'
import type { DeliveredEvent } from '../oracle/history.ts'
import { stateText } from '../oracle/room-states.ts'

/** The data of a result of either stream of a room. */
export type RoomEventData = Partial<HistoryEventsSubscription & HistoryMessagesSubscription>

/** An event, its room (global id), and its cursor where the stream has cursors. */
export interface ReadEvent {
  readonly event: DeliveredEvent
  readonly room: string
  readonly cursor: string | null
}

/** Reads the event in a result; null where there is none. `room` is the subscribed room. */
export function readEvent({ roomEvents, messageAdded }: RoomEventData, room: string): ReadEvent | null {
  if (messageAdded) return { event: messageEvent('added', messageAdded), room, cursor: null }
  if (roomEvents) return { event: roomEvent(roomEvents), room: roomEvents.room.id, cursor: roomEvents.cursor }
  return null
}

function roomEvent(event: HistoryEventsSubscription['roomEvents']): DeliveredEvent {
  switch (event.__typename) {
    case 'MessageAddedEvent':
      return messageEvent('added', event.message)
    case 'MessageUpdatedEvent':
      return messageEvent('updated', event.message)
    case 'MessageDeletedEvent':
      return { type: 'deleted', id: deletedId(event.messageId) }
    case 'GapEvent':
      return { type: 'gap', reason: event.reason, from: event.from ?? null, to: event.to ?? null }
    case 'RoomUpdatedEvent':
      return { type: 'room updated', state: stateText(event.room) }
  }
}

function messageEvent(
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
