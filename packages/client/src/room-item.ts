import type { ClientEventsSubscription, ClientPageQuery } from './generated/operations.ts'
import type { FollowItem } from './room-documents.ts'

/** An item of a room that is followed with the documents of this package. */
export type RoomItem = FollowItem<
  NonNullable<ClientPageQuery['room']>,
  ClientEventsSubscription['roomEvents']
>
