/* eslint-disable */
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
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
  /** A calendar day, YYYY-MM-DD. */
  Date: { input: string; output: string; }
  /** An RFC 3339 instant in UTC, e.g. 2026-01-02T03:04:05.678Z. Input may carry another offset. */
  DateTime: { input: string; output: string; }
};

/** A file or picture on a message. */
export type Attachment = {
  __typename?: 'Attachment';
  /** MIME type. */
  contentType?: Maybe<Scalars['String']['output']>;
  /** The file’s name or title. */
  name?: Maybe<Scalars['String']['output']>;
  /** Bytes. */
  size?: Maybe<Scalars['Int']['output']>;
  /** An http(s) address at the provider. */
  url?: Maybe<Scalars['String']['output']>;
};

/** What a provider, as configured, can do. A room may allow less: see Room.capabilities. */
export type Capability =
  | 'CLOSE_ROOM'
  | 'DELETE_MESSAGE'
  | 'LIST_OFFLINE_MESSAGES'
  | 'LIST_ROOMS'
  | 'READ_MESSAGES'
  | 'SEND_MESSAGE'
  | 'SEND_OFFLINE_MESSAGE'
  | 'START_ROOM'
  | 'UPDATE_MESSAGE';

/** The room to close. */
export type CloseRoomInput = {
  /** Why, where the provider keeps such a comment (Rocket.Chat keeps no visitor’s). */
  comment?: InputMaybe<Scalars['String']['input']>;
  /** The room’s global id. */
  roomId: Scalars['ID']['input'];
};

/** The room is closed. */
export type CloseRoomPayload = {
  __typename?: 'CloseRoomPayload';
  /** The room as it is now. */
  room: Room;
};

/** What came of it. */
export type CloseRoomResult = CloseRoomPayload | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** It contradicts what already is: a key used with another input, nobody online. */
export type ConflictError = UserError & {
  __typename?: 'ConflictError';
  /** For programs. */
  code: ErrorCode;
  /** For people. */
  detail: Scalars['String']['output'];
};

/** The message to delete. */
export type DeleteMessageInput = {
  /** The message’s global id. */
  messageId: Scalars['ID']['input'];
};

/** The message was deleted. */
export type DeleteMessagePayload = {
  __typename?: 'DeleteMessagePayload';
  /** When, by the provider’s clock, where it says so. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The global id it had. */
  messageId: Scalars['ID']['output'];
};

/** What came of it. */
export type DeleteMessageResult = ConflictError | DeleteMessagePayload | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** A Rocket.Chat department; a LiveChat group (formerly skill). */
export type Department = Node & {
  __typename?: 'Department';
  /** Opaque; the same thing always has the same id. It holds no credential. */
  id: Scalars['ID']['output'];
  /** Null where the provider does not tell it. */
  name?: Maybe<Scalars['String']['output']>;
  /** The provider’s own id. */
  nativeId: Scalars['String']['output'];
  /** Whether somebody is there to answer, as of at most a minute ago; null where the provider does not tell it. Rocket.Chat tells only that nobody is there at all: then it is false for every department. */
  online?: Maybe<Scalars['Boolean']['output']>;
};

/** Which message to give up. */
export type DiscardOfflineMessageInput = {
  /** The message’s global id. */
  offlineMessageId: Scalars['ID']['input'];
};

/** It is not sent any more. */
export type DiscardOfflineMessagePayload = {
  __typename?: 'DiscardOfflineMessagePayload';
  /** The message as it stands now. */
  offlineMessage: OfflineMessage;
};

/** What came of it. */
export type DiscardOfflineMessageResult = ConflictError | DiscardOfflineMessagePayload | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** Whose messages to erase. */
export type EraseOfflineMessagesInput = {
  /** The address that they were left with, in any case. */
  email: Scalars['String']['input'];
};

/** The gateway holds no message from that address any more. */
export type EraseOfflineMessagesPayload = {
  __typename?: 'EraseOfflineMessagesPayload';
  /** How many were erased. */
  count: Scalars['Int']['output'];
};

/** What came of it. */
export type EraseOfflineMessagesResult = ConflictError | EraseOfflineMessagesPayload | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** Why something was not done. */
export type ErrorCode =
  | 'CONFLICT'
  | 'FORBIDDEN'
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'OUTCOME_UNKNOWN'
  | 'PROVIDER_ERROR'
  | 'PROVIDER_UNAVAILABLE'
  | 'RATE_LIMITED'
  | 'ROOM_CLOSED'
  | 'UNAUTHENTICATED'
  | 'UNSUPPORTED';

/** The caller may not do this. */
export type ForbiddenError = UserError & {
  __typename?: 'ForbiddenError';
  /** For programs. */
  code: ErrorCode;
  /** For people. */
  detail: Scalars['String']['output'];
};

/** Events may be missing between `from` and `to`: the provider no longer had them, or this subscriber read too slowly. They are missing here, before the next event of this stream. Read the page again and subscribe anew after its `endCursor`; after SLOW_CONSUMER you may subscribe after `cursor` instead, which gives exactly the rest. A stream that goes on after the gap does not know what the page shows: a cursor of its own may leave out a deletion. */
export type GapEvent = RoomEvent & {
  __typename?: 'GapEvent';
  /** Resumes behind this event. */
  cursor: Scalars['String']['output'];
  /** Since when; null where it is the beginning of the room. */
  from?: Maybe<Scalars['DateTime']['output']>;
  /** Why. */
  reason: GapReason;
  /** Where it happened. Of a RoomUpdatedEvent it is the state that the event reports, of all others the room as it is at delivery. */
  room: Room;
  /** Until when; null where the stream ends with this event. */
  to?: Maybe<Scalars['DateTime']['output']>;
};

