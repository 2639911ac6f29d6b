export { type Client, type ClientOptions, createClient, type SendOptions } from './client.ts'
export type { Credential, CredentialSource } from './credential.ts'
export type { Message, Room } from './documents.ts'
export type { SocketConstructor, SocketLike } from './environment.ts'
export { type ErrorFields, GatewayError, isUserError, NetworkError } from './errors.ts'
export type { FollowOptions } from './follow.ts'
export type { MutationResult, MutationVariables, PayloadOf } from './mutate.ts'
export { createIdempotencyKey, type Outcome, type WriteOptions } from './outcome.ts'
export type { Abortable, Result } from './request.ts'
export type {
  FollowDocuments,
  FollowedEvent,
  FollowItem,
  MessagePage,
  PagedRoom,
  RoomPage,
} from './room-documents.ts'
export type { RoomItem } from './room-item.ts'
export type { SubscribeOptions } from './subscribe.ts'
export type { EarlierPage, RoomTimeline, TimelineSource, TimelineState } from './timeline.ts'
export type { TypedDocument, Variables } from './typed-document.ts'
export type { UploadOptions, UploadPayload } from './upload.ts'
