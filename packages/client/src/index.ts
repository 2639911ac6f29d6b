export { type Client, type ClientOptions, createClient, type SendOptions } from './client.ts'
export type { ConnectionState, ConnectionStore } from './connection.ts'
export type { Credential, CredentialSource } from './credential.ts'
export type { Message, Room } from './documents.ts'
export type { SocketConstructor, SocketLike } from './environment.ts'
export { type ErrorFields, GatewayError, isUserError, NetworkError } from './errors.ts'
export type { FollowOptions } from './follow.ts'
export type { MutationResult, MutationVariables, PayloadOf } from './mutate.ts'
export { createIdempotencyKey, type MutateOptions, type Outcome, type WriteOptions } from './outcome.ts'
export type { Abortable, Result } from './request.ts'
export type {
  EarlierPage,
  FollowDocuments,
  FollowedEvent,
  FollowItem,
  MessagePage,
  PagedRoom,
  RoomPage,
} from './room-documents.ts'
export type { RoomItem, SelectedRoom } from './room-item.ts'
export type { SubscribeOptions } from './subscribe.ts'
export type { RoomTimeline, TimelineSource } from './timeline.ts'
export type {
  MessageOf,
  StateOf,
  TimelineDocuments,
  TimelineEvent,
  TimelineRoom,
} from './timeline-documents.ts'
export type { TimelineState } from './timeline-state.ts'
export type { TypedDocument, Variables } from './typed-document.ts'
export type { UploadOptions, UploadPayload } from './upload.ts'
