import type { GatewayError } from './errors.ts'
import type { TypedDocument } from './typed-document.ts'

/** What a page of messages must select. */
export interface MessagePage {
  readonly nodes: readonly { readonly createdAt: string }[]
  readonly pageInfo: {
    readonly startCursor?: string | null
    readonly endCursor?: string | null
    readonly hasPreviousPage: boolean
  }
}

/** What the document of a page must select of the room. */
export interface PagedRoom {
  readonly messages: MessagePage
}

/** What the document of the events must select of each. */
export interface FollowedEvent {
  readonly __typename: string
  readonly cursor: string
}

/** The documents with which a room is read and followed. */
export interface FollowDocuments<Room extends PagedRoom, Event extends FollowedEvent> {
  readonly page: TypedDocument<{ readonly room?: Room | null }, { roomId: string; before?: string | null }>
  readonly events: TypedDocument<{ readonly roomEvents: Event }, { roomId: string; after?: string | null }>
}

/** The current state of a room: the first item without a cursor, and after events were missed. It replaces what was known. */
export interface RoomPage<Room extends PagedRoom> {
  readonly __typename: 'RoomPage'
  readonly room: Omit<Room, 'messages'>
  /** Oldest first: the newest page, and those before it back to the beginning of a gap. */
  readonly messages: readonly Room['messages']['nodes'][number][]
  /** The cursor of earlier messages; null where there are none. */
  readonly earlier: string | null
  /** The position that later events follow; null for the current time. */
  readonly cursor: string | null
  /** Why fields are null that the gateway could not read; empty if it could read all. */
  readonly errors: readonly GatewayError[]
}

/** A page of messages before those that are known. */
export interface EarlierPage<Message> {
  /** Oldest first. */
  readonly messages: readonly Message[]
  /** The cursor of still earlier messages; null where there are none. */
  readonly earlier: string | null
}

/** An item of a followed room. */
export type FollowItem<Room extends PagedRoom, Event extends FollowedEvent> =
  | RoomPage<Room>
  | Exclude<Event, { readonly __typename: 'GapEvent' }>
