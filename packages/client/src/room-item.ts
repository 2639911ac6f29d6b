import type { ClientEventsSubscription, ClientPageQuery } from './generated/operations.ts'
import type { FollowItem } from './room-documents.ts'

/** A room with a page of messages as the documents of this package select them. */
export type SelectedRoom = NonNullable<ClientPageQuery['room']>

/** An item of a room that is followed with the documents of this package. */
export type RoomItem = FollowItem<SelectedRoom, ClientEventsSubscription['roomEvents']>
