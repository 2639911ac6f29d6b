import type {
  ClientEventsSubscription,
  ClientEventsSubscriptionVariables,
  ClientMessageFragment,
  ClientPageQuery,
  ClientPageQueryVariables,
  ClientRoomFragment,
  ClientSendMutation,
  ClientSendMutationVariables,
} from './generated/operations.ts'
import type { TypedDocument } from './typed-document.ts'

/** A message as the documents of this package select it. */
export type Message = ClientMessageFragment
/** The state of a room as the documents of this package select it. */
export type Room = ClientRoomFragment

// One line for what belongs together: the texts are part of what a page loads, as they are here.

const messageFields = /* GraphQL */ `
fragment ClientMessage on Message {
id kind systemEvent text markup state visibility createdAt editedAt isMine author { nativeId name role }
attachments { id url externalUrl name contentType size } form { label answer } buttons { text url }
}`

const roomFields = /* GraphQL */ `
fragment ClientRoom on Room {
status department { id name } agents { nativeId name } tags closedAt rating { score comment } capabilities { capability allowed reason }
}`

/** Reads the state of a room and a page of its messages. */
export const pageDocument: TypedDocument<ClientPageQuery, ClientPageQueryVariables> = /* GraphQL */ `
query ClientPage($roomId: ID!, $before: String) {
room(id: $roomId) { id ...ClientRoom messages(last: 50, before: $before) {
nodes { ...ClientMessage } pageInfo { startCursor endCursor hasPreviousPage } } } }${roomFields}${messageFields}`

/** Subscribes to the events of a room. */
export const eventsDocument: TypedDocument<ClientEventsSubscription, ClientEventsSubscriptionVariables> =
  /* GraphQL */ `
subscription ClientEvents($roomId: ID!, $after: String) {
roomEvents(roomId: $roomId, after: $after) { __typename cursor
... on MessageAddedEvent { message { ...ClientMessage } }
... on MessageUpdatedEvent { message { ...ClientMessage } }
... on MessageDeletedEvent { messageId }
... on RoomUpdatedEvent { room { ...ClientRoom } }
... on GapEvent { reason from to } } }${roomFields}${messageFields}`

/** Sends a message. */
export const sendDocument: TypedDocument<ClientSendMutation, ClientSendMutationVariables> = /* GraphQL */ `
mutation ClientSend($input: SendMessageInput!) {
sendMessage(input: $input) { __typename
... on SendMessagePayload { message { ...ClientMessage } }
... on UserError { code detail } ... on InvalidInputError { field } ... on RateLimitedError { retryAfterMs } } }${messageFields}`