/** Why events may be missing. */
export type GapReason =
  /** What was seen up to the cursor is not what the room holds now: a message is gone without a trace, or was put in long after its time. */
  | 'CURSOR_EXPIRED'
  /** The provider’s history could not be read back that far. */
  | 'HISTORY_LIMIT'
  /** This subscriber read too slowly. What it was not given lies behind the gap’s cursor. The stream goes on, unless the subscriber stays stuck. */
  | 'SLOW_CONSUMER';

/** How a provider answers at the moment. */
export type HealthStatus =
  /** Calls fail now and then, or the provider limits their rate. */
  | 'DEGRADED'
  /** Several calls in a row failed, or the configured account is refused. */
  | 'DOWN'
  /** No call was made yet. */
  | 'UNKNOWN'
  /** The last call was answered. */
  | 'UP';

/** The input cannot be accepted as it is. */
export type InvalidInputError = UserError & {
  __typename?: 'InvalidInputError';
  /** For programs. */
  code: ErrorCode;
  /** For people. */
  detail: Scalars['String']['output'];
  /** The input field at fault, e.g. `text`. */
  field?: Maybe<Scalars['String']['output']>;
};

/** What tells of events at the moment, and how late they may be. */
export type Live = {
  __typename?: 'Live';
  /** Milliseconds since the last look that was answered; null before the first. */
  lagMs?: Maybe<Scalars['Int']['output']>;
  /** Milliseconds within which an event is told, as looks are scheduled now and as the provider’s limits let them through; null while nothing runs. A failing provider takes longer: see `lagMs`. */
  latencyMs?: Maybe<Scalars['Int']['output']>;
  /** What runs. */
  source: LiveSource;
};

/** Where live events come from. */
export type LiveSource =
  /** One look at the whole account tells in which rooms something happened; only those are read. */
  | 'DIGEST'
  /** Nobody is subscribed, so nothing runs. */
  | 'NONE'
  /** Each watched room is looked at by itself. */
  | 'POLL';

/** One message of a room. */
export type Message = Node & {
  __typename?: 'Message';
  /** Its files and pictures. */
  attachments: Array<Attachment>;
  /** Who wrote it; null for what the provider itself says. */
  author?: Maybe<Participant>;
  /** When the provider took it in. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last edited or deleted, where the provider tells. */
  editedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who did that. */
  editedBy?: Maybe<Participant>;
  /** Opaque; the same thing always has the same id. It holds no credential. */
  id: Scalars['ID']['output'];
  /** What it is made of. */
  kind: MessageKind;
  /** The provider’s own id. */
  nativeId: Scalars['String']['output'];
  /** The room it is in. Costs no call where only ids are asked of it. */
  room: Room;
  /** What became of it since it was sent. */
  state: MessageState;
  /** Plain text; empty for a deleted message. */
  text: Scalars['String']['output'];
  /** Who may read it. */
  visibility: MessageVisibility;
};

/** Somebody said something. */
export type MessageAddedEvent = RoomEvent & {
  __typename?: 'MessageAddedEvent';
  /** Resumes behind this event. */
  cursor: Scalars['String']['output'];
  /** What was said. */
  message: Message;
  /** Where it happened. Of a RoomUpdatedEvent it is the state that the event reports, of all others the room as it is at delivery. */
  room: Room;
};

/** A page of messages, oldest first. `pageInfo.endCursor` is also a cursor to subscribe after: no message falls between. */
export type MessageConnection = {
  __typename?: 'MessageConnection';
  /** The page. */
  edges: Array<MessageEdge>;
  /** The page without its cursors. */
  nodes: Array<Message>;
  /** Where the page lies. */
  pageInfo: PageInfo;
};

/** A message is gone. */
export type MessageDeletedEvent = RoomEvent & {
  __typename?: 'MessageDeletedEvent';
  /** Resumes behind this event. */
  cursor: Scalars['String']['output'];
  /** The global id it had. */
  messageId: Scalars['ID']['output'];
  /** Where it happened. Of a RoomUpdatedEvent it is the state that the event reports, of all others the room as it is at delivery. */
  room: Room;
};

/** A message at its place. */
export type MessageEdge = {
  __typename?: 'MessageEdge';
  /** Its place; pages go on from it. */
  cursor: Scalars['String']['output'];
  /** The message. */
  node: Message;
};

/** What a message is made of. A kind that the gateway does not know is UNKNOWN. */
export type MessageKind =
  | 'FILE'
  | 'FORM'
  /** Cards, buttons and the like. */
  | 'RICH'
  /** Written by the provider: somebody joined, the room was closed. */
  | 'SYSTEM'
  | 'TEXT'
  | 'UNKNOWN';

/** What became of a message since it was sent. */
export type MessageState =
  | 'ACTIVE'
  | 'DELETED'
  | 'EDITED';

/** A message reads otherwise now. */
export type MessageUpdatedEvent = RoomEvent & {
  __typename?: 'MessageUpdatedEvent';
  /** Resumes behind this event. */
  cursor: Scalars['String']['output'];
  /** As it reads now. */
  message: Message;
  /** Where it happened. Of a RoomUpdatedEvent it is the state that the event reports, of all others the room as it is at delivery. */
  room: Room;
};

/** Who may read a message. Visitors never see one that is for agents. */
export type MessageVisibility =
  | 'AGENTS'
  | 'EVERYONE';

