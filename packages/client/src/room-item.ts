import type { FollowItem } from './follow.ts'
import type { ClientEventsSubscription, ClientPageQuery } from './generated/operations.ts'

/** An item of a room that is followed with the documents of this package. */
export type RoomItem = FollowItem<
  NonNullable<ClientPageQuery['room']>,
  ClientEventsSubscription['roomEvents']
>
