export { type Client, type ClientOptions, createClient, type SendOptions } from './client.ts'
export type { ConnectionState, ConnectionStore } from './connection.ts'
export type { Credential, CredentialSource } from './credential.ts'
export type { Message, Room } from './documents.ts'
export { downloadFile } from './download.ts'
export type { SocketConstructor, SocketLike } from './environment.ts'
export { type ErrorFields, GatewayError, isUserError, NetworkError } from './errors.ts'
export { openEventStream } from './event-stream.ts'
export { type FollowOptions, followRoom } from './follow.ts'
export { type MutationResult, type MutationVariables, type PayloadOf, sendMutation } from './mutate.ts'
export { createIdempotencyKey, type MutateOptions, type Outcome, type WriteOptions } from './outcome.ts'
export { type Abortable, type Result, sendOperation } from './request.ts'
export { type AttemptOptions, type RetryOptions, retry } from './retry.ts'
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
export { createSession, retryNow, type Session, type SessionOptions } from './session.ts'
export type { OpenStream } from './stream.ts'
export { type SubscribeOptions, subscribeResuming } from './subscribe.ts'
export { RoomTimeline } from './timeline.ts'
export type {
  MessageOf,
  StateOf,
  TimelineDocuments,
  TimelineEvent,
  TimelineRoom,
} from './timeline-documents.ts'
export type { TimelineState } from './timeline-state.ts'
export type { TypedDocument, Variables } from './typed-document.ts'
export { type UploadOptions, type UploadPayload, uploadFile } from './upload.ts'