/** Writes. Every expected failure is a member of the result’s union; ask `... on UserError` for all of them. */
export type Mutation = {
  __typename?: 'Mutation';
  /** Closes a room, as the caller. */
  closeRoom: CloseRoomResult;
  /** Deletes a message. */
  deleteMessage: DeleteMessageResult;
  /** Operators only. Gives up a message that is QUEUED, UNCONFIRMED or FAILED: it is kept for a while and not sent. */
  discardOfflineMessage: DiscardOfflineMessageResult;
  /** Operators only. Erases what the gateway keeps from an e-mail address for the providers that the operator may use, whatever its state; what providers hold stays there. */
  eraseOfflineMessages: EraseOfflineMessagesResult;
  /** Operators only. Sends an UNCONFIRMED or FAILED message again. An UNCONFIRMED one may have arrived: look at the provider before, or it may be there twice. */
  retryOfflineMessage: RetryOfflineMessageResult;
  /** Says something in a room, as the caller. */
  sendMessage: SendMessageResult;
  /** Leaves a message while nobody is there. Anyone may. */
  sendOfflineMessage: SendOfflineMessageResult;
  /** Opens a room as a new visitor. Anyone may. */
  startRoom: StartRoomResult;
  /** Replaces the text of a message. */
  updateMessage: UpdateMessageResult;
};


/** Writes. Every expected failure is a member of the result’s union; ask `... on UserError` for all of them. */
export type MutationCloseRoomArgs = {
  input: CloseRoomInput;
};


/** Writes. Every expected failure is a member of the result’s union; ask `... on UserError` for all of them. */
export type MutationDeleteMessageArgs = {
  input: DeleteMessageInput;
};


/** Writes. Every expected failure is a member of the result’s union; ask `... on UserError` for all of them. */
export type MutationDiscardOfflineMessageArgs = {
  input: DiscardOfflineMessageInput;
};


/** Writes. Every expected failure is a member of the result’s union; ask `... on UserError` for all of them. */
export type MutationEraseOfflineMessagesArgs = {
  input: EraseOfflineMessagesInput;
};


/** Writes. Every expected failure is a member of the result’s union; ask `... on UserError` for all of them. */
export type MutationRetryOfflineMessageArgs = {
  input: RetryOfflineMessageInput;
};


/** Writes. Every expected failure is a member of the result’s union; ask `... on UserError` for all of them. */
export type MutationSendMessageArgs = {
  input: SendMessageInput;
};


/** Writes. Every expected failure is a member of the result’s union; ask `... on UserError` for all of them. */
export type MutationSendOfflineMessageArgs = {
  input: SendOfflineMessageInput;
};


/** Writes. Every expected failure is a member of the result’s union; ask `... on UserError` for all of them. */
export type MutationStartRoomArgs = {
  input: StartRoomInput;
};


/** Writes. Every expected failure is a member of the result’s union; ask `... on UserError` for all of them. */
export type MutationUpdateMessageArgs = {
  input: UpdateMessageInput;
};

/** Anything with a global id. */
export type Node = {
  /** Opaque; the same thing always has the same id. It holds no credential. */
  id: Scalars['ID']['output'];
};

/** There is no such thing, or it is not the caller’s to see. */
export type NotFoundError = UserError & {
  __typename?: 'NotFoundError';
  /** For programs. */
  code: ErrorCode;
  /** For people. */
  detail: Scalars['String']['output'];
};

/** What a visitor left while nobody was there. */
export type OfflineMessage = Node & {
  __typename?: 'OfflineMessage';
  /** How far it has come. */
  delivery: OfflineMessageDelivery;
  /** Where it belongs. */
  department?: Maybe<Department>;
  /** Where to answer. */
  email?: Maybe<Scalars['String']['output']>;
  /** Opaque; the same thing always has the same id. It holds no credential. */
  id: Scalars['ID']['output'];
  /** The visitor’s name. */
  name?: Maybe<Scalars['String']['output']>;
  /** The provider’s own id; null until it was sent, and where the provider gives none (Rocket.Chat). */
  nativeId?: Maybe<Scalars['String']['output']>;
  /** Whose it is. */
  provider: Provider;
  /** Exactly what the provider holds, or what was accepted here. */
  rawText: Scalars['String']['output'];
  /** Null where only the day is known. */
  receivedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The day, in the provider’s time zone; LiveChat tells it for listed messages only. */
  receivedOn?: Maybe<Scalars['Date']['output']>;
  /** The visitor’s own words: LiveChat’s rendered form (`Your name: ... Message: ...`) is reduced to its message. */
  text: Scalars['String']['output'];
};

