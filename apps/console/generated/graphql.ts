/* eslint-disable */
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** Calendar day as YYYY-MM-DD, for example 2026-01-02. */
  Date: { input: string; output: string; }
  /** Instant as RFC 3339 text in UTC, for example 2026-01-02T03:04:05.678Z. Input may use another offset. */
  DateTime: { input: string; output: string; }
};

/** An agent of a provider’s account. All agents of a provider cost one call per five seconds, for all callers together. */
export type Agent = Node & {
  __typename?: 'Agent';
  /** Whether the provider routes new rooms to the agent, at most five seconds old; false for an agent that is offline. Null if the provider does not report it. */
  acceptingChats?: Maybe<Scalars['Boolean']['output']>;
  /** Number of rooms that the agent serves now, at most five seconds old. Costs one more call per provider and five seconds, for all agents and callers together: at Rocket.Chat one per hundred agents and departments, at LiveChat one per hundred active rooms. Null for a LiveChat account with more than 500 active rooms. */
  activeRooms?: Maybe<Scalars['Int']['output']>;
  /** Address of a picture of the agent; null if the provider does not report one. */
  avatarUrl?: Maybe<Scalars['String']['output']>;
  /** Departments of the agent. If they cannot be read, the list is empty and the failure is in `errors`. Costs one call per provider and minute. */
  departments: Array<Department>;
  /** E-mail address of the agent. */
  email?: Maybe<Scalars['String']['output']>;
  /** Global id. It is opaque, never changes for the same object, and contains no credential. */
  id: Scalars['ID']['output'];
  /** Number of rooms that the agent may serve at once; null if there is no limit. */
  maxRooms?: Maybe<Scalars['Int']['output']>;
  /** Display name of the agent. */
  name?: Maybe<Scalars['String']['output']>;
  /** The provider’s id of the agent: a Rocket.Chat user id or a LiveChat e-mail address. Equal to the `Participant.nativeId` of the agent in rooms and messages. */
  nativeId: Scalars['String']['output'];
  /** Provider that the agent belongs to. */
  provider: Provider;
};

