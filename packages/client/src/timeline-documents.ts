import type { FollowDocuments, MessagePage, PagedRoom } from './room-documents.ts'

/** What the document of the page must select for a timeline. */
export interface TimelineRoom extends PagedRoom {
  readonly messages: MessagePage & {
    readonly nodes: readonly { readonly id: string; readonly createdAt: string }[]
  }
}

/** A message of a timeline's documents. */
export type MessageOf<Room extends TimelineRoom> = Room['messages']['nodes'][number]
/** The state of a room in a timeline's documents. */
export type StateOf<Room extends TimelineRoom> = Omit<Room, 'messages'>

/** What the document of the events must select for a timeline; of a room's update any part of the state. */
export type TimelineEvent<Room extends TimelineRoom> =
  | {
      readonly __typename: 'MessageAddedEvent' | 'MessageUpdatedEvent'
      readonly cursor: string
      readonly message: MessageOf<Room>
    }
  | { readonly __typename: 'MessageDeletedEvent'; readonly cursor: string; readonly messageId: string }
  | {
      readonly __typename: 'RoomUpdatedEvent'
      readonly cursor: string
      readonly room: Partial<StateOf<Room>>
    }
  | { readonly __typename: 'GapEvent'; readonly cursor: string; readonly reason: string }

/** The documents of a timeline. */
export type TimelineDocuments<Room extends TimelineRoom> = FollowDocuments<Room, TimelineEvent<Room>>