/** A page of offline messages, newest first, all providers merged. */
export type OfflineMessageConnection = {
  __typename?: 'OfflineMessageConnection';
  /** The page. */
  edges: Array<OfflineMessageEdge>;
  /** The page without its cursors. */
  nodes: Array<OfflineMessage>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many match, at one call per provider that lists its own; null where one cannot tell at that price. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** How far an offline message has come on its way to the provider. */
export type OfflineMessageDelivery = {
  __typename?: 'OfflineMessageDelivery';
  /** How often a request went out for it; 0 for what was read from the provider. */
  attempts: Scalars['Int']['output'];
  /** Why the last attempt failed. */
  lastError?: Maybe<Scalars['String']['output']>;
  /** When it is sent again. */
  nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** The short of it. */
  state: OfflineMessageState;
};

/** An offline message at its place in the list. */
export type OfflineMessageEdge = {
  __typename?: 'OfflineMessageEdge';
  /** Its place; pages go on behind it. */
  cursor: Scalars['String']['output'];
  /** The message. */
  node: OfflineMessage;
};

/** `from`/`to` are days, both inclusive; default the last seven days (LiveChat’s date_from/date_to). */
export type OfflineMessageFilter = {
  /** Only one department’s (LiveChat’s skill), by its global id. */
  departmentId?: InputMaybe<Scalars['ID']['input']>;
  /** First day. */
  from?: InputMaybe<Scalars['Date']['input']>;
  /** Only these, by their configured names. */
  providers?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only those that stand so. RECEIVED are the providers’ own lists; all others are kept here. */
  states?: InputMaybe<Array<OfflineMessageState>>;
  /** Only those that contain this word or phrase (LiveChat’s query). */
  text?: InputMaybe<Scalars['String']['input']>;
  /** Last day. */
  to?: InputMaybe<Scalars['Date']['input']>;
};

/** How far an offline message has come. */
export type OfflineMessageState =
  /** An operator gave it up; it is not sent any more. */
  | 'DISCARDED'
  /** The provider refused it, or attempts ran out. */
  | 'FAILED'
  /** Accepted and stored here; not yet handed to the provider. */
  | 'QUEUED'
  /** Read from the provider’s own list. */
  | 'RECEIVED'
  /** The provider confirmed it. */
  | 'SENT'
  /** It went out and no answer came: it may or may not have arrived. Never repeated without being asked. */
  | 'UNCONFIRMED';

/** The request went out and no answer came: it may or may not have been done. Look before asking again. */
export type OutcomeUnknownError = UserError & {
  __typename?: 'OutcomeUnknownError';
  /** For programs. */
  code: ErrorCode;
  /** For people. */
  detail: Scalars['String']['output'];
  /** The configured name of the provider that is the reason. */
  provider?: Maybe<Scalars['String']['output']>;
};

/** Where a page lies in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** The cursor to go on from, with `after`; for messages also the cursor to subscribe after. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there is more behind `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more before `startCursor`. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first edge. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** Somebody in a room, as far as the provider tells. */
export type Participant = {
  __typename?: 'Participant';
  /** Where the provider tells it. */
  avatarUrl?: Maybe<Scalars['String']['output']>;
  /** Where the provider tells it. */
  email?: Maybe<Scalars['String']['output']>;
  /** The name to show. */
  name?: Maybe<Scalars['String']['output']>;
  /** The provider’s own id. */
  nativeId: Scalars['String']['output'];
  /** What this somebody is in the room. */
  role: ParticipantRole;
};

/** What somebody is in a room. */
export type ParticipantRole =
  | 'AGENT'
  | 'BOT'
  | 'SYSTEM'
  | 'UNKNOWN'
  | 'VISITOR';

/** What an operator may do. The gateway’s configuration grants it, and claims of a JWT narrow it. */
export type Permission =
  /** Retrying, discarding and erasing offline messages. */
  | 'MANAGE'
  /** Queries and subscriptions: rooms, messages and offline messages. */
  | 'READ'
  /** Mutations in rooms: sending, editing and deleting messages, closing rooms. */
  | 'WRITE';

/** One configured account of a chat backend. Two accounts of one kind are two providers. */
export type Provider = Node & {
  __typename?: 'Provider';
  /** What it can do, as configured, for those who may. */
  capabilities: Array<Capability>;
  /** The departments that it shows; none, with the failure in `errors`, where it cannot be asked. */
  departments: Array<Department>;
  /** How it answered lately. */
  health: ProviderHealth;
  /** Opaque; the same thing always has the same id. It holds no credential. */
  id: Scalars['ID']['output'];
  /** Which kind of backend it is. */
  kind: ProviderKind;
  /** What tells of events in its rooms at the moment. */
  live: Live;
  /** The configured name, unique in a gateway: `rocketchat` and `livechat` unless the configuration says otherwise. */
  name: Scalars['String']['output'];
  /** Whether somebody is there to answer a new conversation, as of at most a minute ago: where it is false, show the offline form. Null where the provider does not tell it. */
  online?: Maybe<Scalars['Boolean']['output']>;
};

/** The provider refused, or answered what could not be understood. */
export type ProviderError = UserError & {
  __typename?: 'ProviderError';
  /** For programs. */
  code: ErrorCode;
  /** For people. */
  detail: Scalars['String']['output'];
  /** The configured name of the provider that is the reason. */
  provider?: Maybe<Scalars['String']['output']>;
};

/** How a provider answered lately. Nothing is called only to know it, but where nothing is known. */
export type ProviderHealth = {
  __typename?: 'ProviderHealth';
  /** When the provider was last called. */
  checkedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it is not UP. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The short of it. */
  status: HealthStatus;
};

/** A kind of chat backend. */
export type ProviderKind =
  | 'LIVECHAT'
  | 'ROCKET_CHAT';

/** The provider does not answer; nothing was done. */
export type ProviderUnavailableError = UserError & {
  __typename?: 'ProviderUnavailableError';
  /** For programs. */
  code: ErrorCode;
  /** For people. */
  detail: Scalars['String']['output'];
  /** The configured name of the provider that is the reason. */
  provider?: Maybe<Scalars['String']['output']>;
};

/** Reads. What the caller may not see is absent, not refused. */
export type Query = {
  __typename?: 'Query';
  /** Anything by its global id; null where it is absent or not the caller’s to see. */
  node?: Maybe<Node>;
  /** At most 100; null at the place of each id that is absent or not the caller’s to see. Order kept. */
  nodes: Array<Maybe<Node>>;
  /** Operators only. Newest first: the providers’ own lists and what was accepted here, as one. 1 to 100 a page. */
  offlineMessages: OfflineMessageConnection;
  /** The configured providers, in the order of the configuration; for an operator, those that it may use. */
  providers: Array<Provider>;
  /** A room by its global id; null where it is absent or not the caller’s to see. */
  room?: Maybe<Room>;
  /** The room by the id the provider knows it under (Rocket.Chat rid, LiveChat chat id). */
  roomByNativeId?: Maybe<Room>;
  /** Operators only. Latest activity first, all providers merged. 1 to 100 a page. */
  rooms: RoomConnection;
  /** Who is asking. */
  viewer: Viewer;
};


/** Reads. What the caller may not see is absent, not refused. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. What the caller may not see is absent, not refused. */
export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** Reads. What the caller may not see is absent, not refused. */
export type QueryOfflineMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OfflineMessageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Reads. What the caller may not see is absent, not refused. */
export type QueryRoomArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. What the caller may not see is absent, not refused. */
export type QueryRoomByNativeIdArgs = {
  nativeId: Scalars['String']['input'];
  provider: Scalars['String']['input'];
};


/** Reads. What the caller may not see is absent, not refused. */
export type QueryRoomsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RoomFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Nothing was done: the provider accepts no more calls for the moment, or, where `provider` is null, the gateway no more mutations of this caller. */
export type RateLimitedError = UserError & {
  __typename?: 'RateLimitedError';
  /** For programs. */
  code: ErrorCode;
  /** For people. */
  detail: Scalars['String']['output'];
  /** The configured name of the provider that is the reason. */
  provider?: Maybe<Scalars['String']['output']>;
  /** Milliseconds until another try makes sense. */
  retryAfterMs?: Maybe<Scalars['Int']['output']>;
};

/** Which message to send again. */
export type RetryOfflineMessageInput = {
  /** The message’s global id. */
  offlineMessageId: Scalars['ID']['input'];
};

/** It is on its way again; its delivery tells how far it has come. */
export type RetryOfflineMessagePayload = {
  __typename?: 'RetryOfflineMessagePayload';
  /** The message as it stands now. */
  offlineMessage: OfflineMessage;
};

/** What came of it. */
export type RetryOfflineMessageResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RetryOfflineMessagePayload | RoomClosedError | UnauthenticatedError | UnsupportedError;

/** A conversation: a Rocket.Chat livechat room (rid); a LiveChat chat with all its threads. */
export type Room = Node & {
  __typename?: 'Room';
  /** Who answers. */
  agents: Array<Participant>;
  /** What the caller may do in this room now, and why not. */
  capabilities: Array<RoomCapability>;
  /** When it was closed, where the provider tells. */
  closedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was opened. */
  createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where the conversation belongs. */
  department?: Maybe<Department>;
  /** Opaque; the same thing always has the same id. It holds no credential. */
  id: Scalars['ID']['output'];
  /** When something last happened in it. */
  lastActivityAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its newest message. Costs a call of its own where the provider’s room does not carry it. */
  lastMessage?: Maybe<Message>;
  /** What tells of events in this room at the moment. */
  live: Live;
  /** Oldest first. `last: n` is the newest n; without `first` and `last`, the newest 50. */
  messages: MessageConnection;
  /** The id the provider knows it under. */
  nativeId: Scalars['String']['output'];
  /** Whose it is. */
  provider: Provider;
  /** Where the conversation stands. */
  status: RoomStatus;
  /** What agents filed it under. */
  tags: Array<Scalars['String']['output']>;
  /** Whom the conversation is with. */
  visitor?: Maybe<Participant>;
};


/** A conversation: a Rocket.Chat livechat room (rid); a LiveChat chat with all its threads. */
export type RoomMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  since?: InputMaybe<Scalars['DateTime']['input']>;
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Whether the caller may do one thing in one room now. */
export type RoomCapability = {
  __typename?: 'RoomCapability';
  /** Whether the caller may. */
  allowed: Scalars['Boolean']['output'];
  /** The thing. */
  capability: Capability;
  /** Why not; null where it is allowed. */
  reason?: Maybe<Scalars['String']['output']>;
};

/** The room is closed. */
export type RoomClosedError = UserError & {
  __typename?: 'RoomClosedError';
  /** For programs. */
  code: ErrorCode;
  /** For people. */
  detail: Scalars['String']['output'];
};

/** A page of rooms, latest activity first, all providers merged. */
export type RoomConnection = {
  __typename?: 'RoomConnection';
  /** The page. */
  edges: Array<RoomEdge>;
  /** The page without its cursors. */
  nodes: Array<Room>;
  /** Where the page lies. */
  pageInfo: PageInfo;
};

/** A room at its place in the list. */
export type RoomEdge = {
  __typename?: 'RoomEdge';
  /** Its place; pages go on behind it. */
  cursor: Scalars['String']['output'];
  /** The room. */
  node: Room;
};

/** What happened in a room, in order. Subscribe again with `after: cursor` and nothing is missed or repeated. A MessageConnection’s `endCursor` is such a cursor too: query the page, subscribe after it, and no message falls between. */
export type RoomEvent = {
  /** Resumes behind this event. */
  cursor: Scalars['String']['output'];
  /** Where it happened. Of a RoomUpdatedEvent it is the state that the event reports, of all others the room as it is at delivery. */
  room: Room;
};

/** Which rooms; every field narrows. */
export type RoomFilter = {
  /** Only opened at or after this. */
  createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only opened before this. */
  createdTo?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only one department’s, by its global id. */
  departmentId?: InputMaybe<Scalars['ID']['input']>;
  /** Only these, by their configured names. */
  providers?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only rooms that stand so. */
  status?: InputMaybe<Array<RoomStatus>>;
};

/** Where a conversation stands. */
export type RoomStatus =
  | 'CLOSED'
  | 'ON_HOLD'
  | 'OPEN'
  /** Open, and no agent has it yet. */
  | 'QUEUED'
  | 'UNKNOWN';

/** The state of the room changed: its status, agents, department or tags. `room` is that state as the gateway read it, so that several changes in a row may come as one event. A subscription that resumes receives it where the state is not the one that its cursor names. */
export type RoomUpdatedEvent = RoomEvent & {
  __typename?: 'RoomUpdatedEvent';
  /** Resumes behind this event. */
  cursor: Scalars['String']['output'];
  /** Where it happened. Of a RoomUpdatedEvent it is the state that the event reports, of all others the room as it is at delivery. */
  room: Room;
};

/** `idempotencyKey`: the same key with the same input gives the same message, however often it is sent. */
export type SendMessageInput = {
  /** Chosen by the client, once per message; best a random UUID. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The room’s global id. */
  roomId: Scalars['ID']['input'];
  /** What to say. */
  text: Scalars['String']['input'];
};

/** The message was sent. */
export type SendMessagePayload = {
  __typename?: 'SendMessagePayload';
  /** As the provider stored it. */
  message: Message;
};

/** What came of it. */
export type SendMessageResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | SendMessagePayload | UnauthenticatedError | UnsupportedError;

/** `department` takes the provider’s id or name; `host` is Rocket.Chat’s. Neither is required: a provider that demands them gets configured defaults. */
export type SendOfflineMessageInput = {
  /** Id or name of a department at the provider. */
  department?: InputMaybe<Scalars['String']['input']>;
  /** Where to answer. */
  email: Scalars['String']['input'];
  /** The http or https address of the page that the visitor was on. */
  host?: InputMaybe<Scalars['String']['input']>;
  /** The same key with the same input gives the same message. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The visitor’s name. */
  name: Scalars['String']['input'];
  /** The provider’s configured name. */
  provider: Scalars['String']['input'];
  /** The visitor’s words. */
  text: Scalars['String']['input'];
};

/** The offline message was accepted; its delivery tells how far it has come. */
export type SendOfflineMessagePayload = {
  __typename?: 'SendOfflineMessagePayload';
  /** The message. */
  offlineMessage: OfflineMessage;
};

/** What came of it. */
export type SendOfflineMessageResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | SendOfflineMessagePayload | UnauthenticatedError | UnsupportedError;

/** Who wants to talk, and where. */
export type StartRoomInput = {
  /** A department of that provider, by its global id. */
  departmentId?: InputMaybe<Scalars['ID']['input']>;
  /** Where the visitor can be reached. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** The same key with the same input from the same caller finds the same room. A random UUID; with a credential, any text of 16 characters at least. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What to call the visitor. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The provider’s configured name. */
  provider: Scalars['String']['input'];
  /** The visitor’s first message. */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** The room is open. */
export type StartRoomPayload = {
  __typename?: 'StartRoomPayload';
  /** The new room, or the one that the same key opened before. */
  room: Room;
  /** The visitor’s credential at the provider, for the X-Visitor-Token header: a secret of this visitor. */
  visitorToken: Scalars['String']['output'];
};

/** What came of it. */
export type StartRoomResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | StartRoomPayload | UnauthenticatedError | UnsupportedError;

/** Live events, over WebSocket (graphql-transport-ws) or server-sent events. */
export type Subscription = {
  __typename?: 'Subscription';
  /** Messages of a room as they appear; starts after `after`, or now. Where some may be missing it tells an error, which has the `reason` and the `cursor` of a `GapEvent` in its `extensions`. */
  messageAdded: Message;
  /** Operators only: each offline message once, as it is accepted here or found in the provider’s own list. From now on; what was before is in `offlineMessages`. */
  offlineMessageAdded: OfflineMessage;
  /** Operators only: the rooms in which something happens from now on, as they stand, each at most once per look. Who reads slowly is told of each room once, in its newest state. A provider that fails is asked again, and the others go on. */
  roomActivity: Room;
  /** Everything that happens in a room; starts after `after`, or now. */
  roomEvents: RoomEvent;
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

/** This needs a credential, or a valid one. */
export type UnauthenticatedError = UserError & {
  __typename?: 'UnauthenticatedError';
  /** For programs. */
  code: ErrorCode;
  /** For people. */
  detail: Scalars['String']['output'];
};

/** The provider, as configured, cannot do this; it was not asked. */
export type UnsupportedError = UserError & {
  __typename?: 'UnsupportedError';
  /** For programs. */
  code: ErrorCode;
  /** For people. */
  detail: Scalars['String']['output'];
  /** The configured name of the provider that is the reason. */
  provider?: Maybe<Scalars['String']['output']>;
};

/** An edit of a message. */
export type UpdateMessageInput = {
  /** The message’s global id. */
  messageId: Scalars['ID']['input'];
  /** What it shall say. */
  text: Scalars['String']['input'];
};

/** The message was edited. */
export type UpdateMessagePayload = {
  __typename?: 'UpdateMessagePayload';
  /** As it reads now. */
  message: Message;
};

/** What came of it. */
export type UpdateMessageResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | OutcomeUnknownError | ProviderError | ProviderUnavailableError | RateLimitedError | RoomClosedError | UnauthenticatedError | UnsupportedError | UpdateMessagePayload;

/** Every expected failure of a mutation. `detail` is for people; it is not called `message`, so that a payload’s `message: Message!` can be selected beside it without an alias. */
export type UserError = {
  /** For programs. */
  code: ErrorCode;
  /** For people. */
  detail: Scalars['String']['output'];
};

/** Who is asking. */
export type Viewer = {
  __typename?: 'Viewer';
  /** An operator’s configured name. */
  name?: Maybe<Scalars['String']['output']>;
  /** What the caller may do as an operator; empty for visitors and anonymous callers. */
  permissions: Array<Permission>;
  /** Operator by key or JWT, visitor by the provider’s token, else anonymous. */
  role: ViewerRole;
};

/** What the caller is to this gateway. */
export type ViewerRole =
  | 'ANONYMOUS'
  | 'OPERATOR'
  | 'VISITOR';

export type ConsoleSignInQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleSignInQuery = { __typename?: 'Query', viewer: { __typename?: 'Viewer', role: ViewerRole } };

export type ConsoleRoomFragment = { __typename?: 'Room', id: string, status: RoomStatus, tags: Array<string>, lastActivityAt?: string | null, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, visitor?: { __typename?: 'Participant', name?: string | null, email?: string | null } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null }>, department?: { __typename?: 'Department', name?: string | null } | null, lastMessage?: { __typename?: 'Message', id: string, text: string, kind: MessageKind, state: MessageState, author?: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } | null } | null };

export type ConsoleMessageFragment = { __typename?: 'Message', id: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', url?: string | null, name?: string | null }> };

export type ConsoleInboxQueryVariables = Exact<{
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RoomFilter>;
}>;


export type ConsoleInboxQuery = { __typename?: 'Query', rooms: { __typename?: 'RoomConnection', nodes: Array<{ __typename?: 'Room', id: string, status: RoomStatus, tags: Array<string>, lastActivityAt?: string | null, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, visitor?: { __typename?: 'Participant', name?: string | null, email?: string | null } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null }>, department?: { __typename?: 'Department', name?: string | null } | null, lastMessage?: { __typename?: 'Message', id: string, text: string, kind: MessageKind, state: MessageState, author?: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } | null } | null }>, pageInfo: { __typename?: 'PageInfo', endCursor?: string | null, hasNextPage: boolean } } };