/** Filter of `agents`; an agent must match every field that is set. */
export type AgentFilter = {
  /** Only agents for which `Agent.acceptingChats` has this value. */
  acceptingChats?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only agents of this department, by its global id. */
  departmentId?: InputMaybe<Scalars['ID']['input']>;
  /** Only agents of these providers, by their configured names. */
  providers?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Input of `assignRoom`. */
export type AssignRoomInput = {
  /** Global id of an agent of the room’s provider. */
  agentId: Scalars['ID']['input'];
  /** Reason, for the agents. Rocket.Chat stores it with the transfer. At LiveChat the gateway sends it as a note after the transfer; if only the note fails, the mutation succeeds without it. */
  comment?: InputMaybe<Scalars['String']['input']>;
  /** Global id of the room. */
  roomId: Scalars['ID']['input'];
};

/** Payload of `assignRoom`: the agent serves the room. */
export type AssignRoomPayload = {
  __typename?: 'AssignRoomPayload';
  /** The room after the change. Selecting its state can cost one read of the room. */
  room: Room;
};

/** Result of the mutation: AssignRoomPayload if it succeeded, else one of the errors, which all implement UserError. */
export type AssignRoomResult = AssignRoomPayload | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** A file, image or link of a message. */
export type Attachment = {
  __typename?: 'Attachment';
  /** MIME type; null if the provider does not report it. */
  contentType?: Maybe<Scalars['String']['output']>;
  /** HTTP or HTTPS address of content that the provider does not store, for example a picture that a bot links to. The gateway does not fetch it. Null for a file of the provider. */
  externalUrl?: Maybe<Scalars['String']['output']>;
  /** Global id, for `GET /files/<id>`. It is opaque, never changes for the same attachment, and contains no credential. */
  id: Scalars['ID']['output'];
  /** File name or title; null if the provider reports none. */
  name?: Maybe<Scalars['String']['output']>;
  /** Size in bytes; null if the provider does not report it. */
  size?: Maybe<Scalars['Int']['output']>;
  /** Address of the file at the gateway, relative to it: `/files/<id>`. Send the same credential there as here. It responds with 404 if `externalUrl` is not null. */
  url: Scalars['String']['output'];
};

/** An operation that a provider can support. `Provider.capabilities` and `Room.capabilities` say where it is available. */
export type Capability =
  /** Assign a room to an agent: `assignRoom`. */
  | 'ASSIGN_ROOM'
  /** Close a room: `closeRoom`. */
  | 'CLOSE_ROOM'
  /** Delete a message: `deleteMessage`. */
  | 'DELETE_MESSAGE'
  /** List the agents of the account: `agents`. */
  | 'LIST_AGENTS'
  /** List offline messages: `offlineMessages` and `offlineMessageAdded`. */
  | 'LIST_OFFLINE_MESSAGES'
  /** List rooms: `rooms` and `roomActivity`. */
  | 'LIST_ROOMS'
  /** Mark messages as seen: `markSeen`. */
  | 'MARK_SEEN'
  /** Rate a room as its visitor: `rateRoom`. */
  | 'RATE_ROOM'
  /** Read a room and its messages, and subscribe to its events. */
  | 'READ_MESSAGES'
  /** Exchange an expired visitor token for a new one: `renewVisitor`. */
  | 'RENEW_VISITOR'
  /** Have the transcript of a room mailed: `requestTranscript`. */
  | 'REQUEST_TRANSCRIPT'
  /** Put a room back into its queue: `requeueRoom`. */
  | 'REQUEUE_ROOM'
  /** Send a file to a room: `POST /rooms/<room id>/files`. */
  | 'SEND_FILE'
  /** Write in a room: `sendMessage`. */
  | 'SEND_MESSAGE'
  /** Write a note that visitors never see: `sendMessage` with `visibility: AGENTS`. */
  | 'SEND_NOTE'
  /** Leave an offline message: `sendOfflineMessage`. */
  | 'SEND_OFFLINE_MESSAGE'
  /** Set whether an agent accepts chats: `setAgentStatus`. */
  | 'SET_AGENT_STATUS'
  /** Replace the tags of a room: `setRoomTags`, and `tags` of `closeRoom`. */
  | 'SET_TAGS'
  /** Show that the caller types: `setTyping`. */
  | 'SET_TYPING'
  /** Open a room as a new visitor, or as the visitor that calls: `startRoom`. */
  | 'START_ROOM'
  /** Serve a room oneself: `takeRoom`. */
  | 'TAKE_ROOM'
  /** Hand a room to a department: `transferRoom`. */
  | 'TRANSFER_ROOM'
  /** Edit a message: `updateMessage`. */
  | 'UPDATE_MESSAGE';

/** Input of `closeRoom`. */
export type CloseRoomInput = {
  /** Reason for closing, if the provider stores one. Rocket.Chat ignores the comment of a visitor. */
  comment?: InputMaybe<Scalars['String']['input']>;
  /** Global id of the room. */
  roomId: Scalars['ID']['input'];
  /** Tags to add to the room, for operators only: up to 25, without duplicates. Some workspaces refuse to close a room without tags: `INVALID_INPUT` at `tags`. LiveChat refuses a tag that it does not have, and then the room stays open; each tag costs a call there. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Payload of `closeRoom`: the room is closed. */
export type CloseRoomPayload = {
  __typename?: 'CloseRoomPayload';
  /** The closed room. Selecting its state costs one read of the room. */
  room: Room;
};

/** Result of the mutation: CloseRoomPayload if it succeeded, else one of the errors, which all implement UserError. */
export type CloseRoomResult = CloseRoomPayload | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** The request contradicts the current state: an idempotency key was used with another input, no agent is online, another agent serves the room, or the state of the offline message does not allow the change. */
export type ConflictError = UserError & {
  __typename?: 'ConflictError';
  /** Stable code, for programs. */
  code: ErrorCode;
  /** Explanation in English, for people. It may change; programs should use `code`. */
  detail: Scalars['String']['output'];
};

/** A field that an account defines. */
export type CustomField = {
  __typename?: 'CustomField';
  /** Name of the field. */
  key: Scalars['String']['output'];
  /** Value as text. */
  value: Scalars['String']['output'];
};

/** A custom field of a visitor or a room. */
export type CustomFieldInput = {
  /** Key of the field, at most 100 characters. */
  key: Scalars['String']['input'];
  /** Value of the field, at most 1000 characters. */
  value: Scalars['String']['input'];
};

/** Input of `deleteMessage`. */
export type DeleteMessageInput = {
  /** Global id of the message. */
  messageId: Scalars['ID']['input'];
};

/** Payload of `deleteMessage`: the message was deleted. */
export type DeleteMessagePayload = {
  __typename?: 'DeleteMessagePayload';
  /** Time of the deletion by the provider’s clock; null if the provider does not report it. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Global id of the deleted message. */
  messageId: Scalars['ID']['output'];
};

/** Result of the mutation: DeleteMessagePayload if it succeeded, else one of the errors, which all implement UserError. */
export type DeleteMessageResult = ConflictError | DeleteMessagePayload | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** A Rocket.Chat department or a LiveChat group (formerly skill). Departments cost one call per provider and minute, for all callers together. */
export type Department = Node & {
  __typename?: 'Department';
  /** Global id. It is opaque, never changes for the same object, and contains no credential. */
  id: Scalars['ID']['output'];
  /** Name of the department; null if the provider does not report it. */
  name?: Maybe<Scalars['String']['output']>;
  /** The provider’s id of the department. */
  nativeId: Scalars['String']['output'];
  /** Whether an agent of the department is online for a new conversation, at most a minute old; null if the provider does not report it. LiveChat reports it with the groups. A Rocket.Chat with a service account costs one more call per hundred agents and minute. Without one it can be read only for a single department, for one call per department and minute; in lists it is false if no agent of the server is online, else null. */
  online?: Maybe<Scalars['Boolean']['output']>;
  /** What the provider asks visitors before a conversation with this department, as `Provider.preChatForm`: a LiveChat group can have its own form, for two calls per group and minute; the departments of a Rocket.Chat have the form of the server. */
  preChatForm?: Maybe<PreChatForm>;
};

/** Input of `discardOfflineMessage`. */
export type DiscardOfflineMessageInput = {
  /** Global id of the offline message. */
  offlineMessageId: Scalars['ID']['input'];
};

/** Payload of `discardOfflineMessage`: the message is not sent any more. */
export type DiscardOfflineMessagePayload = {
  __typename?: 'DiscardOfflineMessagePayload';
  /** The message in its new state. */
  offlineMessage: OfflineMessage;
};

/** Result of the mutation: DiscardOfflineMessagePayload if it succeeded, else one of the errors, which all implement UserError. */
export type DiscardOfflineMessageResult = ConflictError | DiscardOfflineMessagePayload | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** Input of `eraseOfflineMessages`. */
export type EraseOfflineMessagesInput = {
  /** E-mail address of the messages to erase. Upper and lower case are equal. */
  email: Scalars['String']['input'];
};

/** Payload of `eraseOfflineMessages`: the gateway stores no offline message from the address any more, and no earlier event that contains it. */
export type EraseOfflineMessagesPayload = {
  __typename?: 'EraseOfflineMessagesPayload';
  /** Number of messages that were erased. */
  count: Scalars['Int']['output'];
};

/** Result of the mutation: EraseOfflineMessagesPayload if it succeeded, else one of the errors, which all implement UserError. */
export type EraseOfflineMessagesResult = ConflictError | EraseOfflineMessagesPayload | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** Reason why a mutation, a field or a subscription failed. */
export type ErrorCode =
  /** The request contradicts the current state: an idempotency key was used with another input, no agent is online, another agent serves the room, or the state of the offline message does not allow the change. */
  | 'CONFLICT'
  /** The caller is known, and is not allowed to do this. */
  | 'FORBIDDEN'
  /** The input is not acceptable. Change it before you try again. */
  | 'INVALID_INPUT'
  /** The object does not exist, or the caller is not allowed to see it. */
  | 'NOT_FOUND'
  /** The request was sent and no response arrived, so it may or may not have been carried out. Read the current state before you try again. */
  | 'OUTCOME_UNKNOWN'
  /** The provider rejected the request, or sent a response that the gateway cannot read. */
  | 'PROVIDER_ERROR'
  /** The provider cannot be reached or does not respond. Nothing was done. */
  | 'PROVIDER_UNAVAILABLE'
  /** A rate limit or a bound of the offline queue is reached, and nothing was done. If `provider` is null, it is the gateway’s own limit for this caller. In a subscription that has started: events may be missing. */
  | 'RATE_LIMITED'
  /** The room is closed, so it accepts no change. */
  | 'ROOM_CLOSED'
  /** A credential is required, or the credential that was sent is not valid. */
  | 'UNAUTHENTICATED'
  /** The provider cannot do this as it is configured. Nothing was changed there. */
  | 'UNSUPPORTED';

/** The caller is known, and is not allowed to do this. */
export type ForbiddenError = UserError & {
  __typename?: 'ForbiddenError';
  /** Stable code, for programs. */
  code: ErrorCode;
  /** Explanation in English, for people. It may change; programs should use `code`. */
  detail: Scalars['String']['output'];
};

/** One question of a form, with its answer. */
export type FormAnswer = {
  __typename?: 'FormAnswer';
  /** The answer, several choices separated by commas; null if there is none. */
  answer?: Maybe<Scalars['String']['output']>;
  /** The question; empty if the form has none. */
  label: Scalars['String']['output'];
};

/** Events may be missing between `from` and `to`, at this point of the stream: the provider no longer had them, or this subscriber read too slowly. Read the page again and subscribe after its `endCursor`. After SLOW_CONSUMER you can subscribe after `cursor` instead, which delivers exactly the missing events. A stream that continues after the gap does not know what the page shows, so its own cursors may miss a deletion. */
export type GapEvent = RoomEvent & {
  __typename?: 'GapEvent';
  /** Position of the event: a subscription with `after: cursor` continues after it. */
  cursor: Scalars['String']['output'];
  /** Start of the gap; null for the beginning of the room. */
  from?: Maybe<Scalars['DateTime']['output']>;
  /** Reason for the gap. */
  reason: GapReason;
  /** Room that changed. For RoomUpdatedEvent it is the state that the event reports, and costs no call. For other events it is the state at delivery; selecting more than ids costs one read per event, which subscribers that send the same document share. */
  room: Room;
  /** End of the gap; null if the stream ends with this event. */
  to?: Maybe<Scalars['DateTime']['output']>;
};

/** Reason why events may be missing from a stream. */
export type GapReason =
  /** The room no longer matches what was delivered up to the cursor: a message disappeared without being marked as deleted, or one was inserted long after its time. */
  | 'CURSOR_EXPIRED'
  /** The provider’s history could not be read back far enough. */
  | 'HISTORY_LIMIT'
  /** This subscriber reads too slowly, so events were dropped; they follow the gap’s cursor. The stream continues, unless the subscriber makes no progress. */
  | 'SLOW_CONSUMER';

/** State of the connection to a provider. */
export type HealthStatus =
  /** Some calls fail, or the provider limits their rate. */
  | 'DEGRADED'
  /** Several calls in a row failed, the provider was never reached, or it rejects the configured account. */
  | 'DOWN'
  /** No call was made yet. */
  | 'UNKNOWN'
  /** The last call succeeded. */
  | 'UP';

/** The input is not acceptable. Change it before you try again. */
export type InvalidInputError = UserError & {
  __typename?: 'InvalidInputError';
  /** Stable code, for programs. */
  code: ErrorCode;
  /** Explanation in English, for people. It may change; programs should use `code`. */
  detail: Scalars['String']['output'];
  /** Path of the input field that is not acceptable, for example `text`; null if it is none in particular. */
  field?: Maybe<Scalars['String']['output']>;
};

/** How live events are detected at present, and how late they can be. Costs no call. */
export type Live = {
  __typename?: 'Live';
  /** Milliseconds since the last successful poll, or since the push socket last showed life; null before the first one. */
  lagMs?: Maybe<Scalars['Int']['output']>;
  /** Milliseconds within which an event is detected, at the current poll interval and rate limits of the provider: 0 while the provider pushes, null while nothing is polled. It takes longer while the provider fails: see `lagMs`. */
  latencyMs?: Maybe<Scalars['Int']['output']>;
  /** The source that serves now. */
  source: LiveSource;
};

/** How the gateway detects live events. */
export type LiveSource =
  /** One poller for the whole account detects which rooms changed, and at most those are read. */
  | 'DIGEST'
  /** Nothing is polled, because there are no subscribers. */
  | 'NONE'
  /** Each room with subscribers is polled separately. */
  | 'POLL'
  /** The provider pushes over its own socket; polls only audit it. */
  | 'PUSH';

/** Input of `markSeen`. */
export type MarkSeenInput = {
  /** Global id of the newest message that the caller has seen, a message of this room. */
  messageId: Scalars['ID']['input'];
  /** Global id of the room. */
  roomId: Scalars['ID']['input'];
};

/** Payload of `markSeen`: the provider has marked the messages as seen. */
export type MarkSeenPayload = {
  __typename?: 'MarkSeenPayload';
  /** Global id of the room. */
  roomId: Scalars['ID']['output'];
};

/** Result of the mutation: MarkSeenPayload if it succeeded, else one of the errors, which all implement UserError. */
export type MarkSeenResult = ConflictError | ForbiddenError | InvalidInputError | MarkSeenPayload | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** A message in a room. */
export type Message = Node & {
  __typename?: 'Message';
  /** Files and images of the message; empty if it has none. */
  attachments: Array<Attachment>;
  /** Author; null for a message of the provider itself. */
  author?: Maybe<Participant>;
  /** Buttons of a rich message; empty if it has none. Costs no call. */
  buttons: Array<MessageButton>;
  /** Time at which the provider accepted the message. */
  createdAt: Scalars['DateTime']['output'];
  /** Time of the last edit or of the deletion; null if there was none, or if the provider does not report the time. */
  editedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Participant who edited or deleted the message last; null if nobody did, or if the provider does not report it. */
  editedBy?: Maybe<Participant>;
  /** The answers of a form, in its order; null unless `kind` is FORM. Costs no call. */
  form?: Maybe<Array<FormAnswer>>;
  /** Global id. It is opaque, never changes for the same object, and contains no credential. */
  id: Scalars['ID']['output'];
  /** Whether the caller wrote the message: as the visitor of the room, or as the agent that the operator’s writes appear as (`Viewer.agents`). Operators without an agent of their own write as the service account, so what one of them wrote is `isMine` for all of them. False for system messages, and while the provider does not say which agent that is. Costs no call, except at LiveChat for an operator: one per minute, for all callers together. */
  isMine: Scalars['Boolean']['output'];
  /** Kind of content. */
  kind: MessageKind;
  /** Markup that `text` can contain; null for plain text. LiveChat marks the messages that have some; at Rocket.Chat every message can, except system messages. Render it without HTML: anybody can write it. Costs no call. */
  markup?: Maybe<MessageMarkup>;
  /** The provider’s id of the message. */
  nativeId: Scalars['String']['output'];
  /** Room that contains the message. Costs no call if you select only its ids; its state costs one read. */
  room: Room;
  /** Whether the message was edited or deleted. */
  state: MessageState;
  /** What happened; null unless `kind` is SYSTEM. Costs no call. */
  systemEvent?: Maybe<SystemEventKind>;
  /** Plain text, with the answers of a form and the titles, texts and buttons of a rich message as lines; empty if the message was deleted. For a system message it is the text that the provider stores, often only a name: see `systemEvent`. */
  text: Scalars['String']['output'];
  /** Group of callers that can read the message. */
  visibility: MessageVisibility;
};

/** A message was added to the room. */
export type MessageAddedEvent = RoomEvent & {
  __typename?: 'MessageAddedEvent';
  /** Position of the event: a subscription with `after: cursor` continues after it. */
  cursor: Scalars['String']['output'];
  /** The new message. */
  message: Message;
  /** Room that changed. For RoomUpdatedEvent it is the state that the event reports, and costs no call. For other events it is the state at delivery; selecting more than ids costs one read per event, which subscribers that send the same document share. */
  room: Room;
};

/** A button of a rich message. */
export type MessageButton = {
  __typename?: 'MessageButton';
  /** Text on the button. */
  text: Scalars['String']['output'];
  /** HTTP or HTTPS address that the button opens; null for any other button, which is answered by sending its text. */
  url?: Maybe<Scalars['String']['output']>;
};

/** A page of messages, oldest first. Subscribe after `pageInfo.endCursor` to receive every later message exactly once. */
export type MessageConnection = {
  __typename?: 'MessageConnection';
  /** The items of the page, each with its cursor. */
  edges: Array<MessageEdge>;
  /** The items of the page without cursors. */
  nodes: Array<Message>;
  /** Position of the page in the list. Costs no call. */
  pageInfo: PageInfo;
};

/** A message of the room was deleted: it is gone, or the provider marks it as deleted. */
export type MessageDeletedEvent = RoomEvent & {
  __typename?: 'MessageDeletedEvent';
  /** Position of the event: a subscription with `after: cursor` continues after it. */
  cursor: Scalars['String']['output'];
  /** Global id of the deleted message. */
  messageId: Scalars['ID']['output'];
  /** Room that changed. For RoomUpdatedEvent it is the state that the event reports, and costs no call. For other events it is the state at delivery; selecting more than ids costs one read per event, which subscribers that send the same document share. */
  room: Room;
};

/** A message with the cursor of its position. */
export type MessageEdge = {
  __typename?: 'MessageEdge';
  /** Position of the message in the room, for `after`, `before` and subscriptions. */
  cursor: Scalars['String']['output'];
  /** The message. */
  node: Message;
};

/** Kind of content of a message. */
export type MessageKind =
  /** One or more files or images. */
  | 'FILE'
  /** A form, empty or filled in by the visitor. */
  | 'FORM'
  /** Cards, buttons and similar elements. */
  | 'RICH'
  /** Written by the provider, for example when an agent joins or the room is closed. */
  | 'SYSTEM'
  /** Plain text. */
  | 'TEXT'
  /** A kind that the gateway does not know. */
  | 'UNKNOWN';

/** Markup that the text of a message can contain. */
export type MessageMarkup =
  /** Markdown as the CommonMark specification defines it. */
  | 'COMMONMARK'
  /** Rocket.Chat’s own markup, which the package `@rocket.chat/message-parser` reads: `*bold*`, `_italic_`, `~strike~`, links, lists, code. */
  | 'ROCKET_CHAT';

/** Whether a message was changed after it was sent. */
export type MessageState =
  /** Unchanged since it was sent. */
  | 'ACTIVE'
  /** Deleted: its text is empty. */
  | 'DELETED'
  /** Its text was edited. */
  | 'EDITED';

/** A message of the room was changed, for example edited. */
export type MessageUpdatedEvent = RoomEvent & {
  __typename?: 'MessageUpdatedEvent';
  /** Position of the event: a subscription with `after: cursor` continues after it. */
  cursor: Scalars['String']['output'];
  /** The message after the change. */
  message: Message;
  /** Room that changed. For RoomUpdatedEvent it is the state that the event reports, and costs no call. For other events it is the state at delivery; selecting more than ids costs one read per event, which subscribers that send the same document share. */
  room: Room;
};

/** Group of callers that can read a message. */
export type MessageVisibility =
  /** Agents only: visitors never receive it. */
  | 'AGENTS'
  /** The visitor and all agents. */
  | 'EVERYONE';

/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type Mutation = {
  __typename?: 'Mutation';
  /** Assigns the room to an agent, in place of any agent that serves it now. Succeeds if the agent serves the room already; an agent that is not available is a ConflictError. Operators only. Usually costs up to four calls. */
  assignRoom: AssignRoomResult;
  /** Closes a room, as the caller. Usually costs one call; with tags, LiveChat needs one more for a read of the room and one per tag. */
  closeRoom: CloseRoomResult;
  /** Deletes a message. The provider decides whose messages the caller may delete. Usually costs two calls. */
  deleteMessage: DeleteMessageResult;
  /** Operators only. Discards a QUEUED, UNCONFIRMED or FAILED message: it is not sent any more, and is deleted after the retention time. */
  discardOfflineMessage: DiscardOfflineMessageResult;
  /** Operators only. Erases all offline messages from an e-mail address in the gateway’s store, whatever their state, and all that its event log has kept of rooms and accounts in whose events or state the address occurs, for the providers that the operator may use. Copies at the providers are not erased, and the current state of a room is kept while somebody is subscribed to it. Takes a second longer if events are erased. */
  eraseOfflineMessages: EraseOfflineMessagesResult;
  /** Marks the messages of a room as seen by the caller, up to this one. At LiveChat the others receive a SeenSignal; Rocket.Chat marks the whole room as read by the operator’s agent, tells nobody, and returns ConflictError if the agent is not in the room. Usually costs two calls. Signals have a limit of their own, so that they do not use up the caller’s mutations. */
  markSeen: MarkSeenResult;
  /** Rates a room, for its visitor only; a rating replaces the one before. Costs one call at Rocket.Chat and two at LiveChat, where it applies to the latest conversation of the room. */
  rateRoom: RateRoomResult;
  /** Exchanges an expired visitor token for a new one of the same visitor. Needs no credential but the renewal token. INVALID_INPUT at `renewalToken` means that it will never work: start a new room without a token. Usually costs one call. */
  renewVisitor: RenewVisitorResult;
  /** Asks the provider to mail the transcript of a room. Rocket.Chat mails it at once, of open and closed rooms, for visitors and operators, and each request is another mail; after `OUTCOME_UNKNOWN` it may be sent twice. LiveChat mails it when the conversation ends, to the address of the latest request, for visitors only; a closed room is `ROOM_CLOSED` there. Costs up to two calls. */
  requestTranscript: RequestTranscriptResult;
  /** Returns the room to its queue. Succeeds if the room is queued already. LiveChat assigns it again at once, perhaps to the same agent, if an agent of its group is free. A Rocket.Chat that assigns rooms automatically, or is older than 7.13, cannot do this: the result is an UnsupportedError and the room keeps its agent. Operators only. Usually costs up to three calls. */
  requeueRoom: RequeueRoomResult;
  /** Operators only. Queues an UNCONFIRMED or FAILED message for delivery again. An UNCONFIRMED message may have arrived: check at the provider first, or it may be delivered twice. */
  retryOfflineMessage: RetryOfflineMessageResult;
  /** Sends a message to a room, as the caller. Usually costs up to three calls. */
  sendMessage: SendMessageResult;
  /** Leaves a message for a provider while no agent is online. Needs no credential. The gateway stores the message and waits a few seconds for its delivery; if that takes longer, it delivers the message later. */
  sendOfflineMessage: SendOfflineMessageResult;
  /** Operators only. Sets whether the provider routes new rooms to an agent. The agent that this operator writes as needs the permission WRITE, any other agent MANAGE. Returns ConflictError if the provider keeps the current status: Rocket.Chat outside business hours, LiveChat for an agent that is offline. Rocket.Chat stores the status of an agent that is offline; `Agent.acceptingChats` stays false until the agent is online. Costs one call; at LiveChat one more per minute, which finds the operator’s own agent. */
  setAgentStatus: SetAgentStatusResult;
  /** Replaces the tags of a room, for operators only. Repeating it changes nothing. Rocket.Chat usually takes one call, and one read of the room per minute; LiveChat one read of the room, and a call per tag that is added or removed. */
  setRoomTags: SetRoomTagsResult;
  /** Shows the other participants of a room that the caller types, or has stopped. A signal that cannot be sent now is dropped without an error. Costs no call for visitors of Rocket.Chat, at most one read of the room per minute for operators there, and at most one call at LiveChat. Signals have a limit of their own, so that they do not use up the caller’s mutations. */
  setTyping: SetTypingResult;
  /** Opens a room as a new visitor, or as the visitor whose token the request carries: that visitor’s open room is returned if there is one, and a conversation that LiveChat has closed is resumed. Needs no credential; start without a token to become a new visitor. Usually costs up to four calls, one or two more with `phone`, `customFields` or `preChatAnswers`. */
  startRoom: StartRoomResult;
  /** Makes the caller’s own agent serve the room. Succeeds if it serves the room already. If another agent serves the room, the result is a ConflictError whose `detail` names that agent; `assignRoom` reassigns the room. Operators only. Usually costs up to four calls. */
  takeRoom: TakeRoomResult;
  /** Transfers the room to a department: the provider assigns one of its agents or queues the room. Succeeds if the room is in that department already. If no agent there can take the room, the result is a ConflictError. Operators only. Usually costs up to three calls. */
  transferRoom: TransferRoomResult;
  /** Replaces the text of a message. The provider decides whose messages the caller may edit. Usually costs two calls. */
  updateMessage: UpdateMessageResult;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationAssignRoomArgs = {
  input: AssignRoomInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationCloseRoomArgs = {
  input: CloseRoomInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationDeleteMessageArgs = {
  input: DeleteMessageInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationDiscardOfflineMessageArgs = {
  input: DiscardOfflineMessageInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationEraseOfflineMessagesArgs = {
  input: EraseOfflineMessagesInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationMarkSeenArgs = {
  input: MarkSeenInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationRateRoomArgs = {
  input: RateRoomInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationRenewVisitorArgs = {
  input: RenewVisitorInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationRequestTranscriptArgs = {
  input: RequestTranscriptInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationRequeueRoomArgs = {
  input: RequeueRoomInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationRetryOfflineMessageArgs = {
  input: RetryOfflineMessageInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationSendMessageArgs = {
  input: SendMessageInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationSendOfflineMessageArgs = {
  input: SendOfflineMessageInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationSetAgentStatusArgs = {
  input: SetAgentStatusInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationSetRoomTagsArgs = {
  input: SetRoomTagsInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationSetTypingArgs = {
  input: SetTypingInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationStartRoomArgs = {
  input: StartRoomInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationTakeRoomArgs = {
  input: TakeRoomInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationTransferRoomArgs = {
  input: TransferRoomInput;
};


/** Write operations. Every expected error is a member of the result’s union; select `... on UserError` for all of them. Mutations are rate limited per caller. */
export type MutationUpdateMessageArgs = {
  input: UpdateMessageInput;
};

/** An object with a global id, which `node` and `nodes` can read again. */
export type Node = {
  /** Global id. It is opaque, never changes for the same object, and contains no credential. */
  id: Scalars['ID']['output'];
};

/** The object does not exist, or the caller is not allowed to see it. */
export type NotFoundError = UserError & {
  __typename?: 'NotFoundError';
  /** Stable code, for programs. */
  code: ErrorCode;
  /** Explanation in English, for people. It may change; programs should use `code`. */
  detail: Scalars['String']['output'];
};

/** A message that a visitor left while no agent was online. */
export type OfflineMessage = Node & {
  __typename?: 'OfflineMessage';
  /** Delivery to the provider. For a message that was read from the provider its state is RECEIVED. */
  delivery: OfflineMessageDelivery;
  /** Department that the message is for; null if it has none, or if the department does not exist. Departments cost one call per provider and minute. */
  department?: Maybe<Department>;
  /** E-mail address of the visitor, for the reply; null if the provider does not report it. */
  email?: Maybe<Scalars['String']['output']>;
  /** Global id. It is opaque, never changes for the same object, and contains no credential. */
  id: Scalars['ID']['output'];
  /** Name of the visitor; null if the provider does not report it. */
  name?: Maybe<Scalars['String']['output']>;
  /** The provider’s id of the message; null until it was sent, and always null at Rocket.Chat, which assigns none. */
  nativeId?: Maybe<Scalars['String']['output']>;
  /** Provider that the message is for. */
  provider: Provider;
  /** Text exactly as the provider returns it, or as the gateway accepted it. */
  rawText: Scalars['String']['output'];
  /** Time at which the message was left; null if only the day is known. */
  receivedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Day on which the message was left, in the provider’s time zone; null if it is not known: LiveChat’s own messages have a day only in the list. */
  receivedOn?: Maybe<Scalars['Date']['output']>;
  /** Text that the visitor wrote. LiveChat returns a whole form (`Your name: ... Message: ...`); this is only its message. */
  text: Scalars['String']['output'];
};

/** A page of offline messages of all providers, newest first. */
export type OfflineMessageConnection = {
  __typename?: 'OfflineMessageConnection';
  /** The items of the page, each with its cursor. */
  edges: Array<OfflineMessageEdge>;
  /** The items of the page without cursors. */
  nodes: Array<OfflineMessage>;
  /** Position of the page in the list. Costs no call. */
  pageInfo: PageInfo;
  /** Number of messages that match the filter. Costs one call per provider with a list of its own; null if a provider cannot count with one call. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** Delivery of an offline message to the provider. */
export type OfflineMessageDelivery = {
  __typename?: 'OfflineMessageDelivery';
  /** Number of requests that were sent to deliver it; 0 for messages that were read from the provider. */
  attempts: Scalars['Int']['output'];
  /** Reason why the last attempt failed, for people; null if none failed. */
  lastError?: Maybe<Scalars['String']['output']>;
  /** Time of the next attempt; null if none is scheduled. */
  nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** Delivery state. */
  state: OfflineMessageState;
};

/** An offline message with the cursor of its position. */
export type OfflineMessageEdge = {
  __typename?: 'OfflineMessageEdge';
  /** Position of the message in the list, for `after`. */
  cursor: Scalars['String']['output'];
  /** The offline message. */
  node: OfflineMessage;
};

/** Filter of `offlineMessages`; a message must match every field that is set. Without `from` and `to` the list covers the last seven days. */
export type OfflineMessageFilter = {
  /** Only messages for this department (LiveChat’s skill), by its global id. */
  departmentId?: InputMaybe<Scalars['ID']['input']>;
  /** First day of the list, inclusive, in the provider’s time zone (LiveChat’s date_from). */
  from?: InputMaybe<Scalars['Date']['input']>;
  /** Only messages for these providers, by their configured names. */
  providers?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only messages in one of these states. RECEIVED selects the providers’ own lists; all other states are in the gateway’s store and cost no call. */
  states?: InputMaybe<Array<OfflineMessageState>>;
  /** Only messages that contain this word or phrase (LiveChat’s query). */
  text?: InputMaybe<Scalars['String']['input']>;
  /** Last day of the list, inclusive, in the provider’s time zone (LiveChat’s date_to). */
  to?: InputMaybe<Scalars['Date']['input']>;
};

/** Delivery state of an offline message. */
export type OfflineMessageState =
  /** An operator discarded it, and it is not sent any more. */
  | 'DISCARDED'
  /** The provider rejected it, or all attempts failed. */
  | 'FAILED'
  /** It is in the gateway’s store, and waits for delivery to the provider. */
  | 'QUEUED'
  /** It is in the provider’s own list, and was not sent through this gateway. */
  | 'RECEIVED'
  /** The provider confirmed it. */
  | 'SENT'
  /** It was sent and no response arrived, so it may or may not have been delivered. It is never sent again automatically. */
  | 'UNCONFIRMED';

/** The request was sent and no response arrived, so it may or may not have been carried out. Read the current state before you try again. */
export type OutcomeUnknownError = UserError & {
  __typename?: 'OutcomeUnknownError';
  /** Stable code, for programs. */
  code: ErrorCode;
  /** Explanation in English, for people. It may change; programs should use `code`. */
  detail: Scalars['String']['output'];
  /** Configured name of the provider that caused the error; null if no provider did. */
  provider?: Maybe<Scalars['String']['output']>;
};

/** Position of a page in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor for `after` of the next page. For messages it is also the cursor to subscribe after, and never null. In other lists an empty page repeats the cursor that it was requested with, or null on an empty first page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether the list has more items after `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether the list has more items before `startCursor`. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first edge of the page, for `before`; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** A person or program in a room, with the details that the provider reports to the caller. */
export type Participant = {
  __typename?: 'Participant';
  /** Address of the avatar image; null if the provider does not report one. */
  avatarUrl?: Maybe<Scalars['String']['output']>;
  /** Fields of `Room.visitor`: Rocket.Chat’s visitor data, or LiveChat’s session fields; empty if there are none, and for other participants. Costs one call per visitor and minute at Rocket.Chat, and is empty for visitors there. */
  customFields: Array<CustomField>;
  /** E-mail address; null if the provider does not report it to this caller. Costs one call per visitor and minute at Rocket.Chat for `Room.visitor`, and is null for other participants there. */
  email?: Maybe<Scalars['String']['output']>;
  /** Display name; null if the provider does not report one. */
  name?: Maybe<Scalars['String']['output']>;
  /** The provider’s id of the participant. */
  nativeId: Scalars['String']['output'];
  /** Phone number of `Room.visitor`; null if there is none, and for other participants. Costs one call per visitor and minute at Rocket.Chat, if its room does not contain it. */
  phone?: Maybe<Scalars['String']['output']>;
  /** Role of the participant in the room. */
  role: ParticipantRole;
  /** Time up to which a participant of `Room.visitor` or `Room.agents` has seen the room, as of the read of the room; null if the provider does not report it. Only LiveChat does. */
  seenUpTo?: Maybe<Scalars['DateTime']['output']>;
};

/** Role of a participant in a room. */
export type ParticipantRole =
  /** An agent of the provider’s account. */
  | 'AGENT'
  /** A program that writes as an agent. */
  | 'BOT'
  /** The provider itself. */
  | 'SYSTEM'
  /** The provider does not report the role. */
  | 'UNKNOWN'
  /** The visitor who started the conversation. */
  | 'VISITOR';

/** A permission of an operator. The gateway’s configuration grants it; the claims of a JWT can restrict it. */
export type Permission =
  /** Status of other agents, and administration of offline messages: retry, discard and erase them. */
  | 'MANAGE'
  /** Queries and subscriptions: rooms, messages and offline messages. */
  | 'READ'
  /** Mutations in rooms: send, edit and delete messages, close rooms. */
  | 'WRITE';

/** The answer to a field of a pre-chat form. */
export type PreChatAnswerInput = {
  /** Key of the field. */
  key: Scalars['String']['input'];
  /** One text, the value of one option, or the values of several options for MULTIPLE_CHOICE; each at most 1000 characters. */
  values: Array<Scalars['String']['input']>;
};

/** A field of a pre-chat form. */
export type PreChatField = {
  __typename?: 'PreChatField';
  /** Key of the field, unique in the form. */
  key: Scalars['String']['output'];
  /** How it is shown and answered. */
  kind: PreChatFieldKind;
  /** The question as the provider’s administrator has written it; null where the provider leaves it to the client. */
  label?: Maybe<Scalars['String']['output']>;
  /** The options to choose from; empty for other kinds. */
  options: Array<PreChatOption>;
  /** Whether the provider wants an answer. Its own widget insists on it; `startRoom` does not, unless the provider refuses. */
  required: Scalars['Boolean']['output'];
};

/** How a field of a pre-chat form is shown and answered. */
export type PreChatFieldKind =
  /** One of the options. */
  | 'CHOICE'
  /** The visitor’s e-mail address. The answer is `email` of `startRoom`. */
  | 'EMAIL'
  /** Text of several lines. */
  | 'LONG_TEXT'
  /** Any number of the options; at least one if the field is required. */
  | 'MULTIPLE_CHOICE'
  /** The visitor’s name. The answer is `name` of `startRoom`. */
  | 'NAME'
  /** One line of text. */
  | 'TEXT';

/** What the provider asks visitors before a conversation starts: Rocket.Chat’s registration form, or LiveChat’s pre-chat form. Answers are input of `startRoom`. */
export type PreChatForm = {
  __typename?: 'PreChatForm';
  /** The fields in their order; empty if the provider asks nothing. */
  fields: Array<PreChatField>;
};

/** An option of a field that is answered by choice. */
export type PreChatOption = {
  __typename?: 'PreChatOption';
  /** The text to show. */
  label: Scalars['String']['output'];
  /** The value to answer with. */
  value: Scalars['String']['output'];
};

/** One configured account of a chat server. Two accounts of the same kind are two providers. */
export type Provider = Node & {
  __typename?: 'Provider';
  /** What the provider supports as it is configured, for at least one kind of caller. `Room.capabilities` says what this caller may do in a room. */
  capabilities: Array<Capability>;
  /** All departments of the provider that callers may select. If they cannot be read, the list is empty and the failure is in `errors`. Costs one call per provider and minute, for all callers together. */
  departments: Array<Department>;
  /** State of the connection. Costs a call only if the gateway has made none yet. */
  health: ProviderHealth;
  /** Global id. It is opaque, never changes for the same object, and contains no credential. */
  id: Scalars['ID']['output'];
  /** Kind of chat server. */
  kind: ProviderKind;
  /** How events in the provider’s rooms are detected at present. Costs no call. */
  live: Live;
  /** Configured name, unique in this gateway. It is `rocketchat` or `livechat` unless the configuration sets another. */
  name: Scalars['String']['output'];
  /** Whether an agent is online for a new conversation; show the offline form if it is false. Null if the provider does not report it. Costs one call per provider and minute, so it can be a minute old. */
  online?: Maybe<Scalars['Boolean']['output']>;
  /** What the provider asks visitors before a conversation without a department. Null if the provider does not say, or cannot be read now. It is at most a minute old, for all callers together: a LiveChat costs two calls per minute, a Rocket.Chat the call of `departments`. */
  preChatForm?: Maybe<PreChatForm>;
};

/** The provider rejected the request, or sent a response that the gateway cannot read. */
export type ProviderError = UserError & {
  __typename?: 'ProviderError';
  /** Stable code, for programs. */
  code: ErrorCode;
  /** Explanation in English, for people. It may change; programs should use `code`. */
  detail: Scalars['String']['output'];
  /** Configured name of the provider that caused the error; null if no provider did. */
  provider?: Maybe<Scalars['String']['output']>;
};

/** State of the connection to a provider, from the outcome of recent calls. */
export type ProviderHealth = {
  __typename?: 'ProviderHealth';
  /** Time of the last call to the provider; null if none was made yet. */
  checkedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Reason why the status is not UP, or why the gateway polls although push is configured, for people; null otherwise. */
  reason?: Maybe<Scalars['String']['output']>;
  /** State of the connection. */
  status: HealthStatus;
};

/** Kind of chat server. */
export type ProviderKind =
  /** A LiveChat account. */
  | 'LIVECHAT'
  /** A Rocket.Chat account. */
  | 'ROCKET_CHAT';

/** The provider cannot be reached or does not respond. Nothing was done. */
export type ProviderUnavailableError = UserError & {
  __typename?: 'ProviderUnavailableError';
  /** Stable code, for programs. */
  code: ErrorCode;
  /** Explanation in English, for people. It may change; programs should use `code`. */
  detail: Scalars['String']['output'];
  /** Configured name of the provider that caused the error; null if no provider did. */
  provider?: Maybe<Scalars['String']['output']>;
};

/** Read operations. An object that the caller is not allowed to see is absent, as if it did not exist. */
export type Query = {
  __typename?: 'Query';
  /** Operators only. Agents of all providers, in the order of the providers and of each provider’s own list. Costs one call per provider and five seconds, for all callers together; at Rocket.Chat one per hundred agents. If a provider fails, its agents are missing and the failure is in `errors`. */
  agents: Array<Agent>;
  /** An object by its global id; null if it does not exist or the caller may not see it. Costs one read of the object, and for a room of which you select only its messages and ids the page of messages is that read; providers need none, departments one call per provider and minute, and agents one call per provider and five seconds. */
  node?: Maybe<Node>;
  /** Objects by up to 100 global ids, in the order of the ids; null for each object that does not exist or that the caller may not see. Costs one read per object, and fewer where the provider can read several at once. */
  nodes: Array<Maybe<Node>>;
  /** Operators only. Offline messages from the providers’ own lists and the gateway’s store in one list, newest first. Costs one call or more per provider with a list of its own. If a provider fails, its messages are missing and the failure is in `errors`. */
  offlineMessages: OfflineMessageConnection;
  /** The configured providers, in the order of the configuration. An operator gets only the providers that it may use. Costs no call. */
  providers: Array<Provider>;
  /** A room by its global id; null if it does not exist or the caller may not see it. Costs one read of the room; if you select only its messages and ids, the page of messages is the only read. */
  room?: Maybe<Room>;
  /** A room by the provider’s own id (Rocket.Chat rid, LiveChat chat id); null if it does not exist or the caller may not see it. Costs one read of the room; if you select only its messages and ids, the page of messages is the only read. */
  roomByNativeId?: Maybe<Room>;
  /** Operators only. Rooms of all providers in one list, latest activity first. Costs one call or more per provider. If a provider fails, its rooms are missing and the failure is in `errors`. */
  rooms: RoomConnection;
  /** Operators only. Numbers for dashboards: for each provider an entry of the whole provider, then one per department that rooms or agents belong to. `from` and `to` bound when rooms closed and when queued rooms began to wait; all other numbers are current. Costs a bounded number of calls per provider, whatever the number of rooms: at Rocket.Chat five, and one more per further hundred rooms of a list up to four per list; at LiveChat three, and one more per further hundred active or closed rooms up to four and two. All callers share them for five seconds, closed rooms for 30. If a provider fails, its entries are missing and the failure is in `errors`. */
  statistics: Array<Statistics>;
  /** The caller of this request. Costs no call, except for its agents and rooms. */
  viewer: Viewer;
};


/** Read operations. An object that the caller is not allowed to see is absent, as if it did not exist. */
export type QueryAgentsArgs = {
  filter?: InputMaybe<AgentFilter>;
};


/** Read operations. An object that the caller is not allowed to see is absent, as if it did not exist. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Read operations. An object that the caller is not allowed to see is absent, as if it did not exist. */
export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** Read operations. An object that the caller is not allowed to see is absent, as if it did not exist. */
export type QueryOfflineMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OfflineMessageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Read operations. An object that the caller is not allowed to see is absent, as if it did not exist. */
export type QueryRoomArgs = {
  id: Scalars['ID']['input'];
};


/** Read operations. An object that the caller is not allowed to see is absent, as if it did not exist. */
export type QueryRoomByNativeIdArgs = {
  nativeId: Scalars['String']['input'];
  provider: Scalars['String']['input'];
};


/** Read operations. An object that the caller is not allowed to see is absent, as if it did not exist. */
export type QueryRoomsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RoomFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Read operations. An object that the caller is not allowed to see is absent, as if it did not exist. */
export type QueryStatisticsArgs = {
  from?: InputMaybe<Scalars['DateTime']['input']>;
  providers?: InputMaybe<Array<Scalars['String']['input']>>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Place of a room in the queue. */
export type QueuePlace = {
  __typename?: 'QueuePlace';
  /** Estimated time to wait in milliseconds; null if the provider does not report it. Only LiveChat does. */
  estimatedWaitMs?: Maybe<Scalars['Int']['output']>;
  /** Position, from 1; null if the provider does not report it. Only LiveChat does. */
  position?: Maybe<Scalars['Int']['output']>;
  /** Time at which the room entered the queue; null if the provider does not report it. */
  since?: Maybe<Scalars['DateTime']['output']>;
};

/** The place of the room in the queue changed. LiveChat reports it; Rocket.Chat only to visitors, and only with a licence. */
export type QueueSignal = RoomSignal & {
  __typename?: 'QueueSignal';
  /** New place; null if the room is no longer queued. */
  queue?: Maybe<QueuePlace>;
  /** Room of the signal. Selecting more than ids costs one read per signal, which subscribers that send the same document share. */
  room: Room;
};

/** A rate limit or a bound of the offline queue is reached, and nothing was done. If `provider` is null, it is the gateway’s own limit for this caller. In a subscription that has started: events may be missing. */
export type RateLimitedError = UserError & {
  __typename?: 'RateLimitedError';
  /** Stable code, for programs. */
  code: ErrorCode;
  /** Explanation in English, for people. It may change; programs should use `code`. */
  detail: Scalars['String']['output'];
  /** Configured name of the provider that caused the error; null if no provider did. */
  provider?: Maybe<Scalars['String']['output']>;
  /** Milliseconds after which a new attempt can succeed; null if unknown. */
  retryAfterMs?: Maybe<Scalars['Int']['output']>;
};

/** Input of `rateRoom`. */
export type RateRoomInput = {
  /** One line of up to 500 characters. */
  comment?: InputMaybe<Scalars['String']['input']>;
  /** Global id of the room, open or closed. */
  roomId: Scalars['ID']['input'];
  /** From 1 (bad) to 5 (good). LiveChat knows only good and bad: it takes 4 and 5 as good, which is read back as 5, and 1 and 2 as bad, which is read back as 1; 3 is `INVALID_INPUT` there. */
  score: Scalars['Int']['input'];
};

/** Payload of `rateRoom`: the room has this rating. */
export type RateRoomPayload = {
  __typename?: 'RateRoomPayload';
  /** The rated room. Selecting its state costs one read of the room. */
  room: Room;
};

/** Result of the mutation: RateRoomPayload if it succeeded, else one of the errors, which all implement UserError. */
export type RateRoomResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RateRoomPayload | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** A visitor’s rating of a room. */
export type Rating = {
  __typename?: 'Rating';
  /** The visitor’s comment; null if there is none. */
  comment?: Maybe<Scalars['String']['output']>;
  /** Time of the rating; null if the provider does not report it. */
  ratedAt?: Maybe<Scalars['DateTime']['output']>;
  /** From 1 (bad) to 5 (good). LiveChat knows only good and bad: 5 and 1. */
  score: Scalars['Int']['output'];
};

/** Input of `renewVisitor`. */
export type RenewVisitorInput = {
  /** The `renewalToken` of `startRoom` or of the last renewal. */
  renewalToken: Scalars['String']['input'];
};

/** Payload of `renewVisitor`: new tokens of the same visitor. */
export type RenewVisitorPayload = {
  __typename?: 'RenewVisitorPayload';
  /** Token for the next renewal; keep it in place of the one that was sent. It is as secret as the visitor token. */
  renewalToken?: Maybe<Scalars['String']['output']>;
  /** The visitor’s new credential, for the X-Visitor-Token header of later requests. Its rooms are those of the old one. It is a secret of this visitor. */
  visitorToken: Scalars['String']['output'];
};

/** Result of the mutation: RenewVisitorPayload if it succeeded, else one of the errors, which all implement UserError. */
export type RenewVisitorResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RenewVisitorPayload | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** Input of `requestTranscript`. */
export type RequestTranscriptInput = {
  /** E-mail address that receives the transcript. */
  email: Scalars['String']['input'];
  /** Global id of the room. */
  roomId: Scalars['ID']['input'];
};

/** Payload of `requestTranscript`: the provider accepted the request. */
export type RequestTranscriptPayload = {
  __typename?: 'RequestTranscriptPayload';
  /** Address that receives the transcript. */
  email: Scalars['String']['output'];
};

/** Result of the mutation: RequestTranscriptPayload if it succeeded, else one of the errors, which all implement UserError. */
export type RequestTranscriptResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RequestTranscriptPayload | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** Input of `requeueRoom`. */
export type RequeueRoomInput = {
  /** Global id of the room. */
  roomId: Scalars['ID']['input'];
};

/** Payload of `requeueRoom`: the room went back to the queue. LiveChat may have assigned it again at once. */
export type RequeueRoomPayload = {
  __typename?: 'RequeueRoomPayload';
  /** The room after the change. Selecting its state can cost one read of the room. */
  room: Room;
};

/** Result of the mutation: RequeueRoomPayload if it succeeded, else one of the errors, which all implement UserError. */
export type RequeueRoomResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RequeueRoomPayload | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** Input of `retryOfflineMessage`. */
export type RetryOfflineMessageInput = {
  /** Global id of the offline message. */
  offlineMessageId: Scalars['ID']['input'];
};

/** Payload of `retryOfflineMessage`: the message is queued for delivery again. */
export type RetryOfflineMessagePayload = {
  __typename?: 'RetryOfflineMessagePayload';
  /** The message in its new state. */
  offlineMessage: OfflineMessage;
};

/** Result of the mutation: RetryOfflineMessagePayload if it succeeded, else one of the errors, which all implement UserError. */
export type RetryOfflineMessageResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RetryOfflineMessagePayload | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** A conversation: a Rocket.Chat livechat room, or a LiveChat chat with all its threads. If the operation has only the room’s ids so far, as in `Message.room`, selecting its state costs one read of the room; `id`, `nativeId`, `provider`, `live` and `messages` need none. */
export type Room = Node & {
  __typename?: 'Room';
  /** Agents who are assigned to the conversation; empty if there are none. */
  agents: Array<Participant>;
  /** What the caller may do in this room now, and the reason for what it may not. A provider can still reject a write, for example an edit of another person’s message. Costs no call, except at LiveChat for an operator, if an agent serves the room: one call per minute, for all callers together. */
  capabilities: Array<RoomCapability>;
  /** Time at which the room was closed; null if it is open, or if the provider does not report it. */
  closedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Agent or visitor who closed the room; null if it is open, if the provider closed it, or if the provider does not report who did. LiveChat names agents only by their display name: null unless exactly one agent of the chat has it. */
  closedBy?: Maybe<Participant>;
  /** Time at which the room was opened; null if the provider does not report it. */
  createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Fields of the room itself; empty if there are none. Only Rocket.Chat has them. For fields of the visitor see `Participant.customFields`. */
  customFields: Array<CustomField>;
  /** Department that the conversation is routed to; null if it has none. Departments cost one call per provider and minute, for all callers together. */
  department?: Maybe<Department>;
  /** Time of the first response of an agent; null if there is none or if it is not known. At LiveChat it is that of the latest thread, and null in the list `rooms`. */
  firstResponseAt?: Maybe<Scalars['DateTime']['output']>;
  /** Global id. It is opaque, never changes for the same object, and contains no credential. */
  id: Scalars['ID']['output'];
  /** Time of the last activity in the room; null if the provider does not report it. */
  lastActivityAt?: Maybe<Scalars['DateTime']['output']>;
  /** The newest message that the caller may see; null if there is none. Costs one call if the provider’s room does not contain it. */
  lastMessage?: Maybe<Message>;
  /** How events in this room are detected at present. Costs no call. */
  live: Live;
  /** A page of messages, oldest first. `last: n` returns the newest n; without `first` and `last` it is the newest 50, or with `after` the 50 that follow it. Costs one call or more per page. */
  messages: MessageConnection;
  /** The provider’s id of the room: a Rocket.Chat rid or a LiveChat chat id. */
  nativeId: Scalars['String']['output'];
  /** Provider that the room belongs to. */
  provider: Provider;
  /** Place in the queue, as of the read of the room; null unless the room is QUEUED. A change of the position alone causes no event of `roomEvents`. */
  queue?: Maybe<QueuePlace>;
  /** The visitor’s rating of the latest conversation; null if there is none, or if the provider does not report it to the caller: Rocket.Chat reports none of a closed room to its visitor. */
  rating?: Maybe<Rating>;
  /** State of the conversation. */
  status: RoomStatus;
  /** Names of the tags that agents gave the conversation. */
  tags: Array<Scalars['String']['output']>;
  /** Time of the visitor’s oldest message without a response; null if there is none or if it is not known. At LiveChat it is null in the list `rooms`. */
  unansweredSince?: Maybe<Scalars['DateTime']['output']>;
  /** The visitor; null if the provider does not report one. */
  visitor?: Maybe<Participant>;
};


/** A conversation: a Rocket.Chat livechat room, or a LiveChat chat with all its threads. If the operation has only the room’s ids so far, as in `Message.room`, selecting its state costs one read of the room; `id`, `nativeId`, `provider`, `live` and `messages` need none. */
export type RoomMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  since?: InputMaybe<Scalars['DateTime']['input']>;
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Whether the caller may use one capability in one room now. */
export type RoomCapability = {
  __typename?: 'RoomCapability';
  /** Whether the caller may use it in this room now. */
  allowed: Scalars['Boolean']['output'];
  /** The capability. */
  capability: Capability;
  /** Reason why it is not allowed, for people; null if it is allowed. */
  reason?: Maybe<Scalars['String']['output']>;
};

/** The room is closed, so it accepts no change. */
export type RoomClosedError = UserError & {
  __typename?: 'RoomClosedError';
  /** Stable code, for programs. */
  code: ErrorCode;
  /** Explanation in English, for people. It may change; programs should use `code`. */
  detail: Scalars['String']['output'];
};

/** A page of rooms of all providers, latest activity first. */
export type RoomConnection = {
  __typename?: 'RoomConnection';
  /** The items of the page, each with its cursor. */
  edges: Array<RoomEdge>;
  /** The items of the page without cursors. */
  nodes: Array<Room>;
  /** Position of the page in the list. Costs no call. */
  pageInfo: PageInfo;
  /** Exact number of rooms that match the filter. Costs one call per provider; null if a provider cannot count them with one call. LiveChat counts open rooms only, up to 100 of them. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A room with the cursor of its position. */
export type RoomEdge = {
  __typename?: 'RoomEdge';
  /** Position of the room in the list, for `after`. */
  cursor: Scalars['String']['output'];
  /** The room. */
  node: Room;
};

/** A change in a room. Events arrive in order. Subscribe again with `after: cursor` to continue without missing or repeating events. The `endCursor` of a MessageConnection is such a cursor too: query the page, subscribe after it, and no message is missed between. */
export type RoomEvent = {
  /** Position of the event: a subscription with `after: cursor` continues after it. */
  cursor: Scalars['String']['output'];
  /** Room that changed. For RoomUpdatedEvent it is the state that the event reports, and costs no call. For other events it is the state at delivery; selecting more than ids costs one read per event, which subscribers that send the same document share. */
  room: Room;
};

/** Filter of `rooms`; a room must match every field that is set. If a provider cannot apply a field, its rooms are missing and `errors` has an error with the code UNSUPPORTED. */
export type RoomFilter = {
  /** Only rooms that this agent serves, or served last before they were closed, by its global id. */
  agentId?: InputMaybe<Scalars['ID']['input']>;
  /** Only rooms closed at or after this time. At LiveChat without those whose latest thread had started more than two days before this time. */
  closedFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only rooms closed before this time. */
  closedTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only rooms opened at or after this time. */
  createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only rooms opened before this time. */
  createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only rooms of this department, by its global id. */
  departmentId?: InputMaybe<Scalars['ID']['input']>;
  /** Only rooms of these providers, by their configured names. */
  providers?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only rooms in one of these states. */
  status?: InputMaybe<Array<RoomStatus>>;
  /** Only rooms with at least one of these tags, spelled exactly. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only rooms in which the provider finds this word or phrase. LiveChat searches the latest thread of closed rooms, so it needs `status: [CLOSED]`; Rocket.Chat cannot search. */
  text?: InputMaybe<Scalars['String']['input']>;
  /** True: only rooms that are not closed and have no agent. False does not filter. */
  unassigned?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A signal of a room: it is valid when it arrives. It has no cursor, is not stored, and is not repeated for a subscriber that comes later. */
export type RoomSignal = {
  /** Room of the signal. Selecting more than ids costs one read per signal, which subscribers that send the same document share. */
  room: Room;
};

/** State of a conversation. */
export type RoomStatus =
  /** Closed: agents and visitors cannot write in it. */
  | 'CLOSED'
  /** Open, and put on hold. Only Rocket.Chat has this state. */
  | 'ON_HOLD'
  /** Open, and not waiting for an agent. */
  | 'OPEN'
  /** Open, and waiting for an agent. */
  | 'QUEUED'
  /** The provider reports no state, or one that the gateway does not know. */
  | 'UNKNOWN';

/** The state of the room changed: its status, agents, department or tags. `room` is the state as the gateway read it, so one event can report several changes. A subscription that resumes receives the event if the state differs from that of its cursor. */
export type RoomUpdatedEvent = RoomEvent & {
  __typename?: 'RoomUpdatedEvent';
  /** Position of the event: a subscription with `after: cursor` continues after it. */
  cursor: Scalars['String']['output'];
  /** Room that changed. For RoomUpdatedEvent it is the state that the event reports, and costs no call. For other events it is the state at delivery; selecting more than ids costs one read per event, which subscribers that send the same document share. */
  room: Room;
};

/** A participant has seen the room up to a time. Only LiveChat reports it. */
export type SeenSignal = RoomSignal & {
  __typename?: 'SeenSignal';
  /** Participant, with its id, role and name as far as the provider’s signal names them. Other fields may be null although the room has them. */
  participant: Participant;
  /** Room of the signal. Selecting more than ids costs one read per signal, which subscribers that send the same document share. */
  room: Room;
  /** Time up to which the participant has seen the room: compare it with `createdAt` of messages. It never goes back within a stream. */
  upTo: Scalars['DateTime']['output'];
};

/** Input of `sendMessage`. */
export type SendMessageInput = {
  /** Key that the client chooses once per message, preferably a random UUID. Repeating the same key with the same input returns the same message instead of sending another. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Global id of the room. */
  roomId: Scalars['ID']['input'];
  /** Plain text of the message, up to 16 384 characters; a provider can accept fewer. */
  text: Scalars['String']['input'];
  /** Who can read the message; `EVERYONE` by default. `AGENTS` writes a note that the visitor never receives: for operators, where the provider has the capability `SEND_NOTE`. A closed room takes no note. */
  visibility?: InputMaybe<MessageVisibility>;
};

/** Payload of `sendMessage`: the provider accepted the message. */
export type SendMessagePayload = {
  __typename?: 'SendMessagePayload';
  /** The message as the provider stored it. */
  message: Message;
};

/** Result of the mutation: SendMessagePayload if it succeeded, else one of the errors, which all implement UserError. */
export type SendMessageResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | SendMessagePayload | UnauthenticatedError | UnsupportedError;

/** Input of `sendOfflineMessage`. If a provider requires a department or host and the input has none, the configured default is sent. */
export type SendOfflineMessageInput = {
  /** The provider’s id or the name of a department. */
  department?: InputMaybe<Scalars['String']['input']>;
  /** E-mail address of the visitor, for the reply. */
  email: Scalars['String']['input'];
  /** Address of the page that the visitor was on, http or https. Only Rocket.Chat uses it. */
  host?: InputMaybe<Scalars['String']['input']>;
  /** Key that the client chooses once per message, preferably a random UUID. Repeating the same key with the same input returns the same message. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Name of the visitor. */
  name: Scalars['String']['input'];
  /** Configured name of the provider. */
  provider: Scalars['String']['input'];
  /** Plain text of the message, up to 16 384 characters; a provider can accept fewer. */
  text: Scalars['String']['input'];
};

/** Payload of `sendOfflineMessage`: the gateway stored the message. It may not be delivered yet. */
export type SendOfflineMessagePayload = {
  __typename?: 'SendOfflineMessagePayload';
  /** The stored message; see `delivery.state`. */
  offlineMessage: OfflineMessage;
};

/** Result of the mutation: SendOfflineMessagePayload if it succeeded, else one of the errors, which all implement UserError. */
export type SendOfflineMessageResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | SendOfflineMessagePayload | UnauthenticatedError | UnsupportedError;

/** Input of `setAgentStatus`. */
export type SetAgentStatusInput = {
  /** Whether the provider routes new rooms to the agent. */
  acceptingChats: Scalars['Boolean']['input'];
  /** Global id of the agent. */
  agentId: Scalars['ID']['input'];
};

/** Payload of `setAgentStatus`: the status is set. */
export type SetAgentStatusPayload = {
  __typename?: 'SetAgentStatusPayload';
  /** The agent as it is now. A Rocket.Chat agent that is offline accepts chats once it is online: until then `acceptingChats` is false. Costs one call. */
  agent: Agent;
};

/** Result of the mutation: SetAgentStatusPayload if it succeeded, else one of the errors, which all implement UserError. */
export type SetAgentStatusResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | SetAgentStatusPayload | UnauthenticatedError | UnsupportedError;

/** Input of `setRoomTags`. */
export type SetRoomTagsInput = {
  /** Global id of the room, open or closed. */
  roomId: Scalars['ID']['input'];
  /** All tags that the room has afterwards: up to 25 of at most 100 characters, without duplicates; an empty list removes all. Rocket.Chat accepts any tag; LiveChat refuses one that it does not have for the group of the room, at the field `tags`. Then no tag was removed, but tags before it in the list were added. */
  tags: Array<Scalars['String']['input']>;
};

/** Payload of `setRoomTags`: the room has exactly these tags. */
export type SetRoomTagsPayload = {
  __typename?: 'SetRoomTagsPayload';
  /** The room. Selecting its state costs one read of the room. */
  room: Room;
};

/** Result of the mutation: SetRoomTagsPayload if it succeeded, else one of the errors, which all implement UserError. */
export type SetRoomTagsResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | SetRoomTagsPayload | UnauthenticatedError | UnsupportedError;

/** Input of `setTyping`. */
export type SetTypingInput = {
  /** Global id of the room. */
  roomId: Scalars['ID']['input'];
  /** Whether the caller types. Repeat `true` every four seconds while it lasts: others see it end after ten. */
  typing: Scalars['Boolean']['input'];
};

/** Payload of `setTyping`: the signal was handed to the provider, which does not confirm it. */
export type SetTypingPayload = {
  __typename?: 'SetTypingPayload';
  /** Global id of the room. */
  roomId: Scalars['ID']['output'];
};

/** Result of the mutation: SetTypingPayload if it succeeded, else one of the errors, which all implement UserError. */
export type SetTypingResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | SetTypingPayload | UnauthenticatedError | UnsupportedError;

/** Input of `startRoom`: the provider, and what is known about the visitor. */
export type StartRoomInput = {
  /** Further fields, at most 100, each key once. Rocket.Chat accepts those that an administrator has defined, for visitors or rooms; at LiveChat they become the visitor’s session fields and replace earlier ones. */
  customFields?: InputMaybe<Array<CustomFieldInput>>;
  /** Global id of a department of that provider. It does not move a room that is open already. */
  departmentId?: InputMaybe<Scalars['ID']['input']>;
  /** E-mail address of the visitor. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Repeating the same key with the same input, as the same caller, returns the same room. It must be a random UUID; callers with a credential can use any text of at least 16 characters. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Name of the visitor. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Phone number of the visitor in international form (E.164), such as +48123456789. */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** The visitor’s answers to `preChatForm` of the department, else of the provider, each key once; those of NAME and EMAIL are `name` and `email`. A Rocket.Chat keeps them as custom fields; LiveChat as a filled form, which is the first message of the conversation, and not in a chat that is open already. */
  preChatAnswers?: InputMaybe<Array<PreChatAnswerInput>>;
  /** Configured name of the provider. */
  provider: Scalars['String']['input'];
  /** First message of the visitor; in a room that is open already, its next one. */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** Payload of `startRoom`: the room is open. Its fields are read as the new visitor. */
export type StartRoomPayload = {
  __typename?: 'StartRoomPayload';
  /** Token for `renewVisitor`, which replaces the visitor token after it has expired; null if visitor tokens of the provider do not expire. It is as secret as the visitor token. */
  renewalToken?: Maybe<Scalars['String']['output']>;
  /** The new room, the visitor’s room that was open already, or the room that the same idempotency key opened before. */
  room: Room;
  /** The visitor’s credential, for the X-Visitor-Token header of later requests. It is a secret of this visitor. */
  visitorToken: Scalars['String']['output'];
};

/** Result of the mutation: StartRoomPayload if it succeeded, else one of the errors, which all implement UserError. */
export type StartRoomResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | StartRoomPayload | UnauthenticatedError | UnsupportedError;

/** Numbers of a provider, or of one of its departments. A field is null if the provider has no data for it. Numbers of rooms and agents are at most five seconds old, those of closed rooms 30 seconds. */
export type Statistics = {
  __typename?: 'Statistics';
  /** Agents that accept rooms now; null if the configured account may not list agents. */
  agentsAccepting?: Maybe<Scalars['Int']['output']>;
  /** Rooms that closed within `from` and `to`; at LiveChat each thread counts. Null for departments of a Rocket.Chat with more than 500 of them, and for a LiveChat account with more than about 300. */
  closed?: Maybe<Scalars['Int']['output']>;
  /** The department; null for the whole provider, rooms without a department included. */
  department?: Maybe<Department>;
  /** Longest wait in milliseconds of the rooms that are queued now and began to wait within `from` and `to`; null if there is none. */
  longestWaitMs?: Maybe<Scalars['Int']['output']>;
  /** Median time in milliseconds from the opening to the first response of an agent, of the rooms that closed within `from` and `to`: of the latest 500 at Rocket.Chat, and about 300 at LiveChat. Null if none has a response. */
  medianFirstResponseMs?: Maybe<Scalars['Int']['output']>;
  /** Median of the same waits; null if there is none, or if more than 500 rooms are queued. */
  medianWaitMs?: Maybe<Scalars['Int']['output']>;
  /** Offline messages that this gateway has accepted for the provider and not delivered yet. Null for departments, and if the provider accepts none. Costs no call. */
  offlineMessagesWaiting?: Maybe<Scalars['Int']['output']>;
  /** Rooms with the status ON_HOLD now. Null as `open` is, and at LiveChat. */
  onHold?: Maybe<Scalars['Int']['output']>;
  /** Rooms with the status OPEN now. Null for departments of a Rocket.Chat with more than 500 such rooms, and for a LiveChat account with more than 500 active rooms. */
  open?: Maybe<Scalars['Int']['output']>;
  /** The provider. */
  provider: Provider;
  /** Rooms with the status QUEUED now. Null as `open` is. */
  queued?: Maybe<Scalars['Int']['output']>;
};

/** Live events, over WebSocket (graphql-transport-ws) or server-sent events. */
export type Subscription = {
  __typename?: 'Subscription';
  /** New messages of a room, starting after `after` or at the current time. Where messages may be missing, it yields an error that has the `reason` and `cursor` of a GapEvent in its `extensions`, and continues. */
  messageAdded: Message;
  /** Operators only. Each new offline message once: when the gateway accepts it, or when it appears in the provider’s own list. It starts at the current time; `offlineMessages` lists earlier messages. */
  offlineMessageAdded: OfflineMessage;
  /** Operators only. The rooms that change from now on, in their new state; each at most once per poll of the account. A slow subscriber receives each room once, in its newest state. If a provider fails, the gateway keeps polling it, and the other providers are not affected. */
  roomActivity: Room;
  /** All changes of a room and its messages, starting after `after` or at the current time. */
  roomEvents: RoomEvent;
  /** Signals of a room from now on: who types, who has seen what, the position in the queue. They need the provider’s push, and cost no call (one, if the provider has not accepted a visitor’s token yet): `UNSUPPORTED` states why this caller receives none. A subscriber that reads slowly receives only the newest signal of each type and participant, and a participant causes at most three signals per second. There is no cursor and no replay: after a lost connection subscribe again. */
  roomSignals: RoomSignal;
};


/** Live events, over WebSocket (graphql-transport-ws) or server-sent events. */
export type SubscriptionMessageAddedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  roomId: Scalars['ID']['input'];
};


/** Live events, over WebSocket (graphql-transport-ws) or server-sent events. */
export type SubscriptionOfflineMessageAddedArgs = {
  providers?: InputMaybe<Array<Scalars['String']['input']>>;
};


/** Live events, over WebSocket (graphql-transport-ws) or server-sent events. */
export type SubscriptionRoomActivityArgs = {
  providers?: InputMaybe<Array<Scalars['String']['input']>>;
};


/** Live events, over WebSocket (graphql-transport-ws) or server-sent events. */
export type SubscriptionRoomEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  roomId: Scalars['ID']['input'];
};


/** Live events, over WebSocket (graphql-transport-ws) or server-sent events. */
export type SubscriptionRoomSignalsArgs = {
  roomId: Scalars['ID']['input'];
};

/** Event that a system message reports. */
export type SystemEventKind =
  /** The room was closed. */
  | 'CLOSED'
  /** A participant joined the room: the `author`, if the provider reports it. */
  | 'JOINED'
  /** A participant left the room, or was removed from it. */
  | 'LEFT'
  /** Any other event; `text` is all that the provider says about it. */
  | 'OTHER'
  /** The room went back to the queue, because no agent serves it. */
  | 'QUEUED'
  /** The visitor rated the room, or changed the rating. */
  | 'RATED'
  /** A closed room was opened again. Today neither provider writes such a message; `roomEvents` reports the room. */
  | 'REOPENED'
  /** The tags of the room were changed. Today neither provider writes such a message. */
  | 'TAGGED'
  /** The room was transferred to another agent or department. */
  | 'TRANSFERRED';

/** Input of `takeRoom`. */
export type TakeRoomInput = {
  /** Global id of the room. */
  roomId: Scalars['ID']['input'];
};

/** Payload of `takeRoom`: the caller’s agent serves the room. */
export type TakeRoomPayload = {
  __typename?: 'TakeRoomPayload';
  /** The room after the change. Selecting its state can cost one read of the room. */
  room: Room;
};

/** Result of the mutation: TakeRoomPayload if it succeeded, else one of the errors, which all implement UserError. */
export type TakeRoomResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | TakeRoomPayload | UnauthenticatedError | UnsupportedError;

/** Input of `transferRoom`. */
export type TransferRoomInput = {
  /** Reason, for the agents. Rocket.Chat stores it with the transfer. At LiveChat the gateway sends it as a note after the transfer; if only the note fails, the mutation succeeds without it. */
  comment?: InputMaybe<Scalars['String']['input']>;
  /** Global id of a department of the room’s provider. */
  departmentId: Scalars['ID']['input'];
  /** Global id of the room. */
  roomId: Scalars['ID']['input'];
};

/** Payload of `transferRoom`: the room belongs to the department. An agent of it serves the room, or the room is queued. */
export type TransferRoomPayload = {
  __typename?: 'TransferRoomPayload';
  /** The room after the change. Selecting its state can cost one read of the room. */
  room: Room;
};

/** Result of the mutation: TransferRoomPayload if it succeeded, else one of the errors, which all implement UserError. */
export type TransferRoomResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | TransferRoomPayload | UnauthenticatedError | UnsupportedError;

/** A participant types, or has stopped. Operators receive it of visitors and agents, visitors of agents. At LiveChat a customer counts as typing while the gateway, or the customer’s chat window, sends previews of the unsent text; the text itself is never delivered. */
export type TypingSignal = RoomSignal & {
  __typename?: 'TypingSignal';
  /** Participant, with its id, role and name as far as the provider’s signal names them. Other fields may be null although the room has them. */
  participant: Participant;
  /** Room of the signal. Selecting more than ids costs one read per signal, which subscribers that send the same document share. */
  room: Room;
  /** Whether the participant types. `true` is repeated every few seconds while it lasts; `false` follows ten seconds after the last `true` at the latest. */
  typing: Scalars['Boolean']['output'];
};

/** A credential is required, or the credential that was sent is not valid. */
export type UnauthenticatedError = UserError & {
  __typename?: 'UnauthenticatedError';
  /** Stable code, for programs. */
  code: ErrorCode;
  /** Explanation in English, for people. It may change; programs should use `code`. */
  detail: Scalars['String']['output'];
};

/** The provider cannot do this as it is configured. Nothing was changed there. */
export type UnsupportedError = UserError & {
  __typename?: 'UnsupportedError';
  /** Stable code, for programs. */
  code: ErrorCode;
  /** Explanation in English, for people. It may change; programs should use `code`. */
  detail: Scalars['String']['output'];
  /** Configured name of the provider that caused the error; null if no provider did. */
  provider?: Maybe<Scalars['String']['output']>;
};

/** Input of `updateMessage`. */
export type UpdateMessageInput = {
  /** Global id of the message. */
  messageId: Scalars['ID']['input'];
  /** New plain text of the message, up to 16 384 characters; a provider can accept fewer. */
  text: Scalars['String']['input'];
};

/** Payload of `updateMessage`: the message was edited. */
export type UpdateMessagePayload = {
  __typename?: 'UpdateMessagePayload';
  /** The message after the edit. */
  message: Message;
};

/** Result of the mutation: UpdateMessagePayload if it succeeded, else one of the errors, which all implement UserError. */
export type UpdateMessageResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | UnauthenticatedError | UnsupportedError | UpdateMessagePayload;

/** Interface of all expected errors of mutations. The text is called `detail` and not `message`, so that you can select it next to the `message: Message!` of a payload without an alias. */
export type UserError = {
  /** Stable code, for programs. */
  code: ErrorCode;
  /** Explanation in English, for people. It may change; programs should use `code`. */
  detail: Scalars['String']['output'];
};

/** The caller, as the credential of the request identifies it. */
export type Viewer = {
  __typename?: 'Viewer';
  /** The agents that this operator’s writes appear as, one per provider that it may use: its own, else the service account. Providers without operators have none. Needs the permission READ, and costs what `agents` costs: one call per provider and five seconds, for all callers together. If a provider fails, its agent is missing and the failure is in `errors`. Empty for visitors and anonymous callers. */
  agents: Array<Agent>;
  /** Configured name of the operator; null for visitors and anonymous callers. */
  name?: Maybe<Scalars['String']['output']>;
  /** Permissions of the operator; empty for visitors and anonymous callers. */
  permissions: Array<Permission>;
  /** Role of the caller. */
  role: ViewerRole;
  /** A visitor’s own rooms, newest first; empty for other callers. Closed rooms are included at LiveChat, and at Rocket.Chat if the gateway has a service account there (the newest hundred). Costs one call, at Rocket.Chat up to three; selecting the state of a room costs one or two more where the list does not contain it. If the rooms cannot be read, the list is empty and the failure is in `errors`. */
  rooms: Array<Room>;
};


/** The caller, as the credential of the request identifies it. */
export type ViewerRoomsArgs = {
  provider?: InputMaybe<Scalars['String']['input']>;
};

/** Role of the caller, which depends on the credential that was sent. */
export type ViewerRole =
  /** A caller that sent no credential. */
  | 'ANONYMOUS'
  /** An operator, by an operator key or a JWT. */
  | 'OPERATOR'
  /** A visitor, by a provider’s visitor token. */
  | 'VISITOR';

export type ConsoleAgentsQueryVariables = Exact<{
  filter?: InputMaybe<AgentFilter>;
}>;


export type ConsoleAgentsQuery = { __typename?: 'Query', agents: Array<{ __typename?: 'Agent', id: string, nativeId: string, name?: string | null, email?: string | null, acceptingChats?: boolean | null, activeRooms?: number | null, maxRooms?: number | null, departments: Array<{ __typename?: 'Department', id: string, name?: string | null }> }> };

export type ConsoleTakeMutationVariables = Exact<{
  input: TakeRoomInput;
}>;


export type ConsoleTakeMutation = { __typename?: 'Mutation', takeRoom:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'TakeRoomPayload' }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type ConsoleAssignMutationVariables = Exact<{
  input: AssignRoomInput;
}>;


export type ConsoleAssignMutation = { __typename?: 'Mutation', assignRoom:
    | { __typename: 'AssignRoomPayload' }
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type ConsoleTransferMutationVariables = Exact<{
  input: TransferRoomInput;
}>;


export type ConsoleTransferMutation = { __typename?: 'Mutation', transferRoom:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'TransferRoomPayload' }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type ConsoleRequeueMutationVariables = Exact<{
  input: RequeueRoomInput;
}>;


export type ConsoleRequeueMutation = { __typename?: 'Mutation', requeueRoom:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, retryAfterMs?: number | null }
    | { __typename: 'RequeueRoomPayload' }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type ConsoleRoomDetailsFragment = { __typename?: 'Room', createdAt?: string | null, firstResponseAt?: string | null, status: RoomStatus, tags: Array<string>, closedAt?: string | null, unansweredSince?: string | null, customFields: Array<{ __typename?: 'CustomField', key: string, value: string }>, visitor?: { __typename?: 'Participant', nativeId: string, name?: string | null, email?: string | null, phone?: string | null, avatarUrl?: string | null, seenUpTo?: string | null, customFields: Array<{ __typename?: 'CustomField', key: string, value: string }> } | null, department?: { __typename?: 'Department', id: string, name?: string | null } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null, seenUpTo?: string | null }>, closedBy?: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } | null, queue?: { __typename?: 'QueuePlace', position?: number | null, since?: string | null, estimatedWaitMs?: number | null } | null, rating?: { __typename?: 'Rating', score: number, comment?: string | null, ratedAt?: string | null } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }> };

export type ConsoleRoomStateFragment = { __typename?: 'Room', status: RoomStatus, tags: Array<string>, closedAt?: string | null, unansweredSince?: string | null, department?: { __typename?: 'Department', id: string, name?: string | null } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null, seenUpTo?: string | null }>, closedBy?: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } | null, queue?: { __typename?: 'QueuePlace', position?: number | null, since?: string | null, estimatedWaitMs?: number | null } | null, rating?: { __typename?: 'Rating', score: number, comment?: string | null, ratedAt?: string | null } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }> };

export type ConsoleSetTagsMutationVariables = Exact<{
  input: SetRoomTagsInput;
}>;


export type ConsoleSetTagsMutation = { __typename?: 'Mutation', setRoomTags:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SetRoomTagsPayload' }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type ConsoleUsedTagsQueryVariables = Exact<{
  filter?: InputMaybe<RoomFilter>;
}>;


export type ConsoleUsedTagsQuery = { __typename?: 'Query', rooms: { __typename?: 'RoomConnection', nodes: Array<{ __typename?: 'Room', tags: Array<string> }> } };

export type ConsoleClosedRoomsQueryVariables = Exact<{
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RoomFilter>;
}>;


export type ConsoleClosedRoomsQuery = { __typename?: 'Query', rooms: { __typename?: 'RoomConnection', nodes: Array<{ __typename?: 'Room', id: string, createdAt?: string | null, closedAt?: string | null, lastActivityAt?: string | null, visitor?: { __typename?: 'Participant', nativeId: string } | null, lastMessage?: { __typename?: 'Message', id: string, text: string, state: MessageState } | null }>, pageInfo: { __typename?: 'PageInfo', endCursor?: string | null, hasNextPage: boolean } } };

export type ConsoleSignInQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleSignInQuery = { __typename?: 'Query', viewer: { __typename?: 'Viewer', role: ViewerRole } };

export type ConsoleRoomFragment = { __typename?: 'Room', id: string, status: RoomStatus, tags: Array<string>, createdAt?: string | null, lastActivityAt?: string | null, unansweredSince?: string | null, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, visitor?: { __typename?: 'Participant', name?: string | null } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null }>, department?: { __typename?: 'Department', id: string, name?: string | null } | null, queue?: { __typename?: 'QueuePlace', since?: string | null } | null, lastMessage?: { __typename?: 'Message', id: string, text: string, kind: MessageKind, systemEvent?: SystemEventKind | null, state: MessageState, visibility: MessageVisibility, createdAt: string, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null } | null };

export type ConsoleMessageFragment = { __typename?: 'Message', id: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, isMine: boolean, markup?: MessageMarkup | null, systemEvent?: SystemEventKind | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', id: string, url: string, externalUrl?: string | null, name?: string | null, contentType?: string | null, size?: number | null }>, form?: Array<{ __typename?: 'FormAnswer', label: string, answer?: string | null }> | null, buttons: Array<{ __typename?: 'MessageButton', text: string, url?: string | null }> };

export type ConsoleInboxQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RoomFilter>;
}>;


export type ConsoleInboxQuery = { __typename?: 'Query', rooms: { __typename?: 'RoomConnection', nodes: Array<{ __typename?: 'Room', id: string, status: RoomStatus, tags: Array<string>, createdAt?: string | null, lastActivityAt?: string | null, unansweredSince?: string | null, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, visitor?: { __typename?: 'Participant', name?: string | null } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null }>, department?: { __typename?: 'Department', id: string, name?: string | null } | null, queue?: { __typename?: 'QueuePlace', since?: string | null } | null, lastMessage?: { __typename?: 'Message', id: string, text: string, kind: MessageKind, systemEvent?: SystemEventKind | null, state: MessageState, visibility: MessageVisibility, createdAt: string, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null } | null }>, pageInfo: { __typename?: 'PageInfo', endCursor?: string | null, hasNextPage: boolean } } };

export type ConsoleInboxTotalsQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleInboxTotalsQuery = { __typename?: 'Query', statistics: Array<{ __typename?: 'Statistics', open?: number | null, queued?: number | null, onHold?: number | null, provider: { __typename?: 'Provider', name: string }, department?: { __typename?: 'Department', id: string } | null }> };

export type ConsoleActivitySubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ConsoleActivitySubscription = { __typename?: 'Subscription', roomActivity: { __typename?: 'Room', id: string, status: RoomStatus, tags: Array<string>, createdAt?: string | null, lastActivityAt?: string | null, unansweredSince?: string | null, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, visitor?: { __typename?: 'Participant', name?: string | null } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null }>, department?: { __typename?: 'Department', id: string, name?: string | null } | null, queue?: { __typename?: 'QueuePlace', since?: string | null } | null, lastMessage?: { __typename?: 'Message', id: string, text: string, kind: MessageKind, systemEvent?: SystemEventKind | null, state: MessageState, visibility: MessageVisibility, createdAt: string, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null } | null } };

export type ConsoleRoomPageQueryVariables = Exact<{
  roomId: Scalars['ID']['input'];
  before?: InputMaybe<Scalars['String']['input']>;
}>;


export type ConsoleRoomPageQuery = { __typename?: 'Query', room?: { __typename?: 'Room', id: string, status: RoomStatus, tags: Array<string>, createdAt?: string | null, lastActivityAt?: string | null, unansweredSince?: string | null, firstResponseAt?: string | null, closedAt?: string | null, messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', id: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, isMine: boolean, markup?: MessageMarkup | null, systemEvent?: SystemEventKind | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', id: string, url: string, externalUrl?: string | null, name?: string | null, contentType?: string | null, size?: number | null }>, form?: Array<{ __typename?: 'FormAnswer', label: string, answer?: string | null }> | null, buttons: Array<{ __typename?: 'MessageButton', text: string, url?: string | null }> }>, pageInfo: { __typename?: 'PageInfo', startCursor?: string | null, endCursor?: string | null, hasPreviousPage: boolean } }, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, visitor?: { __typename?: 'Participant', name?: string | null, nativeId: string, email?: string | null, phone?: string | null, avatarUrl?: string | null, seenUpTo?: string | null, customFields: Array<{ __typename?: 'CustomField', key: string, value: string }> } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null, seenUpTo?: string | null }>, department?: { __typename?: 'Department', id: string, name?: string | null } | null, queue?: { __typename?: 'QueuePlace', since?: string | null, position?: number | null, estimatedWaitMs?: number | null } | null, lastMessage?: { __typename?: 'Message', id: string, text: string, kind: MessageKind, systemEvent?: SystemEventKind | null, state: MessageState, visibility: MessageVisibility, createdAt: string, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null } | null, customFields: Array<{ __typename?: 'CustomField', key: string, value: string }>, closedBy?: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } | null, rating?: { __typename?: 'Rating', score: number, comment?: string | null, ratedAt?: string | null } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }> } | null };

export type ConsoleRoomStateQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ConsoleRoomStateQuery = { __typename?: 'Query', room?: { __typename?: 'Room', id: string, status: RoomStatus, tags: Array<string>, createdAt?: string | null, lastActivityAt?: string | null, unansweredSince?: string | null, firstResponseAt?: string | null, closedAt?: string | null, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, visitor?: { __typename?: 'Participant', name?: string | null, nativeId: string, email?: string | null, phone?: string | null, avatarUrl?: string | null, seenUpTo?: string | null, customFields: Array<{ __typename?: 'CustomField', key: string, value: string }> } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null, seenUpTo?: string | null }>, department?: { __typename?: 'Department', id: string, name?: string | null } | null, queue?: { __typename?: 'QueuePlace', since?: string | null, position?: number | null, estimatedWaitMs?: number | null } | null, lastMessage?: { __typename?: 'Message', id: string, text: string, kind: MessageKind, systemEvent?: SystemEventKind | null, state: MessageState, visibility: MessageVisibility, createdAt: string, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null } | null, customFields: Array<{ __typename?: 'CustomField', key: string, value: string }>, closedBy?: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } | null, rating?: { __typename?: 'Rating', score: number, comment?: string | null, ratedAt?: string | null } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }> } | null };

export type ConsoleRoomEventsSubscriptionVariables = Exact<{
  roomId: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type ConsoleRoomEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', reason: GapReason, from?: string | null, to?: string | null, cursor: string }
    | { __typename: 'MessageAddedEvent', cursor: string, message: { __typename?: 'Message', id: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, isMine: boolean, markup?: MessageMarkup | null, systemEvent?: SystemEventKind | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', id: string, url: string, externalUrl?: string | null, name?: string | null, contentType?: string | null, size?: number | null }>, form?: Array<{ __typename?: 'FormAnswer', label: string, answer?: string | null }> | null, buttons: Array<{ __typename?: 'MessageButton', text: string, url?: string | null }> } }
    | { __typename: 'MessageDeletedEvent', messageId: string, cursor: string }
    | { __typename: 'MessageUpdatedEvent', cursor: string, message: { __typename?: 'Message', id: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, isMine: boolean, markup?: MessageMarkup | null, systemEvent?: SystemEventKind | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', id: string, url: string, externalUrl?: string | null, name?: string | null, contentType?: string | null, size?: number | null }>, form?: Array<{ __typename?: 'FormAnswer', label: string, answer?: string | null }> | null, buttons: Array<{ __typename?: 'MessageButton', text: string, url?: string | null }> } }
    | { __typename: 'RoomUpdatedEvent', cursor: string, room: { __typename?: 'Room', status: RoomStatus, tags: Array<string>, closedAt?: string | null, unansweredSince?: string | null, department?: { __typename?: 'Department', id: string, name?: string | null } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null, seenUpTo?: string | null }>, closedBy?: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } | null, queue?: { __typename?: 'QueuePlace', position?: number | null, since?: string | null, estimatedWaitMs?: number | null } | null, rating?: { __typename?: 'Rating', score: number, comment?: string | null, ratedAt?: string | null } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }> } }
   };

export type ConsoleRoomSignalsSubscriptionVariables = Exact<{
  roomId: Scalars['ID']['input'];
}>;


export type ConsoleRoomSignalsSubscription = { __typename?: 'Subscription', roomSignals:
    | { __typename: 'QueueSignal', queue?: { __typename?: 'QueuePlace', position?: number | null, since?: string | null, estimatedWaitMs?: number | null } | null }
    | { __typename: 'SeenSignal', upTo: string, participant: { __typename?: 'Participant', role: ParticipantRole } }
    | { __typename: 'TypingSignal', typing: boolean, participant: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } }
   };

export type ConsoleTypingMutationVariables = Exact<{
  input: SetTypingInput;
}>;


export type ConsoleTypingMutation = { __typename?: 'Mutation', setTyping:
    | { __typename: 'ConflictError' }
    | { __typename: 'ForbiddenError' }
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'OutcomeUnknownError' }
    | { __typename: 'ProviderError' }
    | { __typename: 'ProviderUnavailableError' }
    | { __typename: 'RateLimitedError' }
    | { __typename: 'RoomClosedError' }
    | { __typename: 'SetTypingPayload' }
    | { __typename: 'UnauthenticatedError' }
    | { __typename: 'UnsupportedError' }
   };

export type ConsoleSendMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type ConsoleSendMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SendMessagePayload', message: { __typename?: 'Message', id: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, isMine: boolean, markup?: MessageMarkup | null, systemEvent?: SystemEventKind | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', id: string, url: string, externalUrl?: string | null, name?: string | null, contentType?: string | null, size?: number | null }>, form?: Array<{ __typename?: 'FormAnswer', label: string, answer?: string | null }> | null, buttons: Array<{ __typename?: 'MessageButton', text: string, url?: string | null }> } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type ConsoleUpdateMutationVariables = Exact<{
  input: UpdateMessageInput;
}>;


export type ConsoleUpdateMutation = { __typename?: 'Mutation', updateMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
    | { __typename: 'UpdateMessagePayload', message: { __typename?: 'Message', id: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, isMine: boolean, markup?: MessageMarkup | null, systemEvent?: SystemEventKind | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', id: string, url: string, externalUrl?: string | null, name?: string | null, contentType?: string | null, size?: number | null }>, form?: Array<{ __typename?: 'FormAnswer', label: string, answer?: string | null }> | null, buttons: Array<{ __typename?: 'MessageButton', text: string, url?: string | null }> } }
   };

export type ConsoleDeleteMutationVariables = Exact<{
  input: DeleteMessageInput;
}>;


export type ConsoleDeleteMutation = { __typename?: 'Mutation', deleteMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'DeleteMessagePayload', messageId: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type ConsoleCloseMutationVariables = Exact<{
  input: CloseRoomInput;
}>;


export type ConsoleCloseMutation = { __typename?: 'Mutation', closeRoom:
    | { __typename: 'CloseRoomPayload' }
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type ConsoleTranscriptMutationVariables = Exact<{
  input: RequestTranscriptInput;
}>;


export type ConsoleTranscriptMutation = { __typename?: 'Mutation', requestTranscript:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, retryAfterMs?: number | null }
    | { __typename: 'RequestTranscriptPayload' }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type ConsoleOfflineMessageFragment = { __typename?: 'OfflineMessage', id: string, name?: string | null, email?: string | null, text: string, receivedAt?: string | null, receivedOn?: string | null, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, department?: { __typename?: 'Department', name?: string | null } | null, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number, lastError?: string | null, nextAttemptAt?: string | null } };

export type ConsoleOfflineQueryVariables = Exact<{
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OfflineMessageFilter>;
}>;


export type ConsoleOfflineQuery = { __typename?: 'Query', offlineMessages: { __typename?: 'OfflineMessageConnection', totalCount?: number | null, nodes: Array<{ __typename?: 'OfflineMessage', id: string, name?: string | null, email?: string | null, text: string, receivedAt?: string | null, receivedOn?: string | null, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, department?: { __typename?: 'Department', name?: string | null } | null, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number, lastError?: string | null, nextAttemptAt?: string | null } }>, pageInfo: { __typename?: 'PageInfo', endCursor?: string | null, hasNextPage: boolean } } };

export type ConsoleOfflineAddedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ConsoleOfflineAddedSubscription = { __typename?: 'Subscription', offlineMessageAdded: { __typename?: 'OfflineMessage', id: string, name?: string | null, email?: string | null, text: string, receivedAt?: string | null, receivedOn?: string | null, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, department?: { __typename?: 'Department', name?: string | null } | null, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number, lastError?: string | null, nextAttemptAt?: string | null } } };

export type ConsoleRetryMutationVariables = Exact<{
  input: RetryOfflineMessageInput;
}>;


export type ConsoleRetryMutation = { __typename?: 'Mutation', retryOfflineMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, retryAfterMs?: number | null }
    | { __typename: 'RetryOfflineMessagePayload', offlineMessage: { __typename?: 'OfflineMessage', id: string, name?: string | null, email?: string | null, text: string, receivedAt?: string | null, receivedOn?: string | null, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, department?: { __typename?: 'Department', name?: string | null } | null, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number, lastError?: string | null, nextAttemptAt?: string | null } } }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type ConsoleDiscardMutationVariables = Exact<{
  input: DiscardOfflineMessageInput;
}>;


export type ConsoleDiscardMutation = { __typename?: 'Mutation', discardOfflineMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'DiscardOfflineMessagePayload', offlineMessage: { __typename?: 'OfflineMessage', id: string, name?: string | null, email?: string | null, text: string, receivedAt?: string | null, receivedOn?: string | null, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, department?: { __typename?: 'Department', name?: string | null } | null, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number, lastError?: string | null, nextAttemptAt?: string | null } } }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type ConsoleProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleProvidersQuery = { __typename?: 'Query', providers: Array<{ __typename?: 'Provider', id: string, name: string, kind: ProviderKind, capabilities: Array<Capability>, health: { __typename?: 'ProviderHealth', status: HealthStatus, checkedAt?: string | null, reason?: string | null }, live: { __typename?: 'Live', source: LiveSource, latencyMs?: number | null, lagMs?: number | null }, departments: Array<{ __typename?: 'Department', id: string, name?: string | null, online?: boolean | null }> }> };

export type ConsoleOwnAgentsQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleOwnAgentsQuery = { __typename?: 'Query', viewer: { __typename?: 'Viewer', name?: string | null, agents: Array<{ __typename?: 'Agent', id: string, nativeId: string, name?: string | null, acceptingChats?: boolean | null, provider: { __typename?: 'Provider', id: string, name: string, kind: ProviderKind } }> } };

export type ConsoleSetAgentStatusMutationVariables = Exact<{
  input: SetAgentStatusInput;
}>;


export type ConsoleSetAgentStatusMutation = { __typename?: 'Mutation', setAgentStatus:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SetAgentStatusPayload', agent: { __typename?: 'Agent', id: string, acceptingChats?: boolean | null } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ConsoleRoomStateFragmentDoc = new TypedDocumentString(`
    fragment ConsoleRoomState on Room {
  status
  department {
    id
    name
  }
  agents {
    nativeId
    name
    seenUpTo
  }
  tags
  closedAt
  closedBy {
    name
    role
  }
  unansweredSince
  queue {
    position
    since
    estimatedWaitMs
  }
  rating {
    score
    comment
    ratedAt
  }
  capabilities {
    capability
    allowed
    reason
  }
}
    `, {"fragmentName":"ConsoleRoomState"}) as unknown as TypedDocumentString<ConsoleRoomStateFragment, unknown>;
export const ConsoleRoomDetailsFragmentDoc = new TypedDocumentString(`
    fragment ConsoleRoomDetails on Room {
  createdAt
  firstResponseAt
  customFields {
    key
    value
  }
  visitor {
    nativeId
    name
    email
    phone
    avatarUrl
    seenUpTo
    customFields {
      key
      value
    }
  }
  ...ConsoleRoomState
}
    fragment ConsoleRoomState on Room {
  status
  department {
    id
    name
  }
  agents {
    nativeId
    name
    seenUpTo
  }
  tags
  closedAt
  closedBy {
    name
    role
  }
  unansweredSince
  queue {
    position
    since
    estimatedWaitMs
  }
  rating {
    score
    comment
    ratedAt
  }
  capabilities {
    capability
    allowed
    reason
  }
}`, {"fragmentName":"ConsoleRoomDetails"}) as unknown as TypedDocumentString<ConsoleRoomDetailsFragment, unknown>;
export const ConsoleRoomFragmentDoc = new TypedDocumentString(`
    fragment ConsoleRoom on Room {
  id
  provider {
    name
    kind
  }
  status
  visitor {
    name
  }
  agents {
    nativeId
    name
  }
  department {
    id
    name
  }
  tags
  createdAt
  lastActivityAt
  unansweredSince
  queue {
    since
  }
  lastMessage {
    id
    text
    kind
    systemEvent
    state
    visibility
    createdAt
    author {
      nativeId
      name
      role
    }
  }
}
    `, {"fragmentName":"ConsoleRoom"}) as unknown as TypedDocumentString<ConsoleRoomFragment, unknown>;
export const ConsoleMessageFragmentDoc = new TypedDocumentString(`
    fragment ConsoleMessage on Message {
  id
  kind
  text
  state
  visibility
  createdAt
  editedAt
  isMine
  markup
  systemEvent
  author {
    nativeId
    name
    role
  }
  attachments {
    id
    url
    externalUrl
    name
    contentType
    size
  }
  form {
    label
    answer
  }
  buttons {
    text
    url
  }
}
    `, {"fragmentName":"ConsoleMessage"}) as unknown as TypedDocumentString<ConsoleMessageFragment, unknown>;
export const ConsoleOfflineMessageFragmentDoc = new TypedDocumentString(`
    fragment ConsoleOfflineMessage on OfflineMessage {
  id
  provider {
    name
    kind
  }
  name
  email
  text
  department {
    name
  }
  receivedAt
  receivedOn
  delivery {
    state
    attempts
    lastError
    nextAttemptAt
  }
}
    `, {"fragmentName":"ConsoleOfflineMessage"}) as unknown as TypedDocumentString<ConsoleOfflineMessageFragment, unknown>;
export const ConsoleAgentsDocument = new TypedDocumentString(`
    query ConsoleAgents($filter: AgentFilter) {
  agents(filter: $filter) {
    id
    nativeId
    name
    email
    acceptingChats
    activeRooms
    maxRooms
    departments {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleAgentsQuery, ConsoleAgentsQueryVariables>;
export const ConsoleTakeDocument = new TypedDocumentString(`
    mutation ConsoleTake($input: TakeRoomInput!) {
  takeRoom(input: $input) {
    __typename
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      retryAfterMs
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleTakeMutation, ConsoleTakeMutationVariables>;
export const ConsoleAssignDocument = new TypedDocumentString(`
    mutation ConsoleAssign($input: AssignRoomInput!) {
  assignRoom(input: $input) {
    __typename
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      retryAfterMs
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleAssignMutation, ConsoleAssignMutationVariables>;
export const ConsoleTransferDocument = new TypedDocumentString(`
    mutation ConsoleTransfer($input: TransferRoomInput!) {
  transferRoom(input: $input) {
    __typename
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      retryAfterMs
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleTransferMutation, ConsoleTransferMutationVariables>;
export const ConsoleRequeueDocument = new TypedDocumentString(`
    mutation ConsoleRequeue($input: RequeueRoomInput!) {
  requeueRoom(input: $input) {
    __typename
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      retryAfterMs
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleRequeueMutation, ConsoleRequeueMutationVariables>;
export const ConsoleSetTagsDocument = new TypedDocumentString(`
    mutation ConsoleSetTags($input: SetRoomTagsInput!) {
  setRoomTags(input: $input) {
    __typename
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      retryAfterMs
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleSetTagsMutation, ConsoleSetTagsMutationVariables>;
export const ConsoleUsedTagsDocument = new TypedDocumentString(`
    query ConsoleUsedTags($filter: RoomFilter) {
  rooms(first: 100, filter: $filter) {
    nodes {
      tags
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleUsedTagsQuery, ConsoleUsedTagsQueryVariables>;
export const ConsoleClosedRoomsDocument = new TypedDocumentString(`
    query ConsoleClosedRooms($after: String, $filter: RoomFilter) {
  rooms(first: 100, after: $after, filter: $filter) {
    nodes {
      id
      createdAt
      closedAt
      lastActivityAt
      visitor {
        nativeId
      }
      lastMessage {
        id
        text
        state
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleClosedRoomsQuery, ConsoleClosedRoomsQueryVariables>;
export const ConsoleSignInDocument = new TypedDocumentString(`
    query ConsoleSignIn {
  viewer {
    role
  }
}
    `) as unknown as TypedDocumentString<ConsoleSignInQuery, ConsoleSignInQueryVariables>;
export const ConsoleInboxDocument = new TypedDocumentString(`
    query ConsoleInbox($first: Int!, $after: String, $filter: RoomFilter) {
  rooms(first: $first, after: $after, filter: $filter) {
    nodes {
      ...ConsoleRoom
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    fragment ConsoleRoom on Room {
  id
  provider {
    name
    kind
  }
  status
  visitor {
    name
  }
  agents {
    nativeId
    name
  }
  department {
    id
    name
  }
  tags
  createdAt
  lastActivityAt
  unansweredSince
  queue {
    since
  }
  lastMessage {
    id
    text
    kind
    systemEvent
    state
    visibility
    createdAt
    author {
      nativeId
      name
      role
    }
  }
}`) as unknown as TypedDocumentString<ConsoleInboxQuery, ConsoleInboxQueryVariables>;
export const ConsoleInboxTotalsDocument = new TypedDocumentString(`
    query ConsoleInboxTotals {
  statistics {
    provider {
      name
    }
    department {
      id
    }
    open
    queued
    onHold
  }
}
    `) as unknown as TypedDocumentString<ConsoleInboxTotalsQuery, ConsoleInboxTotalsQueryVariables>;
export const ConsoleActivityDocument = new TypedDocumentString(`
    subscription ConsoleActivity {
  roomActivity {
    ...ConsoleRoom
  }
}
    fragment ConsoleRoom on Room {
  id
  provider {
    name
    kind
  }
  status
  visitor {
    name
  }
  agents {
    nativeId
    name
  }
  department {
    id
    name
  }
  tags
  createdAt
  lastActivityAt
  unansweredSince
  queue {
    since
  }
  lastMessage {
    id
    text
    kind
    systemEvent
    state
    visibility
    createdAt
    author {
      nativeId
      name
      role
    }
  }
}`) as unknown as TypedDocumentString<ConsoleActivitySubscription, ConsoleActivitySubscriptionVariables>;
export const ConsoleRoomPageDocument = new TypedDocumentString(`
    query ConsoleRoomPage($roomId: ID!, $before: String) {
  room(id: $roomId) {
    ...ConsoleRoom
    ...ConsoleRoomDetails
    messages(last: 50, before: $before) {
      nodes {
        ...ConsoleMessage
      }
      pageInfo {
        startCursor
        endCursor
        hasPreviousPage
      }
    }
  }
}
    fragment ConsoleRoomDetails on Room {
  createdAt
  firstResponseAt
  customFields {
    key
    value
  }
  visitor {
    nativeId
    name
    email
    phone
    avatarUrl
    seenUpTo
    customFields {
      key
      value
    }
  }
  ...ConsoleRoomState
}
fragment ConsoleRoomState on Room {
  status
  department {
    id
    name
  }
  agents {
    nativeId
    name
    seenUpTo
  }
  tags
  closedAt
  closedBy {
    name
    role
  }
  unansweredSince
  queue {
    position
    since
    estimatedWaitMs
  }
  rating {
    score
    comment
    ratedAt
  }
  capabilities {
    capability
    allowed
    reason
  }
}
fragment ConsoleRoom on Room {
  id
  provider {
    name
    kind
  }
  status
  visitor {
    name
  }
  agents {
    nativeId
    name
  }
  department {
    id
    name
  }
  tags
  createdAt
  lastActivityAt
  unansweredSince
  queue {
    since
  }
  lastMessage {
    id
    text
    kind
    systemEvent
    state
    visibility
    createdAt
    author {
      nativeId
      name
      role
    }
  }
}
fragment ConsoleMessage on Message {
  id
  kind
  text
  state
  visibility
  createdAt
  editedAt
  isMine
  markup
  systemEvent
  author {
    nativeId
    name
    role
  }
  attachments {
    id
    url
    externalUrl
    name
    contentType
    size
  }
  form {
    label
    answer
  }
  buttons {
    text
    url
  }
}`) as unknown as TypedDocumentString<ConsoleRoomPageQuery, ConsoleRoomPageQueryVariables>;
export const ConsoleRoomStateDocument = new TypedDocumentString(`
    query ConsoleRoomState($id: ID!) {
  room(id: $id) {
    ...ConsoleRoom
    ...ConsoleRoomDetails
  }
}
    fragment ConsoleRoomDetails on Room {
  createdAt
  firstResponseAt
  customFields {
    key
    value
  }
  visitor {
    nativeId
    name
    email
    phone
    avatarUrl
    seenUpTo
    customFields {
      key
      value
    }
  }
  ...ConsoleRoomState
}
fragment ConsoleRoomState on Room {
  status
  department {
    id
    name
  }
  agents {
    nativeId
    name
    seenUpTo
  }
  tags
  closedAt
  closedBy {
    name
    role
  }
  unansweredSince
  queue {
    position
    since
    estimatedWaitMs
  }
  rating {
    score
    comment
    ratedAt
  }
  capabilities {
    capability
    allowed
    reason
  }
}
fragment ConsoleRoom on Room {
  id
  provider {
    name
    kind
  }
  status
  visitor {
    name
  }
  agents {
    nativeId
    name
  }
  department {
    id
    name
  }
  tags
  createdAt
  lastActivityAt
  unansweredSince
  queue {
    since
  }
  lastMessage {
    id
    text
    kind
    systemEvent
    state
    visibility
    createdAt
    author {
      nativeId
      name
      role
    }
  }
}`) as unknown as TypedDocumentString<ConsoleRoomStateQuery, ConsoleRoomStateQueryVariables>;
export const ConsoleRoomEventsDocument = new TypedDocumentString(`
    subscription ConsoleRoomEvents($roomId: ID!, $after: String) {
  roomEvents(roomId: $roomId, after: $after) {
    __typename
    cursor
    ... on MessageAddedEvent {
      message {
        ...ConsoleMessage
      }
    }
    ... on MessageUpdatedEvent {
      message {
        ...ConsoleMessage
      }
    }
    ... on MessageDeletedEvent {
      messageId
    }
    ... on RoomUpdatedEvent {
      room {
        ...ConsoleRoomState
      }
    }
    ... on GapEvent {
      reason
      from
      to
    }
  }
}
    fragment ConsoleRoomState on Room {
  status
  department {
    id
    name
  }
  agents {
    nativeId
    name
    seenUpTo
  }
  tags
  closedAt
  closedBy {
    name
    role
  }
  unansweredSince
  queue {
    position
    since
    estimatedWaitMs
  }
  rating {
    score
    comment
    ratedAt
  }
  capabilities {
    capability
    allowed
    reason
  }
}
fragment ConsoleMessage on Message {
  id
  kind
  text
  state
  visibility
  createdAt
  editedAt
  isMine
  markup
  systemEvent
  author {
    nativeId
    name
    role
  }
  attachments {
    id
    url
    externalUrl
    name
    contentType
    size
  }
  form {
    label
    answer
  }
  buttons {
    text
    url
  }
}`) as unknown as TypedDocumentString<ConsoleRoomEventsSubscription, ConsoleRoomEventsSubscriptionVariables>;
export const ConsoleRoomSignalsDocument = new TypedDocumentString(`
    subscription ConsoleRoomSignals($roomId: ID!) {
  roomSignals(roomId: $roomId) {
    __typename
    ... on TypingSignal {
      typing
      participant {
        name
        role
      }
    }
    ... on SeenSignal {
      upTo
      participant {
        role
      }
    }
    ... on QueueSignal {
      queue {
        position
        since
        estimatedWaitMs
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleRoomSignalsSubscription, ConsoleRoomSignalsSubscriptionVariables>;
export const ConsoleTypingDocument = new TypedDocumentString(`
    mutation ConsoleTyping($input: SetTypingInput!) {
  setTyping(input: $input) {
    __typename
  }
}
    `) as unknown as TypedDocumentString<ConsoleTypingMutation, ConsoleTypingMutationVariables>;
export const ConsoleSendDocument = new TypedDocumentString(`
    mutation ConsoleSend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload {
      message {
        ...ConsoleMessage
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      retryAfterMs
    }
  }
}
    fragment ConsoleMessage on Message {
  id
  kind
  text
  state
  visibility
  createdAt
  editedAt
  isMine
  markup
  systemEvent
  author {
    nativeId
    name
    role
  }
  attachments {
    id
    url
    externalUrl
    name
    contentType
    size
  }
  form {
    label
    answer
  }
  buttons {
    text
    url
  }
}`) as unknown as TypedDocumentString<ConsoleSendMutation, ConsoleSendMutationVariables>;
export const ConsoleUpdateDocument = new TypedDocumentString(`
    mutation ConsoleUpdate($input: UpdateMessageInput!) {
  updateMessage(input: $input) {
    __typename
    ... on UpdateMessagePayload {
      message {
        ...ConsoleMessage
      }
    }
    ... on UserError {
      code
      detail
    }
  }
}
    fragment ConsoleMessage on Message {
  id
  kind
  text
  state
  visibility
  createdAt
  editedAt
  isMine
  markup
  systemEvent
  author {
    nativeId
    name
    role
  }
  attachments {
    id
    url
    externalUrl
    name
    contentType
    size
  }
  form {
    label
    answer
  }
  buttons {
    text
    url
  }
}`) as unknown as TypedDocumentString<ConsoleUpdateMutation, ConsoleUpdateMutationVariables>;
export const ConsoleDeleteDocument = new TypedDocumentString(`
    mutation ConsoleDelete($input: DeleteMessageInput!) {
  deleteMessage(input: $input) {
    __typename
    ... on DeleteMessagePayload {
      messageId
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleDeleteMutation, ConsoleDeleteMutationVariables>;
export const ConsoleCloseDocument = new TypedDocumentString(`
    mutation ConsoleClose($input: CloseRoomInput!) {
  closeRoom(input: $input) {
    __typename
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      retryAfterMs
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleCloseMutation, ConsoleCloseMutationVariables>;
export const ConsoleTranscriptDocument = new TypedDocumentString(`
    mutation ConsoleTranscript($input: RequestTranscriptInput!) {
  requestTranscript(input: $input) {
    __typename
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      retryAfterMs
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleTranscriptMutation, ConsoleTranscriptMutationVariables>;
export const ConsoleOfflineDocument = new TypedDocumentString(`
    query ConsoleOffline($after: String, $filter: OfflineMessageFilter) {
  offlineMessages(first: 25, after: $after, filter: $filter) {
    nodes {
      ...ConsoleOfflineMessage
    }
    pageInfo {
      endCursor
      hasNextPage
    }
    totalCount
  }
}
    fragment ConsoleOfflineMessage on OfflineMessage {
  id
  provider {
    name
    kind
  }
  name
  email
  text
  department {
    name
  }
  receivedAt
  receivedOn
  delivery {
    state
    attempts
    lastError
    nextAttemptAt
  }
}`) as unknown as TypedDocumentString<ConsoleOfflineQuery, ConsoleOfflineQueryVariables>;
export const ConsoleOfflineAddedDocument = new TypedDocumentString(`
    subscription ConsoleOfflineAdded {
  offlineMessageAdded {
    ...ConsoleOfflineMessage
  }
}
    fragment ConsoleOfflineMessage on OfflineMessage {
  id
  provider {
    name
    kind
  }
  name
  email
  text
  department {
    name
  }
  receivedAt
  receivedOn
  delivery {
    state
    attempts
    lastError
    nextAttemptAt
  }
}`) as unknown as TypedDocumentString<ConsoleOfflineAddedSubscription, ConsoleOfflineAddedSubscriptionVariables>;
export const ConsoleRetryDocument = new TypedDocumentString(`
    mutation ConsoleRetry($input: RetryOfflineMessageInput!) {
  retryOfflineMessage(input: $input) {
    __typename
    ... on RetryOfflineMessagePayload {
      offlineMessage {
        ...ConsoleOfflineMessage
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      retryAfterMs
    }
  }
}
    fragment ConsoleOfflineMessage on OfflineMessage {
  id
  provider {
    name
    kind
  }
  name
  email
  text
  department {
    name
  }
  receivedAt
  receivedOn
  delivery {
    state
    attempts
    lastError
    nextAttemptAt
  }
}`) as unknown as TypedDocumentString<ConsoleRetryMutation, ConsoleRetryMutationVariables>;
export const ConsoleDiscardDocument = new TypedDocumentString(`
    mutation ConsoleDiscard($input: DiscardOfflineMessageInput!) {
  discardOfflineMessage(input: $input) {
    __typename
    ... on DiscardOfflineMessagePayload {
      offlineMessage {
        ...ConsoleOfflineMessage
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      retryAfterMs
    }
  }
}
    fragment ConsoleOfflineMessage on OfflineMessage {
  id
  provider {
    name
    kind
  }
  name
  email
  text
  department {
    name
  }
  receivedAt
  receivedOn
  delivery {
    state
    attempts
    lastError
    nextAttemptAt
  }
}`) as unknown as TypedDocumentString<ConsoleDiscardMutation, ConsoleDiscardMutationVariables>;
export const ConsoleProvidersDocument = new TypedDocumentString(`
    query ConsoleProviders {
  providers {
    id
    name
    kind
    capabilities
    health {
      status
      checkedAt
      reason
    }
    live {
      source
      latencyMs
      lagMs
    }
    departments {
      id
      name
      online
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleProvidersQuery, ConsoleProvidersQueryVariables>;
export const ConsoleOwnAgentsDocument = new TypedDocumentString(`
    query ConsoleOwnAgents {
  viewer {
    name
    agents {
      id
      nativeId
      name
      acceptingChats
      provider {
        id
        name
        kind
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleOwnAgentsQuery, ConsoleOwnAgentsQueryVariables>;
export const ConsoleSetAgentStatusDocument = new TypedDocumentString(`
    mutation ConsoleSetAgentStatus($input: SetAgentStatusInput!) {
  setAgentStatus(input: $input) {
    __typename
    ... on SetAgentStatusPayload {
      agent {
        id
        acceptingChats
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      retryAfterMs
    }
  }
}
    `) as unknown as TypedDocumentString<ConsoleSetAgentStatusMutation, ConsoleSetAgentStatusMutationVariables>;