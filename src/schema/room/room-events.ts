import type { RoomChange, RoomEvent as RoomEventModel } from '../../domain/events.ts'
import { encodeId } from '../../domain/ids.ts'
import { builder } from '../builder.ts'
import { Message } from '../message/message.ts'
import { Room, type RoomHandle } from './room-ref.ts'

type EventOf<T extends RoomChange['type']> = RoomEventModel & {
  readonly change: Extract<RoomChange, { type: T }>
}

export const RoomEvent = builder.interfaceRef<RoomEventModel>('RoomEvent').implement({
  description:
    'A change in a room. Events arrive in order. Subscribe again with `after: cursor` to continue without missing or repeating events. The `endCursor` of a MessageConnection is such a cursor too: query the page, subscribe after it, and no message is missed between.',
  resolveType: ({ change }) => `${change.type}Event`,
  fields: (t) => ({
    cursor: t.exposeString('cursor', {
      description: 'Position of the event: a subscription with `after: cursor` continues after it.',
    }),
    room: t.field({
      type: Room,
      description:
        'Room that changed. For RoomUpdatedEvent it is the state that the event reports, and costs no call. For other events it is the state at delivery; selecting more than ids costs one read per event, which subscribers that send the same document share.',
      resolve: ({ provider, roomId, room, change }): RoomHandle => ({
        type: 'RoomHandle',
        provider,
        nativeId: roomId,
        ...(room && { polled: { room, isEventState: change.type === 'RoomUpdated' } }),
      }),
    }),
  }),
})

builder.objectRef<EventOf<'MessageAdded'>>('MessageAddedEvent').implement({
  description: 'A message was added to the room.',
  interfaces: [RoomEvent],
  fields: (t) => ({
    message: t.field({
      type: Message,
      description: 'The new message.',
      resolve: ({ change }) => change.message,
    }),
  }),
})

builder.objectRef<EventOf<'MessageUpdated'>>('MessageUpdatedEvent').implement({
  description: 'A message of the room was changed, for example edited.',
  interfaces: [RoomEvent],
  fields: (t) => ({
    message: t.field({
      type: Message,
      description: 'The message after the change.',
      resolve: ({ change }) => change.message,
    }),
  }),
})

builder.objectRef<EventOf<'MessageDeleted'>>('MessageDeletedEvent').implement({
  description: 'A message of the room was deleted: it is gone, or the provider marks it as deleted.',
  interfaces: [RoomEvent],
  fields: (t) => ({
    messageId: t.id({
      description: 'Global id of the deleted message.',
      resolve: ({ provider, change: { ref } }) => encodeId({ type: 'Message', provider, ref }),
    }),
  }),
})

builder.objectRef<EventOf<'RoomUpdated'>>('RoomUpdatedEvent').implement({
  description:
    'The state of the room changed: its status, agents, department or tags. `room` is the state as the gateway read it, so one event can report several changes. A subscription that resumes receives the event if the state differs from that of its cursor.',
  interfaces: [RoomEvent],
})

const GapReasonType = builder.enumType('GapReason', {
  description: 'Reason why events may be missing from a stream.',
  values: {
    HISTORY_LIMIT: { description: 'The provider’s history could not be read back far enough.' },
    SLOW_CONSUMER: {
      description:
        'This subscriber reads too slowly, so events were dropped; they follow the gap’s cursor. The stream continues, unless the subscriber makes no progress.',
    },
    CURSOR_EXPIRED: {
      description:
        'The room no longer matches what was delivered up to the cursor: a message disappeared without being marked as deleted, or one was inserted long after its time.',
    },
  } as const,
})

builder.objectRef<EventOf<'Gap'>>('GapEvent').implement({
  description:
    'Events may be missing between `from` and `to`, at this point of the stream: the provider no longer had them, or this subscriber read too slowly. Read the page again and subscribe after its `endCursor`. After SLOW_CONSUMER you can subscribe after `cursor` instead, which delivers exactly the missing events. A stream that continues after the gap does not know what the page shows, so its own cursors may miss a deletion.',
  interfaces: [RoomEvent],
  fields: (t) => ({
    reason: t.field({
      type: GapReasonType,
      description: 'Reason for the gap.',
      resolve: ({ change }) => change.reason,
    }),
    from: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Start of the gap; null for the beginning of the room.',
      resolve: ({ change }) => change.from,
    }),
    to: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'End of the gap; null if the stream ends with this event.',
      resolve: ({ change }) => change.to,
    }),
  }),
})