export type ConsoleActivitySubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ConsoleActivitySubscription = { __typename?: 'Subscription', roomActivity: { __typename?: 'Room', id: string, status: RoomStatus, tags: Array<string>, lastActivityAt?: string | null, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, visitor?: { __typename?: 'Participant', name?: string | null, email?: string | null } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null }>, department?: { __typename?: 'Department', name?: string | null } | null, lastMessage?: { __typename?: 'Message', id: string, text: string, kind: MessageKind, state: MessageState, author?: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } | null } | null } };

export type ConsoleRoomPageQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ConsoleRoomPageQuery = { __typename?: 'Query', room?: { __typename?: 'Room', id: string, status: RoomStatus, tags: Array<string>, lastActivityAt?: string | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }>, messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', id: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', url?: string | null, name?: string | null }> }>, pageInfo: { __typename?: 'PageInfo', startCursor?: string | null, endCursor?: string | null, hasPreviousPage: boolean } }, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, visitor?: { __typename?: 'Participant', name?: string | null, email?: string | null } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null }>, department?: { __typename?: 'Department', name?: string | null } | null, lastMessage?: { __typename?: 'Message', id: string, text: string, kind: MessageKind, state: MessageState, author?: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } | null } | null } | null };

export type ConsoleRoomStateQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ConsoleRoomStateQuery = { __typename?: 'Query', room?: { __typename?: 'Room', id: string, status: RoomStatus, tags: Array<string>, lastActivityAt?: string | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }>, provider: { __typename?: 'Provider', name: string, kind: ProviderKind }, visitor?: { __typename?: 'Participant', name?: string | null, email?: string | null } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null }>, department?: { __typename?: 'Department', name?: string | null } | null, lastMessage?: { __typename?: 'Message', id: string, text: string, kind: MessageKind, state: MessageState, author?: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } | null } | null } | null };

export type ConsoleEarlierQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  before: Scalars['String']['input'];
}>;


export type ConsoleEarlierQuery = { __typename?: 'Query', room?: { __typename?: 'Room', messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', id: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', url?: string | null, name?: string | null }> }>, pageInfo: { __typename?: 'PageInfo', startCursor?: string | null, hasPreviousPage: boolean } } } | null };

export type ConsoleRoomEventsSubscriptionVariables = Exact<{
  roomId: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type ConsoleRoomEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', reason: GapReason, from?: string | null, to?: string | null, cursor: string }
    | { __typename: 'MessageAddedEvent', cursor: string, message: { __typename?: 'Message', id: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', url?: string | null, name?: string | null }> } }
    | { __typename: 'MessageDeletedEvent', messageId: string, cursor: string }
    | { __typename: 'MessageUpdatedEvent', cursor: string, message: { __typename?: 'Message', id: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', url?: string | null, name?: string | null }> } }
    | { __typename: 'RoomUpdatedEvent', cursor: string, room: { __typename?: 'Room', status: RoomStatus, tags: Array<string>, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null }>, department?: { __typename?: 'Department', name?: string | null } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }> } }
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
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SendMessagePayload', message: { __typename?: 'Message', id: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', url?: string | null, name?: string | null }> } }
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
    | { __typename: 'UpdateMessagePayload', message: { __typename?: 'Message', id: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', url?: string | null, name?: string | null }> } }
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
    | { __typename: 'CloseRoomPayload', room: { __typename?: 'Room', id: string, status: RoomStatus } }
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
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
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
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type ConsoleProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleProvidersQuery = { __typename?: 'Query', providers: Array<{ __typename?: 'Provider', id: string, name: string, kind: ProviderKind, capabilities: Array<Capability>, health: { __typename?: 'ProviderHealth', status: HealthStatus, checkedAt?: string | null, reason?: string | null }, live: { __typename?: 'Live', source: LiveSource, latencyMs?: number | null, lagMs?: number | null }, departments: Array<{ __typename?: 'Department', id: string, name?: string | null, online?: boolean | null }> }> };

export const ConsoleRoomFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleRoom"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Room"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"visitor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"agents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nativeId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"department"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"lastActivityAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}}]}}]} as unknown as DocumentNode<ConsoleRoomFragment, unknown>;
export const ConsoleMessageFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nativeId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attachments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<ConsoleMessageFragment, unknown>;
export const ConsoleOfflineMessageFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleOfflineMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OfflineMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"department"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"receivedOn"}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}}]}}]}}]} as unknown as DocumentNode<ConsoleOfflineMessageFragment, unknown>;
export const ConsoleSignInDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleSignIn"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}}]} as unknown as DocumentNode<ConsoleSignInQuery, ConsoleSignInQueryVariables>;
export const ConsoleInboxDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleInbox"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RoomFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rooms"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"30"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleRoom"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleRoom"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Room"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"visitor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"agents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nativeId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"department"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"lastActivityAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}}]}}]} as unknown as DocumentNode<ConsoleInboxQuery, ConsoleInboxQueryVariables>;
export const ConsoleActivityDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ConsoleActivity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roomActivity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleRoom"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleRoom"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Room"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"visitor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"agents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nativeId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"department"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"lastActivityAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}}]}}]} as unknown as DocumentNode<ConsoleActivitySubscription, ConsoleActivitySubscriptionVariables>;
export const ConsoleRoomPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleRoomPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"room"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleRoom"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"capability"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"messages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleMessage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleRoom"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Room"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"visitor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"agents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nativeId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"department"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"lastActivityAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nativeId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attachments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<ConsoleRoomPageQuery, ConsoleRoomPageQueryVariables>;
export const ConsoleRoomStateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleRoomState"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"room"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleRoom"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"capability"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleRoom"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Room"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"visitor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"agents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nativeId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"department"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"lastActivityAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}}]}}]} as unknown as DocumentNode<ConsoleRoomStateQuery, ConsoleRoomStateQueryVariables>;
export const ConsoleEarlierDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleEarlier"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"room"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"messages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleMessage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nativeId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attachments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<ConsoleEarlierQuery, ConsoleEarlierQueryVariables>;
export const ConsoleRoomEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ConsoleRoomEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"roomId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roomEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"roomId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"roomId"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MessageAddedEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleMessage"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MessageUpdatedEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleMessage"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MessageDeletedEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"messageId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RoomUpdatedEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"room"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"agents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nativeId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"department"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"capability"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GapEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nativeId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attachments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<ConsoleRoomEventsSubscription, ConsoleRoomEventsSubscriptionVariables>;
export const ConsoleSendDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConsoleSend"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SendMessageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sendMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SendMessagePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleMessage"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nativeId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attachments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<ConsoleSendMutation, ConsoleSendMutationVariables>;
export const ConsoleUpdateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConsoleUpdate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateMessageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateMessagePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleMessage"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"editedAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nativeId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}},{"kind":"Field","name":{"kind":"Name","value":"attachments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<ConsoleUpdateMutation, ConsoleUpdateMutationVariables>;
export const ConsoleDeleteDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConsoleDelete"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteMessageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteMessagePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"messageId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}}]}}]}}]} as unknown as DocumentNode<ConsoleDeleteMutation, ConsoleDeleteMutationVariables>;
export const ConsoleCloseDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConsoleClose"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CloseRoomInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"closeRoom"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CloseRoomPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"room"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}}]}}]}}]} as unknown as DocumentNode<ConsoleCloseMutation, ConsoleCloseMutationVariables>;
export const ConsoleOfflineDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleOffline"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"OfflineMessageFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"offlineMessages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"25"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleOfflineMessage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleOfflineMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OfflineMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"department"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"receivedOn"}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}}]}}]}}]} as unknown as DocumentNode<ConsoleOfflineQuery, ConsoleOfflineQueryVariables>;
export const ConsoleOfflineAddedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ConsoleOfflineAdded"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"offlineMessageAdded"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleOfflineMessage"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleOfflineMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OfflineMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"department"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"receivedOn"}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}}]}}]}}]} as unknown as DocumentNode<ConsoleOfflineAddedSubscription, ConsoleOfflineAddedSubscriptionVariables>;
export const ConsoleRetryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConsoleRetry"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RetryOfflineMessageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryOfflineMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RetryOfflineMessagePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"offlineMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleOfflineMessage"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleOfflineMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OfflineMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"department"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"receivedOn"}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}}]}}]}}]} as unknown as DocumentNode<ConsoleRetryMutation, ConsoleRetryMutationVariables>;
export const ConsoleDiscardDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConsoleDiscard"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DiscardOfflineMessageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"discardOfflineMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DiscardOfflineMessagePayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"offlineMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleOfflineMessage"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleOfflineMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OfflineMessage"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"department"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"receivedOn"}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}}]}}]}}]} as unknown as DocumentNode<ConsoleDiscardMutation, ConsoleDiscardMutationVariables>;
export const ConsoleProvidersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleProviders"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"live"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"latencyMs"}},{"kind":"Field","name":{"kind":"Name","value":"lagMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"departments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"online"}}]}}]}}]}}]} as unknown as DocumentNode<ConsoleProvidersQuery, ConsoleProvidersQueryVariables>;