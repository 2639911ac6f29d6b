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

export type IdempotencySendMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type IdempotencySendMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SendMessagePayload', message: { __typename?: 'Message', id: string, text: string } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type IdempotencyStartMutationVariables = Exact<{
  input: StartRoomInput;
}>;


export type IdempotencyStartMutation = { __typename?: 'Mutation', startRoom:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'StartRoomPayload', visitorToken: string, room: { __typename?: 'Room', id: string, nativeId: string } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type IdempotencyRoomQueryVariables = Exact<{
  provider: Scalars['String']['input'];
  id: Scalars['String']['input'];
}>;


export type IdempotencyRoomQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', id: string, messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', text: string }> } } | null };

export type DurabilitySendMutationVariables = Exact<{
  input: SendOfflineMessageInput;
}>;


export type DurabilitySendMutation = { __typename?: 'Mutation', sendOfflineMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SendOfflineMessagePayload', offlineMessage: { __typename?: 'OfflineMessage', id: string, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number } } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type DurabilityListQueryVariables = Exact<{ [key: string]: never; }>;


export type DurabilityListQuery = { __typename?: 'Query', offlineMessages: { __typename?: 'OfflineMessageConnection', nodes: Array<{ __typename?: 'OfflineMessage', id: string, text: string, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number } }> } };

export type DurabilityRetryMutationVariables = Exact<{
  input: RetryOfflineMessageInput;
}>;


export type DurabilityRetryMutation = { __typename?: 'Mutation', retryOfflineMessage:
    | { __typename: 'ConflictError' }
    | { __typename: 'ForbiddenError' }
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'OutcomeUnknownError' }
    | { __typename: 'ProviderError' }
    | { __typename: 'ProviderUnavailableError' }
    | { __typename: 'RateLimitedError' }
    | { __typename: 'RetryOfflineMessagePayload', offlineMessage: { __typename?: 'OfflineMessage', delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number } } }
    | { __typename: 'RoomClosedError' }
    | { __typename: 'UnauthenticatedError' }
    | { __typename: 'UnsupportedError' }
   };

export type ClientsRoomIdQueryVariables = Exact<{
  nativeId: Scalars['String']['input'];
}>;


export type ClientsRoomIdQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', id: string } | null };

export type ClientsEventsSubscriptionVariables = Exact<{
  roomId: Scalars['ID']['input'];
}>;


export type ClientsEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename?: 'GapEvent', cursor: string }
    | { __typename?: 'MessageAddedEvent', cursor: string }
    | { __typename?: 'MessageDeletedEvent', cursor: string }
    | { __typename?: 'MessageUpdatedEvent', cursor: string }
    | { __typename?: 'RoomUpdatedEvent', cursor: string }
   };

export type LiveSourcesEventsSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LiveSourcesEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', reason: GapReason, from?: string | null, to?: string | null, cursor: string }
    | { __typename: 'MessageAddedEvent', cursor: string, message: { __typename?: 'Message', nativeId: string, text: string, kind: MessageKind } }
    | { __typename: 'MessageDeletedEvent', messageId: string, cursor: string }
    | { __typename: 'MessageUpdatedEvent', cursor: string, message: { __typename?: 'Message', nativeId: string, text: string } }
    | { __typename: 'RoomUpdatedEvent', cursor: string }
   };

export type LiveSourcesActivitySubscriptionVariables = Exact<{
  providers?: InputMaybe<Array<Scalars['String']['input']> | Scalars['String']['input']>;
}>;


export type LiveSourcesActivitySubscription = { __typename?: 'Subscription', roomActivity: { __typename?: 'Room', nativeId: string, status: RoomStatus, provider: { __typename?: 'Provider', name: string }, visitor?: { __typename?: 'Participant', name?: string | null } | null } };

export type LiveSourcesSourcesQueryVariables = Exact<{
  provider: Scalars['String']['input'];
  nativeId: Scalars['String']['input'];
}>;


export type LiveSourcesSourcesQuery = { __typename?: 'Query', providers: Array<{ __typename?: 'Provider', name: string, live: { __typename?: 'Live', source: LiveSource, latencyMs?: number | null, lagMs?: number | null } }>, roomByNativeId?: { __typename?: 'Room', live: { __typename?: 'Live', source: LiveSource, latencyMs?: number | null, lagMs?: number | null } } | null };

export type LiveSourcesEndQueryVariables = Exact<{
  provider: Scalars['String']['input'];
  nativeId: Scalars['String']['input'];
}>;


export type LiveSourcesEndQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', nativeId: string }>, pageInfo: { __typename?: 'PageInfo', endCursor?: string | null } } } | null };

export type LiveSourcesSendMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  text: Scalars['String']['input'];
}>;


export type LiveSourcesSendMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename: 'ConflictError' }
    | { __typename: 'ForbiddenError' }
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'OutcomeUnknownError' }
    | { __typename: 'ProviderError' }
    | { __typename: 'ProviderUnavailableError' }
    | { __typename: 'RateLimitedError' }
    | { __typename: 'RoomClosedError' }
    | { __typename: 'SendMessagePayload' }
    | { __typename: 'UnauthenticatedError' }
    | { __typename: 'UnsupportedError' }
   };

export type LiveSourcesRoomStatesSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LiveSourcesRoomStatesSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', reason: GapReason, from?: string | null, to?: string | null, cursor: string }
    | { __typename: 'MessageAddedEvent', cursor: string, message: { __typename?: 'Message', kind: MessageKind } }
    | { __typename: 'MessageDeletedEvent', cursor: string }
    | { __typename: 'MessageUpdatedEvent', cursor: string }
    | { __typename: 'RoomUpdatedEvent', cursor: string, room: { __typename?: 'Room', status: RoomStatus, tags: Array<string>, agents: Array<{ __typename?: 'Participant', nativeId: string }> } }
   };

export type LiveSourcesStatusOfAllSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type LiveSourcesStatusOfAllSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', room: { __typename?: 'Room', status: RoomStatus } }
    | { __typename: 'MessageAddedEvent', room: { __typename?: 'Room', status: RoomStatus } }
    | { __typename: 'MessageDeletedEvent', room: { __typename?: 'Room', status: RoomStatus } }
    | { __typename: 'MessageUpdatedEvent', room: { __typename?: 'Room', status: RoomStatus } }
    | { __typename: 'RoomUpdatedEvent', room: { __typename?: 'Room', status: RoomStatus } }
   };

export type LiveSourcesCloseMutationVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type LiveSourcesCloseMutation = { __typename?: 'Mutation', closeRoom:
    | { __typename: 'CloseRoomPayload' }
    | { __typename: 'ConflictError' }
    | { __typename: 'ForbiddenError' }
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'OutcomeUnknownError' }
    | { __typename: 'ProviderError' }
    | { __typename: 'ProviderUnavailableError' }
    | { __typename: 'RateLimitedError' }
    | { __typename: 'RoomClosedError' }
    | { __typename: 'UnauthenticatedError' }
    | { __typename: 'UnsupportedError' }
   };

export type LiveSourcesStatePageQueryVariables = Exact<{
  provider: Scalars['String']['input'];
  nativeId: Scalars['String']['input'];
}>;


export type LiveSourcesStatePageQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', status: RoomStatus, messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', kind: MessageKind }>, pageInfo: { __typename?: 'PageInfo', endCursor?: string | null } } } | null };

export type LivePageQueryVariables = Exact<{
  rid: Scalars['String']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
}>;


export type LivePageQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', id: string, messages: { __typename?: 'MessageConnection', edges: Array<{ __typename?: 'MessageEdge', cursor: string }>, nodes: Array<{ __typename?: 'Message', nativeId: string }>, pageInfo: { __typename?: 'PageInfo', endCursor?: string | null } } } | null };

export type LiveEventsSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LiveEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', reason: GapReason, from?: string | null, to?: string | null, cursor: string }
    | { __typename: 'MessageAddedEvent', cursor: string, message: { __typename?: 'Message', nativeId: string, text: string, kind: MessageKind } }
    | { __typename: 'MessageDeletedEvent', messageId: string, cursor: string }
    | { __typename: 'MessageUpdatedEvent', cursor: string, message: { __typename?: 'Message', nativeId: string, text: string } }
    | { __typename: 'RoomUpdatedEvent', cursor: string }
   };

export type LiveMessagesSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LiveMessagesSubscription = { __typename?: 'Subscription', messageAdded: { __typename?: 'Message', nativeId: string, text: string, kind: MessageKind } };

export type LiveStatusesSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type LiveStatusesSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', room: { __typename?: 'Room', status: RoomStatus } }
    | { __typename: 'MessageAddedEvent', room: { __typename?: 'Room', status: RoomStatus } }
    | { __typename: 'MessageDeletedEvent', room: { __typename?: 'Room', status: RoomStatus } }
    | { __typename: 'MessageUpdatedEvent', room: { __typename?: 'Room', status: RoomStatus } }
    | { __typename: 'RoomUpdatedEvent', room: { __typename?: 'Room', status: RoomStatus } }
   };

export type LiveSendMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  text: Scalars['String']['input'];
}>;


export type LiveSendMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename?: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename?: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename?: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename?: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename?: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename?: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename?: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename?: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename?: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename?: 'SendMessagePayload', message: { __typename?: 'Message', nativeId: string } }
    | { __typename?: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename?: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type OfflineSendMutationVariables = Exact<{
  input: SendOfflineMessageInput;
}>;


export type OfflineSendMutation = { __typename?: 'Mutation', sendOfflineMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string, provider?: string | null }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string, provider?: string | null }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, provider?: string | null, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SendOfflineMessagePayload', offlineMessage: { __typename?: 'OfflineMessage', id: string, text: string, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number, lastError?: string | null, nextAttemptAt?: string | null } } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type OfflineListPageQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OfflineMessageFilter>;
}>;


export type OfflineListPageQuery = { __typename?: 'Query', offlineMessages: { __typename?: 'OfflineMessageConnection', nodes: Array<{ __typename?: 'OfflineMessage', id: string, nativeId?: string | null, name?: string | null, email?: string | null, text: string, rawText: string, receivedAt?: string | null, receivedOn?: string | null, provider: { __typename?: 'Provider', name: string }, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number, lastError?: string | null, nextAttemptAt?: string | null } }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } };

export type OfflineListDepartmentsQueryVariables = Exact<{
  filter?: InputMaybe<OfflineMessageFilter>;
}>;


export type OfflineListDepartmentsQuery = { __typename?: 'Query', offlineMessages: { __typename?: 'OfflineMessageConnection', nodes: Array<{ __typename?: 'OfflineMessage', text: string, department?: { __typename?: 'Department', name?: string | null } | null }> } };

export type OfflineListCountQueryVariables = Exact<{
  filter?: InputMaybe<OfflineMessageFilter>;
}>;


export type OfflineListCountQuery = { __typename?: 'Query', offlineMessages: { __typename?: 'OfflineMessageConnection', totalCount?: number | null, nodes: Array<{ __typename?: 'OfflineMessage', text: string }> } };

export type OfflineListNodeQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type OfflineListNodeQuery = { __typename?: 'Query', node?:
    | { __typename?: 'Department', id: string }
    | { __typename?: 'Message', id: string }
    | { __typename?: 'OfflineMessage', text: string, id: string, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState } }
    | { __typename?: 'Provider', id: string }
    | { __typename?: 'Room', id: string }
   | null };

export type OfflineListProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type OfflineListProvidersQuery = { __typename?: 'Query', providers: Array<{ __typename?: 'Provider', name: string, capabilities: Array<Capability>, departments: Array<{ __typename?: 'Department', id: string, nativeId: string, name?: string | null, online?: boolean | null }> }> };

export type OfflineListSendMutationVariables = Exact<{
  input: SendOfflineMessageInput;
}>;


export type OfflineListSendMutation = { __typename?: 'Mutation', sendOfflineMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SendOfflineMessagePayload', offlineMessage: { __typename?: 'OfflineMessage', id: string, text: string, receivedOn?: string | null, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number, lastError?: string | null } } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type OfflineListRetryMutationVariables = Exact<{
  input: RetryOfflineMessageInput;
}>;


export type OfflineListRetryMutation = { __typename?: 'Mutation', retryOfflineMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RetryOfflineMessagePayload', offlineMessage: { __typename?: 'OfflineMessage', id: string, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number, lastError?: string | null } } }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type OfflineListDiscardMutationVariables = Exact<{
  input: DiscardOfflineMessageInput;
}>;


export type OfflineListDiscardMutation = { __typename?: 'Mutation', discardOfflineMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'DiscardOfflineMessagePayload', offlineMessage: { __typename?: 'OfflineMessage', id: string, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState } } }
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

export type OfflineListEraseMutationVariables = Exact<{
  input: EraseOfflineMessagesInput;
}>;


export type OfflineListEraseMutation = { __typename?: 'Mutation', eraseOfflineMessages:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'EraseOfflineMessagesPayload', count: number }
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

export type OfflineListAddedSubscriptionVariables = Exact<{
  providers?: InputMaybe<Array<Scalars['String']['input']> | Scalars['String']['input']>;
}>;


export type OfflineListAddedSubscription = { __typename?: 'Subscription', offlineMessageAdded: { __typename?: 'OfflineMessage', id: string, text: string, provider: { __typename?: 'Provider', name: string }, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState } } };

export type ProcessEventsSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ProcessEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent' }
    | { __typename: 'MessageAddedEvent', message: { __typename?: 'Message', text: string } }
    | { __typename: 'MessageDeletedEvent' }
    | { __typename: 'MessageUpdatedEvent' }
    | { __typename: 'RoomUpdatedEvent' }
   };

export type ProcessSayMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type ProcessSayMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename: 'ConflictError', code: ErrorCode }
    | { __typename: 'ForbiddenError', code: ErrorCode }
    | { __typename: 'InvalidInputError', code: ErrorCode }
    | { __typename: 'NotFoundError', code: ErrorCode }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode }
    | { __typename: 'ProviderError', code: ErrorCode }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode }
    | { __typename: 'RateLimitedError', code: ErrorCode }
    | { __typename: 'RoomClosedError', code: ErrorCode }
    | { __typename: 'SendMessagePayload' }
    | { __typename: 'UnauthenticatedError', code: ErrorCode }
    | { __typename: 'UnsupportedError', code: ErrorCode }
   };

export type ProcessRoomQueryVariables = Exact<{
  id: Scalars['String']['input'];
}>;


export type ProcessRoomQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', id: string, messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', text: string }> } } | null };

export type ProcessInboxQueryVariables = Exact<{ [key: string]: never; }>;


export type ProcessInboxQuery = { __typename?: 'Query', offlineMessages: { __typename?: 'OfflineMessageConnection', nodes: Array<{ __typename?: 'OfflineMessage', id: string, text: string }> } };

export type ProcessLeaveMutationVariables = Exact<{
  input: SendOfflineMessageInput;
}>;


export type ProcessLeaveMutation = { __typename?: 'Mutation', sendOfflineMessage:
    | { __typename: 'ConflictError', code: ErrorCode }
    | { __typename: 'ForbiddenError', code: ErrorCode }
    | { __typename: 'InvalidInputError', code: ErrorCode }
    | { __typename: 'NotFoundError', code: ErrorCode }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode }
    | { __typename: 'ProviderError', code: ErrorCode }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode }
    | { __typename: 'RateLimitedError', code: ErrorCode }
    | { __typename: 'RoomClosedError', code: ErrorCode }
    | { __typename: 'SendOfflineMessagePayload' }
    | { __typename: 'UnauthenticatedError', code: ErrorCode }
    | { __typename: 'UnsupportedError', code: ErrorCode }
   };

export type ProcessMergedRoomsQueryVariables = Exact<{ [key: string]: never; }>;


export type ProcessMergedRoomsQuery = { __typename?: 'Query', rooms: { __typename?: 'RoomConnection', nodes: Array<{ __typename?: 'Room', nativeId: string, provider: { __typename?: 'Provider', name: string } }> } };

export type ProcessAccountsQueryVariables = Exact<{ [key: string]: never; }>;


export type ProcessAccountsQuery = { __typename?: 'Query', providers: Array<{ __typename?: 'Provider', name: string, kind: ProviderKind, health: { __typename?: 'ProviderHealth', status: HealthStatus, reason?: string | null } }> };

export type ProcessAnyNodeQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ProcessAnyNodeQuery = { __typename?: 'Query', node?:
    | { __typename?: 'Department', id: string }
    | { __typename?: 'Message', id: string }
    | { __typename?: 'OfflineMessage', id: string }
    | { __typename?: 'Provider', id: string }
    | { __typename?: 'Room', id: string }
   | null };

export type LivechatOfflineListQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OfflineMessageFilter>;
}>;


export type LivechatOfflineListQuery = { __typename?: 'Query', offlineMessages: { __typename?: 'OfflineMessageConnection', edges: Array<{ __typename?: 'OfflineMessageEdge', cursor: string, node: { __typename?: 'OfflineMessage', id: string, nativeId?: string | null, receivedOn?: string | null, provider: { __typename?: 'Provider', name: string } } }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } };

export type LivechatOfflineCountQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  filter?: InputMaybe<OfflineMessageFilter>;
}>;


export type LivechatOfflineCountQuery = { __typename?: 'Query', offlineMessages: { __typename?: 'OfflineMessageConnection', totalCount?: number | null, nodes: Array<{ __typename?: 'OfflineMessage', nativeId?: string | null }> } };

export type LivechatOfflineDetailsQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  filter?: InputMaybe<OfflineMessageFilter>;
}>;


export type LivechatOfflineDetailsQuery = { __typename?: 'Query', offlineMessages: { __typename?: 'OfflineMessageConnection', nodes: Array<{ __typename?: 'OfflineMessage', id: string, nativeId?: string | null, name?: string | null, email?: string | null, text: string, rawText: string, receivedAt?: string | null, receivedOn?: string | null, department?: { __typename?: 'Department', id: string, nativeId: string, name?: string | null, online?: boolean | null } | null, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number, lastError?: string | null, nextAttemptAt?: string | null } }> } };

export type LivechatOfflineListBesideQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LivechatOfflineListBesideQuery = { __typename?: 'Query', viewer: { __typename?: 'Viewer', role: ViewerRole, name?: string | null }, providers: Array<{ __typename?: 'Provider', name: string, kind: ProviderKind }>, offlineMessages: { __typename?: 'OfflineMessageConnection', nodes: Array<{ __typename?: 'OfflineMessage', nativeId?: string | null }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } };

export type LivechatOfflineTwiceQueryVariables = Exact<{ [key: string]: never; }>;


export type LivechatOfflineTwiceQuery = { __typename?: 'Query', one: { __typename?: 'OfflineMessageConnection', nodes: Array<{ __typename?: 'OfflineMessage', nativeId?: string | null }> }, other: { __typename?: 'OfflineMessageConnection', nodes: Array<{ __typename?: 'OfflineMessage', nativeId?: string | null }> } };

export type LivechatHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type LivechatHealthQuery = { __typename?: 'Query', providers: Array<{ __typename?: 'Provider', name: string, health: { __typename?: 'ProviderHealth', status: HealthStatus, reason?: string | null, checkedAt?: string | null } }> };

export type LivechatOfflineNodeQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type LivechatOfflineNodeQuery = { __typename?: 'Query', node?:
    | { __typename: 'Department', id: string }
    | { __typename: 'Message', id: string }
    | { __typename: 'OfflineMessage', nativeId?: string | null, name?: string | null, email?: string | null, text: string, rawText: string, receivedAt?: string | null, receivedOn?: string | null, id: string, provider: { __typename?: 'Provider', name: string }, department?: { __typename?: 'Department', nativeId: string } | null, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number, lastError?: string | null, nextAttemptAt?: string | null } }
    | { __typename: 'Provider', id: string }
    | { __typename: 'Room', id: string }
   | null };

export type LivechatOfflineNodesQueryVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type LivechatOfflineNodesQuery = { __typename?: 'Query', nodes: Array<
    | { __typename?: 'Department', id: string }
    | { __typename?: 'Message', id: string }
    | { __typename?: 'OfflineMessage', nativeId?: string | null, text: string, rawText: string, id: string }
    | { __typename?: 'Provider', id: string }
    | { __typename?: 'Room', id: string }
   | null> };

export type LivechatSendOfflineMutationVariables = Exact<{
  input: SendOfflineMessageInput;
}>;


export type LivechatSendOfflineMutation = { __typename?: 'Mutation', sendOfflineMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SendOfflineMessagePayload' }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string, provider?: string | null }
   };

export type LivechatChatsRoomListQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RoomFilter>;
}>;


export type LivechatChatsRoomListQuery = { __typename?: 'Query', rooms: { __typename?: 'RoomConnection', edges: Array<{ __typename?: 'RoomEdge', cursor: string, node: { __typename?: 'Room', nativeId: string, lastActivityAt?: string | null } }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } };

export type LivechatChatsDashboardQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  filter?: InputMaybe<RoomFilter>;
}>;


export type LivechatChatsDashboardQuery = { __typename?: 'Query', rooms: { __typename?: 'RoomConnection', nodes: Array<{ __typename?: 'Room', id: string, nativeId: string, status: RoomStatus, createdAt?: string | null, closedAt?: string | null, lastActivityAt?: string | null, tags: Array<string>, visitor?: { __typename?: 'Participant', nativeId: string, name?: string | null, email?: string | null, avatarUrl?: string | null, role: ParticipantRole } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null, email?: string | null, role: ParticipantRole }>, department?: { __typename?: 'Department', nativeId: string, name?: string | null, online?: boolean | null } | null, lastMessage?: { __typename?: 'Message', nativeId: string, text: string, kind: MessageKind, visibility: MessageVisibility, author?: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } | null } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }> }> } };

export type LivechatChatsRoomsWithMessagesQueryVariables = Exact<{
  rooms?: InputMaybe<Scalars['Int']['input']>;
  messages?: InputMaybe<Scalars['Int']['input']>;
}>;


export type LivechatChatsRoomsWithMessagesQuery = { __typename?: 'Query', rooms: { __typename?: 'RoomConnection', nodes: Array<{ __typename?: 'Room', nativeId: string, messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', text: string, author?: { __typename?: 'Participant', name?: string | null } | null }> } }> } };

export type LivechatChatsRoomQueryVariables = Exact<{
  id: Scalars['String']['input'];
}>;


export type LivechatChatsRoomQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', id: string, nativeId: string, status: RoomStatus, createdAt?: string | null, closedAt?: string | null, lastActivityAt?: string | null, tags: Array<string>, visitor?: { __typename?: 'Participant', nativeId: string, name?: string | null, email?: string | null, role: ParticipantRole } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null, email?: string | null, role: ParticipantRole }>, department?: { __typename?: 'Department', nativeId: string, name?: string | null, online?: boolean | null } | null, lastMessage?: { __typename?: 'Message', nativeId: string, text: string, visibility: MessageVisibility } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }> } | null };

export type LivechatChatsMessagesQueryVariables = Exact<{
  id: Scalars['String']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  since?: InputMaybe<Scalars['DateTime']['input']>;
  until?: InputMaybe<Scalars['DateTime']['input']>;
}>;


export type LivechatChatsMessagesQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', messages: { __typename?: 'MessageConnection', edges: Array<{ __typename?: 'MessageEdge', cursor: string, node: { __typename?: 'Message', nativeId: string, createdAt: string } }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } } | null };

export type LivechatChatsWholeMessagesQueryVariables = Exact<{
  id: Scalars['String']['input'];
  last?: InputMaybe<Scalars['Int']['input']>;
}>;


export type LivechatChatsWholeMessagesQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', id: string, messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', id: string, nativeId: string, kind: MessageKind, text: string, visibility: MessageVisibility, state: MessageState, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, email?: string | null, avatarUrl?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', url?: string | null, name?: string | null, contentType?: string | null, size?: number | null }>, room: { __typename?: 'Room', nativeId: string } }>, pageInfo: { __typename?: 'PageInfo', hasPreviousPage: boolean, endCursor?: string | null } } } | null };

export type LivechatChatsMessageNodesQueryVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type LivechatChatsMessageNodesQuery = { __typename?: 'Query', nodes: Array<
    | { __typename?: 'Department', id: string }
    | { __typename?: 'Message', nativeId: string, text: string, id: string, author?: { __typename?: 'Participant', name?: string | null } | null }
    | { __typename?: 'OfflineMessage', id: string }
    | { __typename?: 'Provider', id: string }
    | { __typename?: 'Room', id: string }
   | null> };

export type LivechatChatsRoomNodesQueryVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type LivechatChatsRoomNodesQuery = { __typename?: 'Query', nodes: Array<
    | { __typename?: 'Department', id: string }
    | { __typename?: 'Message', id: string }
    | { __typename?: 'OfflineMessage', id: string }
    | { __typename?: 'Provider', id: string }
    | { __typename?: 'Room', nativeId: string, status: RoomStatus, id: string }
   | null> };

export type LivechatChatsSendMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type LivechatChatsSendMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SendMessagePayload', message: { __typename?: 'Message', id: string, nativeId: string, text: string, createdAt: string, visibility: MessageVisibility, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, room: { __typename?: 'Room', status: RoomStatus } } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type LivechatChatsUpdateMutationVariables = Exact<{
  input: UpdateMessageInput;
}>;


export type LivechatChatsUpdateMutation = { __typename?: 'Mutation', updateMessage:
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
    | { __typename: 'UpdateMessagePayload' }
   };

export type LivechatChatsDeleteMutationVariables = Exact<{
  input: DeleteMessageInput;
}>;


export type LivechatChatsDeleteMutation = { __typename?: 'Mutation', deleteMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'DeleteMessagePayload', messageId: string, deletedAt?: string | null }
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

export type LivechatChatsCloseMutationVariables = Exact<{
  input: CloseRoomInput;
}>;


export type LivechatChatsCloseMutation = { __typename?: 'Mutation', closeRoom:
    | { __typename: 'CloseRoomPayload', room: { __typename?: 'Room', nativeId: string, status: RoomStatus } }
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

export type LivechatChatsStartMutationVariables = Exact<{
  input: StartRoomInput;
}>;


export type LivechatChatsStartMutation = { __typename?: 'Mutation', startRoom:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'StartRoomPayload', visitorToken: string, room: { __typename?: 'Room', nativeId: string, status: RoomStatus, visitor?: { __typename?: 'Participant', name?: string | null, email?: string | null } | null } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type LivechatChatsProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type LivechatChatsProvidersQuery = { __typename?: 'Query', providers: Array<{ __typename?: 'Provider', name: string, capabilities: Array<Capability>, health: { __typename?: 'ProviderHealth', status: HealthStatus, reason?: string | null }, departments: Array<{ __typename?: 'Department', id: string, nativeId: string, name?: string | null, online?: boolean | null }> }> };

export type LivechatChatsHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type LivechatChatsHealthQuery = { __typename?: 'Query', providers: Array<{ __typename?: 'Provider', name: string, health: { __typename?: 'ProviderHealth', status: HealthStatus, reason?: string | null, checkedAt?: string | null } }> };

export type LivechatChatsOfflineQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OfflineMessageFilter>;
}>;


export type LivechatChatsOfflineQuery = { __typename?: 'Query', offlineMessages: { __typename?: 'OfflineMessageConnection', totalCount?: number | null, nodes: Array<{ __typename?: 'OfflineMessage', id: string, nativeId?: string | null, name?: string | null, email?: string | null, text: string, rawText: string, receivedAt?: string | null, receivedOn?: string | null, department?: { __typename?: 'Department', nativeId: string } | null }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } };

export type LivechatChatsOfflineNodesQueryVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type LivechatChatsOfflineNodesQuery = { __typename?: 'Query', nodes: Array<
    | { __typename?: 'Department', id: string }
    | { __typename?: 'Message', id: string }
    | { __typename?: 'OfflineMessage', nativeId?: string | null, text: string, id: string }
    | { __typename?: 'Provider', id: string }
    | { __typename?: 'Room', id: string }
   | null> };

export type LivechatChatsSendOfflineMutationVariables = Exact<{
  input: SendOfflineMessageInput;
}>;


export type LivechatChatsSendOfflineMutation = { __typename?: 'Mutation', sendOfflineMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SendOfflineMessagePayload', offlineMessage: { __typename?: 'OfflineMessage', delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState } } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type LivechatChatsEventsSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LivechatChatsEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', cursor: string }
    | { __typename: 'MessageAddedEvent', cursor: string, message: { __typename?: 'Message', nativeId: string, text: string, visibility: MessageVisibility, author?: { __typename?: 'Participant', nativeId: string, email?: string | null } | null } }
    | { __typename: 'MessageDeletedEvent', messageId: string, cursor: string }
    | { __typename: 'MessageUpdatedEvent', cursor: string }
    | { __typename: 'RoomUpdatedEvent', cursor: string }
   };

export type RocketchatAgentInboxQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RoomFilter>;
}>;


export type RocketchatAgentInboxQuery = { __typename?: 'Query', rooms: { __typename?: 'RoomConnection', nodes: Array<{ __typename?: 'Room', id: string, nativeId: string, status: RoomStatus, tags: Array<string>, createdAt?: string | null, closedAt?: string | null, lastActivityAt?: string | null, visitor?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole }>, department?: { __typename?: 'Department', id: string, name?: string | null, online?: boolean | null } | null, lastMessage?: { __typename?: 'Message', text: string, author?: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } | null } | null }>, pageInfo: { __typename?: 'PageInfo', endCursor?: string | null, hasNextPage: boolean } } };

export type RocketchatAgentRoomIdsQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RoomFilter>;
}>;


export type RocketchatAgentRoomIdsQuery = { __typename?: 'Query', rooms: { __typename?: 'RoomConnection', nodes: Array<{ __typename?: 'Room', nativeId: string }>, pageInfo: { __typename?: 'PageInfo', endCursor?: string | null, hasNextPage: boolean } } };

export type RocketchatAgentBoardsQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  last: Scalars['Int']['input'];
}>;


export type RocketchatAgentBoardsQuery = { __typename?: 'Query', rooms: { __typename?: 'RoomConnection', nodes: Array<{ __typename?: 'Room', messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', text: string }> } }> } };

export type RocketchatAgentRoomQueryVariables = Exact<{
  id: Scalars['String']['input'];
}>;


export type RocketchatAgentRoomQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', id: string, status: RoomStatus, visitor?: { __typename?: 'Participant', nativeId: string, name?: string | null } | null, agents: Array<{ __typename?: 'Participant', name?: string | null }>, department?: { __typename?: 'Department', name?: string | null } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }> } | null };

export type RocketchatAgentMessagesQueryVariables = Exact<{
  id: Scalars['String']['input'];
  last?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
}>;


export type RocketchatAgentMessagesQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', id: string, nativeId: string, kind: MessageKind, state: MessageState, text: string, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, editedBy?: { __typename?: 'Participant', name?: string | null } | null }>, pageInfo: { __typename?: 'PageInfo', startCursor?: string | null, endCursor?: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } } | null };

export type RocketchatAgentNodesQueryVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type RocketchatAgentNodesQuery = { __typename?: 'Query', nodes: Array<
    | { __typename?: 'Department', name?: string | null, id: string }
    | { __typename?: 'Message', text: string, id: string, author?: { __typename?: 'Participant', role: ParticipantRole } | null }
    | { __typename?: 'OfflineMessage', id: string }
    | { __typename?: 'Provider', id: string }
    | { __typename?: 'Room', status: RoomStatus, id: string }
   | null> };

export type RocketchatAgentHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type RocketchatAgentHealthQuery = { __typename?: 'Query', providers: Array<{ __typename?: 'Provider', capabilities: Array<Capability>, health: { __typename?: 'ProviderHealth', status: HealthStatus, reason?: string | null } }> };

export type RocketchatAgentDepartmentsQueryVariables = Exact<{ [key: string]: never; }>;


export type RocketchatAgentDepartmentsQuery = { __typename?: 'Query', providers: Array<{ __typename?: 'Provider', departments: Array<{ __typename?: 'Department', id: string, name?: string | null, online?: boolean | null }> }> };

export type RocketchatAgentSendMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type RocketchatAgentSendMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SendMessagePayload', message: { __typename?: 'Message', id: string, nativeId: string, text: string, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type RocketchatAgentUpdateMutationVariables = Exact<{
  input: UpdateMessageInput;
}>;


export type RocketchatAgentUpdateMutation = { __typename?: 'Mutation', updateMessage:
    | { __typename?: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename?: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename?: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename?: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename?: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename?: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename?: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename?: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename?: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename?: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename?: 'UnsupportedError', code: ErrorCode, detail: string }
    | { __typename?: 'UpdateMessagePayload', message: { __typename?: 'Message', id: string, text: string, state: MessageState, editedBy?: { __typename?: 'Participant', name?: string | null } | null, author?: { __typename?: 'Participant', role: ParticipantRole } | null } }
   };

export type RocketchatAgentDeleteMutationVariables = Exact<{
  input: DeleteMessageInput;
}>;


export type RocketchatAgentDeleteMutation = { __typename?: 'Mutation', deleteMessage:
    | { __typename?: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename?: 'DeleteMessagePayload', messageId: string, deletedAt?: string | null }
    | { __typename?: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename?: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename?: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename?: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename?: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename?: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename?: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename?: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename?: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename?: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type RocketchatAgentCloseMutationVariables = Exact<{
  input: CloseRoomInput;
}>;


export type RocketchatAgentCloseMutation = { __typename?: 'Mutation', closeRoom:
    | { __typename?: 'CloseRoomPayload', room: { __typename?: 'Room', id: string, status: RoomStatus, closedAt?: string | null } }
    | { __typename?: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename?: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename?: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename?: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename?: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename?: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename?: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename?: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename?: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename?: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename?: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type RocketchatAgentEventsSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type RocketchatAgentEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', room: { __typename?: 'Room', id: string } }
    | { __typename: 'MessageAddedEvent', message: { __typename?: 'Message', text: string, kind: MessageKind, author?: { __typename?: 'Participant', name?: string | null, role: ParticipantRole } | null }, room: { __typename?: 'Room', id: string } }
    | { __typename: 'MessageDeletedEvent', messageId: string, room: { __typename?: 'Room', id: string } }
    | { __typename: 'MessageUpdatedEvent', message: { __typename?: 'Message', text: string, state: MessageState }, room: { __typename?: 'Room', id: string } }
    | { __typename: 'RoomUpdatedEvent', room: { __typename?: 'Room', id: string } }
   };

export type RocketchatMessageFragment = { __typename?: 'Message', id: string, nativeId: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, editedBy?: { __typename?: 'Participant', nativeId: string, role: ParticipantRole } | null };

export type RocketchatRoomFragment = { __typename?: 'Room', id: string, nativeId: string, status: RoomStatus, tags: Array<string>, createdAt?: string | null, closedAt?: string | null, lastActivityAt?: string | null, visitor?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole }>, lastMessage?: { __typename?: 'Message', id: string, nativeId: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, editedBy?: { __typename?: 'Participant', nativeId: string, role: ParticipantRole } | null } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }> };

export type RocketchatSendMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type RocketchatSendMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, provider?: string | null, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SendMessagePayload', message: { __typename?: 'Message', id: string, nativeId: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, editedBy?: { __typename?: 'Participant', nativeId: string, role: ParticipantRole } | null } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type RocketchatUpdateMutationVariables = Exact<{
  input: UpdateMessageInput;
}>;


export type RocketchatUpdateMutation = { __typename?: 'Mutation', updateMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, provider?: string | null, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
    | { __typename: 'UpdateMessagePayload', message: { __typename?: 'Message', id: string, nativeId: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, editedBy?: { __typename?: 'Participant', nativeId: string, role: ParticipantRole } | null } }
   };

export type RocketchatDeleteMutationVariables = Exact<{
  input: DeleteMessageInput;
}>;


export type RocketchatDeleteMutation = { __typename?: 'Mutation', deleteMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'DeleteMessagePayload', messageId: string, deletedAt?: string | null }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, provider?: string | null, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type RocketchatCloseMutationVariables = Exact<{
  input: CloseRoomInput;
}>;


export type RocketchatCloseMutation = { __typename?: 'Mutation', closeRoom:
    | { __typename: 'CloseRoomPayload', room: { __typename?: 'Room', id: string, nativeId: string, status: RoomStatus, tags: Array<string>, createdAt?: string | null, closedAt?: string | null, lastActivityAt?: string | null, visitor?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole }>, lastMessage?: { __typename?: 'Message', id: string, nativeId: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, editedBy?: { __typename?: 'Participant', nativeId: string, role: ParticipantRole } | null } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }> } }
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, provider?: string | null, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type RocketchatStartMutationVariables = Exact<{
  input: StartRoomInput;
}>;


export type RocketchatStartMutation = { __typename?: 'Mutation', startRoom:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, provider?: string | null, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'StartRoomPayload', visitorToken: string, room: { __typename?: 'Room', id: string, nativeId: string, status: RoomStatus, tags: Array<string>, createdAt?: string | null, closedAt?: string | null, lastActivityAt?: string | null, department?: { __typename?: 'Department', id: string, name?: string | null } | null, visitor?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole }>, lastMessage?: { __typename?: 'Message', id: string, nativeId: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, editedBy?: { __typename?: 'Participant', nativeId: string, role: ParticipantRole } | null } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }> } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type RocketchatOfflineMutationVariables = Exact<{
  input: SendOfflineMessageInput;
}>;


export type RocketchatOfflineMutation = { __typename?: 'Mutation', sendOfflineMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string, provider?: string | null, retryAfterMs?: number | null }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SendOfflineMessagePayload', offlineMessage: { __typename?: 'OfflineMessage', nativeId?: string | null, name?: string | null, email?: string | null, text: string, rawText: string, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState, attempts: number, lastError?: string | null } } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type RocketchatRoomByIdQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RocketchatRoomByIdQuery = { __typename?: 'Query', room?: { __typename?: 'Room', id: string, nativeId: string, status: RoomStatus, tags: Array<string>, createdAt?: string | null, closedAt?: string | null, lastActivityAt?: string | null, visitor?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole }>, lastMessage?: { __typename?: 'Message', id: string, nativeId: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, editedBy?: { __typename?: 'Participant', nativeId: string, role: ParticipantRole } | null } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean, reason?: string | null }> } | null };

export type RocketchatRoomByNativeIdQueryVariables = Exact<{
  nativeId: Scalars['String']['input'];
}>;


export type RocketchatRoomByNativeIdQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', id: string, status: RoomStatus, messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', nativeId: string, text: string }> } } | null };

export type RocketchatHistoryQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  since?: InputMaybe<Scalars['DateTime']['input']>;
  until?: InputMaybe<Scalars['DateTime']['input']>;
}>;


export type RocketchatHistoryQuery = { __typename?: 'Query', room?: { __typename?: 'Room', messages: { __typename?: 'MessageConnection', edges: Array<{ __typename?: 'MessageEdge', cursor: string }>, nodes: Array<{ __typename?: 'Message', id: string, nativeId: string, kind: MessageKind, text: string, state: MessageState, visibility: MessageVisibility, createdAt: string, editedAt?: string | null, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, editedBy?: { __typename?: 'Participant', nativeId: string, role: ParticipantRole } | null }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } } | null };

export type RocketchatNodeQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RocketchatNodeQuery = { __typename?: 'Query', node?:
    | { __typename: 'Department', name?: string | null, online?: boolean | null, id: string }
    | { __typename: 'Message', text: string, state: MessageState, id: string }
    | { __typename: 'OfflineMessage', id: string }
    | { __typename: 'Provider', id: string }
    | { __typename: 'Room', status: RoomStatus, id: string }
   | null };

export type RocketchatNodesQueryVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type RocketchatNodesQuery = { __typename?: 'Query', nodes: Array<
    | { __typename: 'Department', id: string }
    | { __typename: 'Message', text: string, id: string }
    | { __typename: 'OfflineMessage', id: string }
    | { __typename: 'Provider', id: string }
    | { __typename: 'Room', id: string }
   | null> };

export type RocketchatDepartmentsQueryVariables = Exact<{
  provider: Scalars['ID']['input'];
}>;


export type RocketchatDepartmentsQuery = { __typename?: 'Query', node?:
    | { __typename?: 'Department' }
    | { __typename?: 'Message' }
    | { __typename?: 'OfflineMessage' }
    | { __typename?: 'Provider', name: string, departments: Array<{ __typename?: 'Department', id: string, nativeId: string, name?: string | null, online?: boolean | null }> }
    | { __typename?: 'Room' }
   | null };

export type RocketchatRoomStatusQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RocketchatRoomStatusQuery = { __typename?: 'Query', room?: { __typename?: 'Room', id: string, status: RoomStatus } | null };

export type RocketchatRoomAndDepartmentsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  provider: Scalars['ID']['input'];
}>;


export type RocketchatRoomAndDepartmentsQuery = { __typename?: 'Query', room?: { __typename?: 'Room', id: string, status: RoomStatus } | null, node?:
    | { __typename?: 'Department' }
    | { __typename?: 'Message' }
    | { __typename?: 'OfflineMessage' }
    | { __typename?: 'Provider', departments: Array<{ __typename?: 'Department', name?: string | null }> }
    | { __typename?: 'Room' }
   | null };

export type ProvidersSizedQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
}>;


export type ProvidersSizedQuery = { __typename?: 'Query', room?: { __typename?: 'Room', messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', id: string }> } } | null };

export type ProvidersByCursorQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
}>;


export type ProvidersByCursorQuery = { __typename?: 'Query', room?: { __typename?: 'Room', messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', text: string }>, pageInfo: { __typename?: 'PageInfo', endCursor?: string | null } } } | null };

export type ProvidersHostileQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ProvidersHostileQuery = { __typename?: 'Query', node?:
    | { __typename?: 'Department', id: string }
    | { __typename?: 'Message', id: string }
    | { __typename?: 'OfflineMessage', id: string }
    | { __typename?: 'Provider', id: string }
    | { __typename?: 'Room', id: string }
   | null };

export type ProvidersByNativeIdQueryVariables = Exact<{
  provider: Scalars['String']['input'];
  nativeId: Scalars['String']['input'];
}>;


export type ProvidersByNativeIdQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', id: string } | null };

export type ProvidersHappeningSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ProvidersHappeningSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent' }
    | { __typename: 'MessageAddedEvent', message: { __typename?: 'Message', text: string } }
    | { __typename: 'MessageDeletedEvent', messageId: string }
    | { __typename: 'MessageUpdatedEvent' }
    | { __typename: 'RoomUpdatedEvent' }
   };

export type ProvidersRefusalFragment = { __typename?: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null };

export type ProvidersStartRoomMutationVariables = Exact<{
  input: StartRoomInput;
}>;


export type ProvidersStartRoomMutation = { __typename?: 'Mutation', startRoom:
    | { __typename: 'ConflictError' }
    | { __typename: 'ForbiddenError' }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError' }
    | { __typename: 'OutcomeUnknownError' }
    | { __typename: 'ProviderError' }
    | { __typename: 'ProviderUnavailableError' }
    | { __typename: 'RateLimitedError' }
    | { __typename: 'RoomClosedError' }
    | { __typename: 'StartRoomPayload', visitorToken: string, room: { __typename?: 'Room', id: string, visitor?: { __typename?: 'Participant', name?: string | null } | null } }
    | { __typename: 'UnauthenticatedError' }
    | { __typename: 'UnsupportedError' }
   };

export type ProvidersCloseRoomMutationVariables = Exact<{
  input: CloseRoomInput;
}>;


export type ProvidersCloseRoomMutation = { __typename?: 'Mutation', closeRoom:
    | { __typename: 'CloseRoomPayload' }
    | { __typename: 'ConflictError' }
    | { __typename: 'ForbiddenError' }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError' }
    | { __typename: 'OutcomeUnknownError' }
    | { __typename: 'ProviderError' }
    | { __typename: 'ProviderUnavailableError' }
    | { __typename: 'RateLimitedError' }
    | { __typename: 'RoomClosedError' }
    | { __typename: 'UnauthenticatedError' }
    | { __typename: 'UnsupportedError' }
   };

export type ProvidersSendMessageMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type ProvidersSendMessageMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename: 'ConflictError' }
    | { __typename: 'ForbiddenError' }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError' }
    | { __typename: 'OutcomeUnknownError' }
    | { __typename: 'ProviderError' }
    | { __typename: 'ProviderUnavailableError' }
    | { __typename: 'RateLimitedError' }
    | { __typename: 'RoomClosedError' }
    | { __typename: 'SendMessagePayload', message: { __typename?: 'Message', id: string, text: string } }
    | { __typename: 'UnauthenticatedError' }
    | { __typename: 'UnsupportedError' }
   };

export type ProvidersUpdateMessageMutationVariables = Exact<{
  input: UpdateMessageInput;
}>;


export type ProvidersUpdateMessageMutation = { __typename?: 'Mutation', updateMessage:
    | { __typename: 'ConflictError' }
    | { __typename: 'ForbiddenError' }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError' }
    | { __typename: 'OutcomeUnknownError' }
    | { __typename: 'ProviderError' }
    | { __typename: 'ProviderUnavailableError' }
    | { __typename: 'RateLimitedError' }
    | { __typename: 'RoomClosedError' }
    | { __typename: 'UnauthenticatedError' }
    | { __typename: 'UnsupportedError' }
    | { __typename: 'UpdateMessagePayload', message: { __typename?: 'Message', text: string } }
   };

export type ProvidersSendOfflineMessageMutationVariables = Exact<{
  input: SendOfflineMessageInput;
}>;


export type ProvidersSendOfflineMessageMutation = { __typename?: 'Mutation', sendOfflineMessage:
    | { __typename: 'ConflictError' }
    | { __typename: 'ForbiddenError' }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError' }
    | { __typename: 'OutcomeUnknownError' }
    | { __typename: 'ProviderError' }
    | { __typename: 'ProviderUnavailableError' }
    | { __typename: 'RateLimitedError' }
    | { __typename: 'RoomClosedError' }
    | { __typename: 'SendOfflineMessagePayload', offlineMessage: { __typename?: 'OfflineMessage', name?: string | null, text: string, delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState } } }
    | { __typename: 'UnauthenticatedError' }
    | { __typename: 'UnsupportedError' }
   };

export type ProvidersEraseMutationVariables = Exact<{
  input: EraseOfflineMessagesInput;
}>;


export type ProvidersEraseMutation = { __typename?: 'Mutation', eraseOfflineMessages:
    | { __typename: 'ConflictError' }
    | { __typename: 'EraseOfflineMessagesPayload' }
    | { __typename: 'ForbiddenError' }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string, field?: string | null }
    | { __typename: 'NotFoundError' }
    | { __typename: 'OutcomeUnknownError' }
    | { __typename: 'ProviderError' }
    | { __typename: 'ProviderUnavailableError' }
    | { __typename: 'RateLimitedError' }
    | { __typename: 'RoomClosedError' }
    | { __typename: 'UnauthenticatedError' }
    | { __typename: 'UnsupportedError' }
   };

export type ProvidersSearchQueryVariables = Exact<{
  text?: InputMaybe<Scalars['String']['input']>;
}>;


export type ProvidersSearchQuery = { __typename?: 'Query', offlineMessages: { __typename?: 'OfflineMessageConnection', nodes: Array<{ __typename?: 'OfflineMessage', id: string }> } };

export type IsolationPageQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  since?: InputMaybe<Scalars['DateTime']['input']>;
  until?: InputMaybe<Scalars['DateTime']['input']>;
}>;


export type IsolationPageQuery = { __typename?: 'Query', room?: { __typename?: 'Room', id: string, nativeId: string, status: RoomStatus, createdAt?: string | null, closedAt?: string | null, lastActivityAt?: string | null, tags: Array<string>, agents: Array<{ __typename?: 'Participant', name?: string | null }>, lastMessage?: { __typename?: 'Message', id: string, text: string, visibility: MessageVisibility } | null, messages: { __typename?: 'MessageConnection', edges: Array<{ __typename?: 'MessageEdge', cursor: string, node: { __typename?: 'Message', id: string, nativeId: string, text: string, visibility: MessageVisibility, createdAt: string } }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, hasPreviousPage: boolean, startCursor?: string | null, endCursor?: string | null } } } | null };

export type IsolationOneQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type IsolationOneQuery = { __typename?: 'Query', node?:
    | { __typename?: 'Department', id: string }
    | { __typename?: 'Message', text: string, id: string }
    | { __typename?: 'OfflineMessage', id: string }
    | { __typename?: 'Provider', id: string }
    | { __typename?: 'Room', id: string }
   | null };

export type IsolationManyQueryVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type IsolationManyQuery = { __typename?: 'Query', nodes: Array<
    | { __typename?: 'Department', id: string }
    | { __typename?: 'Message', text: string, id: string }
    | { __typename?: 'OfflineMessage', id: string }
    | { __typename?: 'Provider', id: string }
    | { __typename?: 'Room', id: string }
   | null> };

export type IsolationRemoveMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type IsolationRemoveMutation = { __typename?: 'Mutation', deleteMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'DeleteMessagePayload' }
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

export type IsolationEventsSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type IsolationEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', cursor: string, room: { __typename?: 'Room', lastActivityAt?: string | null, lastMessage?: { __typename?: 'Message', text: string } | null } }
    | { __typename: 'MessageAddedEvent', cursor: string, message: { __typename?: 'Message', text: string }, room: { __typename?: 'Room', lastActivityAt?: string | null, lastMessage?: { __typename?: 'Message', text: string } | null } }
    | { __typename: 'MessageDeletedEvent', messageId: string, cursor: string, room: { __typename?: 'Room', lastActivityAt?: string | null, lastMessage?: { __typename?: 'Message', text: string } | null } }
    | { __typename: 'MessageUpdatedEvent', cursor: string, message: { __typename?: 'Message', text: string }, room: { __typename?: 'Room', lastActivityAt?: string | null, lastMessage?: { __typename?: 'Message', text: string } | null } }
    | { __typename: 'RoomUpdatedEvent', cursor: string, room: { __typename?: 'Room', lastActivityAt?: string | null, lastMessage?: { __typename?: 'Message', text: string } | null } }
   };

export type IsolationAddedSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type IsolationAddedSubscription = { __typename?: 'Subscription', messageAdded: { __typename?: 'Message', text: string, visibility: MessageVisibility } };

export type ConversationRoomQueryVariables = Exact<{
  id: Scalars['String']['input'];
}>;


export type ConversationRoomQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', id: string, status: RoomStatus, messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', id: string, text: string }>, pageInfo: { __typename?: 'PageInfo', endCursor?: string | null } } } | null };

export type ConversationSendMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type ConversationSendMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename?: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename?: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename?: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename?: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename?: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename?: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename?: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename?: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename?: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename?: 'SendMessagePayload', message: { __typename?: 'Message', id: string, text: string } }
    | { __typename?: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename?: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type ConversationEventsSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type ConversationEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', cursor: string }
    | { __typename: 'MessageAddedEvent', cursor: string, message: { __typename?: 'Message', text: string } }
    | { __typename: 'MessageDeletedEvent', cursor: string }
    | { __typename: 'MessageUpdatedEvent', cursor: string }
    | { __typename: 'RoomUpdatedEvent', cursor: string }
   };

export type ServerViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ServerViewerQuery = { __typename?: 'Query', viewer: { __typename?: 'Viewer', role: ViewerRole, name?: string | null } };

export type ServerRoomQueryVariables = Exact<{
  id: Scalars['String']['input'];
}>;


export type ServerRoomQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', id: string, status: RoomStatus } | null };

export type ServerSendMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type ServerSendMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename: 'ConflictError', code: ErrorCode }
    | { __typename: 'ForbiddenError', code: ErrorCode }
    | { __typename: 'InvalidInputError', code: ErrorCode }
    | { __typename: 'NotFoundError', code: ErrorCode }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode }
    | { __typename: 'ProviderError', code: ErrorCode }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode }
    | { __typename: 'RateLimitedError', code: ErrorCode }
    | { __typename: 'RoomClosedError', code: ErrorCode }
    | { __typename: 'SendMessagePayload', message: { __typename?: 'Message', text: string } }
    | { __typename: 'UnauthenticatedError', code: ErrorCode }
    | { __typename: 'UnsupportedError', code: ErrorCode }
   };

export type ServerAddedSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ServerAddedSubscription = { __typename?: 'Subscription', messageAdded: { __typename?: 'Message', text: string } };

export type ServerRoomsQueryVariables = Exact<{
  filter?: InputMaybe<RoomFilter>;
}>;


export type ServerRoomsQuery = { __typename?: 'Query', rooms: { __typename?: 'RoomConnection', nodes: Array<{ __typename?: 'Room', id: string }> } };

export type FanoutEventsSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type FanoutEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', reason: GapReason, from?: string | null, to?: string | null, cursor: string }
    | { __typename: 'MessageAddedEvent', cursor: string, message: { __typename?: 'Message', nativeId: string, text: string } }
    | { __typename: 'MessageDeletedEvent', cursor: string }
    | { __typename: 'MessageUpdatedEvent', cursor: string }
    | { __typename: 'RoomUpdatedEvent', cursor: string }
   };

export type FanoutMessagesSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type FanoutMessagesSubscription = { __typename?: 'Subscription', messageAdded: { __typename?: 'Message', nativeId: string, text: string } };

export type FanoutStatusesSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type FanoutStatusesSubscription = { __typename?: 'Subscription', messageAdded: { __typename?: 'Message', text: string, room: { __typename?: 'Room', status: RoomStatus } } };

export type FanoutNotesSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type FanoutNotesSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent' }
    | { __typename: 'MessageAddedEvent', message: { __typename?: 'Message', text: string, visibility: MessageVisibility } }
    | { __typename: 'MessageDeletedEvent', messageId: string }
    | { __typename: 'MessageUpdatedEvent', message: { __typename?: 'Message', text: string } }
    | { __typename: 'RoomUpdatedEvent' }
   };

export type WebhooksEventsSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type WebhooksEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent' }
    | { __typename: 'MessageAddedEvent', message: { __typename?: 'Message', text: string } }
    | { __typename: 'MessageDeletedEvent' }
    | { __typename: 'MessageUpdatedEvent', message: { __typename?: 'Message', text: string } }
    | { __typename: 'RoomUpdatedEvent', room: { __typename?: 'Room', status: RoomStatus } }
   };

export type HistoryPageQueryVariables = Exact<{
  provider: Scalars['String']['input'];
  room: Scalars['String']['input'];
  last: Scalars['Int']['input'];
}>;


export type HistoryPageQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', id: string, status: RoomStatus, tags: Array<string>, agents: Array<{ __typename?: 'Participant', nativeId: string }>, messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', nativeId: string, text: string, kind: MessageKind, state: MessageState, visibility: MessageVisibility }>, pageInfo: { __typename?: 'PageInfo', endCursor?: string | null } } } | null };

export type HistoryEventsSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type HistoryEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', reason: GapReason, from?: string | null, to?: string | null, cursor: string, room: { __typename?: 'Room', id: string } }
    | { __typename: 'MessageAddedEvent', cursor: string, message: { __typename?: 'Message', id: string, nativeId: string, text: string, kind: MessageKind, visibility: MessageVisibility }, room: { __typename?: 'Room', id: string } }
    | { __typename: 'MessageDeletedEvent', messageId: string, cursor: string, room: { __typename?: 'Room', id: string } }
    | { __typename: 'MessageUpdatedEvent', cursor: string, message: { __typename?: 'Message', id: string, nativeId: string, text: string, kind: MessageKind, visibility: MessageVisibility }, room: { __typename?: 'Room', id: string } }
    | { __typename: 'RoomUpdatedEvent', cursor: string, room: { __typename?: 'Room', id: string, status: RoomStatus, tags: Array<string>, agents: Array<{ __typename?: 'Participant', nativeId: string }> } }
   };

export type HistoryMessagesSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type HistoryMessagesSubscription = { __typename?: 'Subscription', messageAdded: { __typename?: 'Message', id: string, nativeId: string, text: string, kind: MessageKind, visibility: MessageVisibility } };

export type HistorySendMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  text: Scalars['String']['input'];
}>;


export type HistorySendMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename: 'ConflictError' }
    | { __typename: 'ForbiddenError' }
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'OutcomeUnknownError' }
    | { __typename: 'ProviderError' }
    | { __typename: 'ProviderUnavailableError' }
    | { __typename: 'RateLimitedError' }
    | { __typename: 'RoomClosedError' }
    | { __typename: 'SendMessagePayload' }
    | { __typename: 'UnauthenticatedError' }
    | { __typename: 'UnsupportedError' }
   };

export type HistoryActivitySubscriptionVariables = Exact<{ [key: string]: never; }>;


export type HistoryActivitySubscription = { __typename?: 'Subscription', roomActivity: { __typename?: 'Room', id: string } };

export type HistoryOfflineAddedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type HistoryOfflineAddedSubscription = { __typename?: 'Subscription', offlineMessageAdded: { __typename?: 'OfflineMessage', text: string } };

export type HistoryLeaveOfflineMutationVariables = Exact<{
  provider: Scalars['String']['input'];
  text: Scalars['String']['input'];
}>;


export type HistoryLeaveOfflineMutation = { __typename?: 'Mutation', sendOfflineMessage:
    | { __typename: 'ConflictError' }
    | { __typename: 'ForbiddenError' }
    | { __typename: 'InvalidInputError' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'OutcomeUnknownError' }
    | { __typename: 'ProviderError' }
    | { __typename: 'ProviderUnavailableError' }
    | { __typename: 'RateLimitedError' }
    | { __typename: 'RoomClosedError' }
    | { __typename: 'SendOfflineMessagePayload' }
    | { __typename: 'UnauthenticatedError' }
    | { __typename: 'UnsupportedError' }
   };

export type BudgetAddedSubscriptionVariables = Exact<{
  room: Scalars['ID']['input'];
}>;


export type BudgetAddedSubscription = { __typename?: 'Subscription', messageAdded: { __typename?: 'Message', text: string } };

export type BudgetPageQueryVariables = Exact<{
  rid: Scalars['String']['input'];
}>;


export type BudgetPageQuery = { __typename?: 'Query', roomByNativeId?: { __typename?: 'Room', messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', text: string }> } } | null };

export type BudgetSendMutationVariables = Exact<{
  room: Scalars['ID']['input'];
  text: Scalars['String']['input'];
}>;


export type BudgetSendMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename: 'ConflictError', code: ErrorCode, detail: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, detail: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, detail: string }
    | { __typename: 'NotFoundError', code: ErrorCode, detail: string }
    | { __typename: 'OutcomeUnknownError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderError', code: ErrorCode, detail: string }
    | { __typename: 'ProviderUnavailableError', code: ErrorCode, detail: string }
    | { __typename: 'RateLimitedError', code: ErrorCode, detail: string }
    | { __typename: 'RoomClosedError', code: ErrorCode, detail: string }
    | { __typename: 'SendMessagePayload' }
    | { __typename: 'UnauthenticatedError', code: ErrorCode, detail: string }
    | { __typename: 'UnsupportedError', code: ErrorCode, detail: string }
   };

export type BudgetLiveQueryVariables = Exact<{ [key: string]: never; }>;


export type BudgetLiveQuery = { __typename?: 'Query', providers: Array<{ __typename?: 'Provider', name: string, live: { __typename?: 'Live', source: LiveSource, latencyMs?: number | null, lagMs?: number | null } }> };

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
export const RocketchatMessageFragmentDoc = new TypedDocumentString(`
    fragment RocketchatMessage on Message {
  id
  nativeId
  kind
  text
  state
  visibility
  createdAt
  editedAt
  author {
    nativeId
    name
    role
  }
  editedBy {
    nativeId
    role
  }
}
    `, {"fragmentName":"RocketchatMessage"}) as unknown as TypedDocumentString<RocketchatMessageFragment, unknown>;
export const RocketchatRoomFragmentDoc = new TypedDocumentString(`
    fragment RocketchatRoom on Room {
  id
  nativeId
  status
  visitor {
    nativeId
    name
    role
  }
  agents {
    nativeId
    name
    role
  }
  tags
  createdAt
  closedAt
  lastActivityAt
  lastMessage {
    ...RocketchatMessage
  }
  capabilities {
    capability
    allowed
    reason
  }
}
    fragment RocketchatMessage on Message {
  id
  nativeId
  kind
  text
  state
  visibility
  createdAt
  editedAt
  author {
    nativeId
    name
    role
  }
  editedBy {
    nativeId
    role
  }
}`, {"fragmentName":"RocketchatRoom"}) as unknown as TypedDocumentString<RocketchatRoomFragment, unknown>;
export const ProvidersRefusalFragmentDoc = new TypedDocumentString(`
    fragment ProvidersRefusal on InvalidInputError {
  code
  detail
  field
}
    `, {"fragmentName":"ProvidersRefusal"}) as unknown as TypedDocumentString<ProvidersRefusalFragment, unknown>;
export const IdempotencySendDocument = new TypedDocumentString(`
    mutation IdempotencySend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload {
      message {
        id
        text
      }
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<IdempotencySendMutation, IdempotencySendMutationVariables>;
export const IdempotencyStartDocument = new TypedDocumentString(`
    mutation IdempotencyStart($input: StartRoomInput!) {
  startRoom(input: $input) {
    __typename
    ... on StartRoomPayload {
      visitorToken
      room {
        id
        nativeId
      }
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<IdempotencyStartMutation, IdempotencyStartMutationVariables>;
export const IdempotencyRoomDocument = new TypedDocumentString(`
    query IdempotencyRoom($provider: String!, $id: String!) {
  roomByNativeId(provider: $provider, nativeId: $id) {
    id
    messages {
      nodes {
        text
      }
    }
  }
}
    `) as unknown as TypedDocumentString<IdempotencyRoomQuery, IdempotencyRoomQueryVariables>;
export const DurabilitySendDocument = new TypedDocumentString(`
    mutation DurabilitySend($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename
    ... on SendOfflineMessagePayload {
      offlineMessage {
        id
        delivery {
          state
          attempts
        }
      }
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<DurabilitySendMutation, DurabilitySendMutationVariables>;
export const DurabilityListDocument = new TypedDocumentString(`
    query DurabilityList {
  offlineMessages {
    nodes {
      id
      text
      delivery {
        state
        attempts
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DurabilityListQuery, DurabilityListQueryVariables>;
export const DurabilityRetryDocument = new TypedDocumentString(`
    mutation DurabilityRetry($input: RetryOfflineMessageInput!) {
  retryOfflineMessage(input: $input) {
    __typename
    ... on RetryOfflineMessagePayload {
      offlineMessage {
        delivery {
          state
          attempts
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DurabilityRetryMutation, DurabilityRetryMutationVariables>;
export const ClientsRoomIdDocument = new TypedDocumentString(`
    query ClientsRoomId($nativeId: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $nativeId) {
    id
  }
}
    `) as unknown as TypedDocumentString<ClientsRoomIdQuery, ClientsRoomIdQueryVariables>;
export const ClientsEventsDocument = new TypedDocumentString(`
    subscription ClientsEvents($roomId: ID!) {
  roomEvents(roomId: $roomId) {
    cursor
  }
}
    `) as unknown as TypedDocumentString<ClientsEventsSubscription, ClientsEventsSubscriptionVariables>;
export const LiveSourcesEventsDocument = new TypedDocumentString(`
    subscription LiveSourcesEvents($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    cursor
    ... on MessageAddedEvent {
      message {
        nativeId
        text
        kind
      }
    }
    ... on MessageUpdatedEvent {
      message {
        nativeId
        text
      }
    }
    ... on MessageDeletedEvent {
      messageId
    }
    ... on GapEvent {
      reason
      from
      to
    }
  }
}
    `) as unknown as TypedDocumentString<LiveSourcesEventsSubscription, LiveSourcesEventsSubscriptionVariables>;
export const LiveSourcesActivityDocument = new TypedDocumentString(`
    subscription LiveSourcesActivity($providers: [String!]) {
  roomActivity(providers: $providers) {
    nativeId
    status
    provider {
      name
    }
    visitor {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<LiveSourcesActivitySubscription, LiveSourcesActivitySubscriptionVariables>;
export const LiveSourcesSourcesDocument = new TypedDocumentString(`
    query LiveSourcesSources($provider: String!, $nativeId: String!) {
  providers {
    name
    live {
      source
      latencyMs
      lagMs
    }
  }
  roomByNativeId(provider: $provider, nativeId: $nativeId) {
    live {
      source
      latencyMs
      lagMs
    }
  }
}
    `) as unknown as TypedDocumentString<LiveSourcesSourcesQuery, LiveSourcesSourcesQueryVariables>;
export const LiveSourcesEndDocument = new TypedDocumentString(`
    query LiveSourcesEnd($provider: String!, $nativeId: String!) {
  roomByNativeId(provider: $provider, nativeId: $nativeId) {
    messages(last: 50) {
      nodes {
        nativeId
      }
      pageInfo {
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LiveSourcesEndQuery, LiveSourcesEndQueryVariables>;
export const LiveSourcesSendDocument = new TypedDocumentString(`
    mutation LiveSourcesSend($room: ID!, $text: String!) {
  sendMessage(input: {roomId: $room, text: $text}) {
    __typename
  }
}
    `) as unknown as TypedDocumentString<LiveSourcesSendMutation, LiveSourcesSendMutationVariables>;
export const LiveSourcesRoomStatesDocument = new TypedDocumentString(`
    subscription LiveSourcesRoomStates($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    cursor
    ... on MessageAddedEvent {
      message {
        kind
      }
    }
    ... on RoomUpdatedEvent {
      room {
        status
        tags
        agents {
          nativeId
        }
      }
    }
    ... on GapEvent {
      reason
      from
      to
    }
  }
}
    `) as unknown as TypedDocumentString<LiveSourcesRoomStatesSubscription, LiveSourcesRoomStatesSubscriptionVariables>;
export const LiveSourcesStatusOfAllDocument = new TypedDocumentString(`
    subscription LiveSourcesStatusOfAll($room: ID!) {
  roomEvents(roomId: $room) {
    __typename
    room {
      status
    }
  }
}
    `) as unknown as TypedDocumentString<LiveSourcesStatusOfAllSubscription, LiveSourcesStatusOfAllSubscriptionVariables>;
export const LiveSourcesCloseDocument = new TypedDocumentString(`
    mutation LiveSourcesClose($room: ID!) {
  closeRoom(input: {roomId: $room}) {
    __typename
  }
}
    `) as unknown as TypedDocumentString<LiveSourcesCloseMutation, LiveSourcesCloseMutationVariables>;
export const LiveSourcesStatePageDocument = new TypedDocumentString(`
    query LiveSourcesStatePage($provider: String!, $nativeId: String!) {
  roomByNativeId(provider: $provider, nativeId: $nativeId) {
    status
    messages(last: 50) {
      nodes {
        kind
      }
      pageInfo {
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LiveSourcesStatePageQuery, LiveSourcesStatePageQueryVariables>;
export const LivePageDocument = new TypedDocumentString(`
    query LivePage($rid: String!, $first: Int, $after: String, $last: Int) {
  roomByNativeId(provider: "rocketchat", nativeId: $rid) {
    id
    messages(first: $first, after: $after, last: $last) {
      edges {
        cursor
      }
      nodes {
        nativeId
      }
      pageInfo {
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LivePageQuery, LivePageQueryVariables>;
export const LiveEventsDocument = new TypedDocumentString(`
    subscription LiveEvents($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    cursor
    ... on MessageAddedEvent {
      message {
        nativeId
        text
        kind
      }
    }
    ... on MessageUpdatedEvent {
      message {
        nativeId
        text
      }
    }
    ... on MessageDeletedEvent {
      messageId
    }
    ... on GapEvent {
      reason
      from
      to
    }
  }
}
    `) as unknown as TypedDocumentString<LiveEventsSubscription, LiveEventsSubscriptionVariables>;
export const LiveMessagesDocument = new TypedDocumentString(`
    subscription LiveMessages($room: ID!, $after: String) {
  messageAdded(roomId: $room, after: $after) {
    nativeId
    text
    kind
  }
}
    `) as unknown as TypedDocumentString<LiveMessagesSubscription, LiveMessagesSubscriptionVariables>;
export const LiveStatusesDocument = new TypedDocumentString(`
    subscription LiveStatuses($room: ID!) {
  roomEvents(roomId: $room) {
    __typename
    room {
      status
    }
  }
}
    `) as unknown as TypedDocumentString<LiveStatusesSubscription, LiveStatusesSubscriptionVariables>;
export const LiveSendDocument = new TypedDocumentString(`
    mutation LiveSend($room: ID!, $text: String!) {
  sendMessage(input: {roomId: $room, text: $text}) {
    ... on SendMessagePayload {
      message {
        nativeId
      }
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<LiveSendMutation, LiveSendMutationVariables>;
export const OfflineSendDocument = new TypedDocumentString(`
    mutation OfflineSend($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename
    ... on SendOfflineMessagePayload {
      offlineMessage {
        id
        text
        delivery {
          state
          attempts
          lastError
          nextAttemptAt
        }
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      provider
      retryAfterMs
    }
    ... on ProviderError {
      provider
    }
    ... on OutcomeUnknownError {
      provider
    }
  }
}
    `) as unknown as TypedDocumentString<OfflineSendMutation, OfflineSendMutationVariables>;
export const OfflineListPageDocument = new TypedDocumentString(`
    query OfflineListPage($first: Int, $after: String, $filter: OfflineMessageFilter) {
  offlineMessages(first: $first, after: $after, filter: $filter) {
    nodes {
      id
      nativeId
      name
      email
      text
      rawText
      receivedAt
      receivedOn
      provider {
        name
      }
      delivery {
        state
        attempts
        lastError
        nextAttemptAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<OfflineListPageQuery, OfflineListPageQueryVariables>;
export const OfflineListDepartmentsDocument = new TypedDocumentString(`
    query OfflineListDepartments($filter: OfflineMessageFilter) {
  offlineMessages(filter: $filter) {
    nodes {
      text
      department {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OfflineListDepartmentsQuery, OfflineListDepartmentsQueryVariables>;
export const OfflineListCountDocument = new TypedDocumentString(`
    query OfflineListCount($filter: OfflineMessageFilter) {
  offlineMessages(filter: $filter) {
    totalCount
    nodes {
      text
    }
  }
}
    `) as unknown as TypedDocumentString<OfflineListCountQuery, OfflineListCountQueryVariables>;
export const OfflineListNodeDocument = new TypedDocumentString(`
    query OfflineListNode($id: ID!) {
  node(id: $id) {
    id
    ... on OfflineMessage {
      text
      delivery {
        state
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OfflineListNodeQuery, OfflineListNodeQueryVariables>;
export const OfflineListProvidersDocument = new TypedDocumentString(`
    query OfflineListProviders {
  providers {
    name
    capabilities
    departments {
      id
      nativeId
      name
      online
    }
  }
}
    `) as unknown as TypedDocumentString<OfflineListProvidersQuery, OfflineListProvidersQueryVariables>;
export const OfflineListSendDocument = new TypedDocumentString(`
    mutation OfflineListSend($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename
    ... on SendOfflineMessagePayload {
      offlineMessage {
        id
        text
        receivedOn
        delivery {
          state
          attempts
          lastError
        }
      }
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<OfflineListSendMutation, OfflineListSendMutationVariables>;
export const OfflineListRetryDocument = new TypedDocumentString(`
    mutation OfflineListRetry($input: RetryOfflineMessageInput!) {
  retryOfflineMessage(input: $input) {
    __typename
    ... on RetryOfflineMessagePayload {
      offlineMessage {
        id
        delivery {
          state
          attempts
          lastError
        }
      }
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<OfflineListRetryMutation, OfflineListRetryMutationVariables>;
export const OfflineListDiscardDocument = new TypedDocumentString(`
    mutation OfflineListDiscard($input: DiscardOfflineMessageInput!) {
  discardOfflineMessage(input: $input) {
    __typename
    ... on DiscardOfflineMessagePayload {
      offlineMessage {
        id
        delivery {
          state
        }
      }
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<OfflineListDiscardMutation, OfflineListDiscardMutationVariables>;
export const OfflineListEraseDocument = new TypedDocumentString(`
    mutation OfflineListErase($input: EraseOfflineMessagesInput!) {
  eraseOfflineMessages(input: $input) {
    __typename
    ... on EraseOfflineMessagesPayload {
      count
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<OfflineListEraseMutation, OfflineListEraseMutationVariables>;
export const OfflineListAddedDocument = new TypedDocumentString(`
    subscription OfflineListAdded($providers: [String!]) {
  offlineMessageAdded(providers: $providers) {
    id
    text
    provider {
      name
    }
    delivery {
      state
    }
  }
}
    `) as unknown as TypedDocumentString<OfflineListAddedSubscription, OfflineListAddedSubscriptionVariables>;
export const ProcessEventsDocument = new TypedDocumentString(`
    subscription ProcessEvents($id: ID!) {
  roomEvents(roomId: $id) {
    __typename
    ... on MessageAddedEvent {
      message {
        text
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ProcessEventsSubscription, ProcessEventsSubscriptionVariables>;
export const ProcessSayDocument = new TypedDocumentString(`
    mutation ProcessSay($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on UserError {
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ProcessSayMutation, ProcessSayMutationVariables>;
export const ProcessRoomDocument = new TypedDocumentString(`
    query ProcessRoom($id: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $id) {
    id
    messages(last: 2) {
      nodes {
        text
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ProcessRoomQuery, ProcessRoomQueryVariables>;
export const ProcessInboxDocument = new TypedDocumentString(`
    query ProcessInbox {
  offlineMessages(first: 2) {
    nodes {
      id
      text
    }
  }
}
    `) as unknown as TypedDocumentString<ProcessInboxQuery, ProcessInboxQueryVariables>;
export const ProcessLeaveDocument = new TypedDocumentString(`
    mutation ProcessLeave($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename
    ... on UserError {
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ProcessLeaveMutation, ProcessLeaveMutationVariables>;
export const ProcessMergedRoomsDocument = new TypedDocumentString(`
    query ProcessMergedRooms {
  rooms(first: 20) {
    nodes {
      nativeId
      provider {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ProcessMergedRoomsQuery, ProcessMergedRoomsQueryVariables>;
export const ProcessAccountsDocument = new TypedDocumentString(`
    query ProcessAccounts {
  providers {
    name
    kind
    health {
      status
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<ProcessAccountsQuery, ProcessAccountsQueryVariables>;
export const ProcessAnyNodeDocument = new TypedDocumentString(`
    query ProcessAnyNode($id: ID!) {
  node(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<ProcessAnyNodeQuery, ProcessAnyNodeQueryVariables>;
export const LivechatOfflineListDocument = new TypedDocumentString(`
    query LivechatOfflineList($first: Int, $after: String, $filter: OfflineMessageFilter) {
  offlineMessages(first: $first, after: $after, filter: $filter) {
    edges {
      cursor
      node {
        id
        nativeId
        receivedOn
        provider {
          name
        }
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatOfflineListQuery, LivechatOfflineListQueryVariables>;
export const LivechatOfflineCountDocument = new TypedDocumentString(`
    query LivechatOfflineCount($first: Int, $filter: OfflineMessageFilter) {
  offlineMessages(first: $first, filter: $filter) {
    totalCount
    nodes {
      nativeId
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatOfflineCountQuery, LivechatOfflineCountQueryVariables>;
export const LivechatOfflineDetailsDocument = new TypedDocumentString(`
    query LivechatOfflineDetails($first: Int, $filter: OfflineMessageFilter) {
  offlineMessages(first: $first, filter: $filter) {
    nodes {
      id
      nativeId
      name
      email
      text
      rawText
      receivedAt
      receivedOn
      department {
        id
        nativeId
        name
        online
      }
      delivery {
        state
        attempts
        lastError
        nextAttemptAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatOfflineDetailsQuery, LivechatOfflineDetailsQueryVariables>;
export const LivechatOfflineListBesideDocument = new TypedDocumentString(`
    query LivechatOfflineListBeside($first: Int, $after: String) {
  viewer {
    role
    name
  }
  providers {
    name
    kind
  }
  offlineMessages(first: $first, after: $after) {
    nodes {
      nativeId
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatOfflineListBesideQuery, LivechatOfflineListBesideQueryVariables>;
export const LivechatOfflineTwiceDocument = new TypedDocumentString(`
    query LivechatOfflineTwice {
  one: offlineMessages(first: 5) {
    nodes {
      nativeId
    }
  }
  other: offlineMessages(first: 5) {
    nodes {
      nativeId
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatOfflineTwiceQuery, LivechatOfflineTwiceQueryVariables>;
export const LivechatHealthDocument = new TypedDocumentString(`
    query LivechatHealth {
  providers {
    name
    health {
      status
      reason
      checkedAt
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatHealthQuery, LivechatHealthQueryVariables>;
export const LivechatOfflineNodeDocument = new TypedDocumentString(`
    query LivechatOfflineNode($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on OfflineMessage {
      nativeId
      name
      email
      text
      rawText
      receivedAt
      receivedOn
      provider {
        name
      }
      department {
        nativeId
      }
      delivery {
        state
        attempts
        lastError
        nextAttemptAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatOfflineNodeQuery, LivechatOfflineNodeQueryVariables>;
export const LivechatOfflineNodesDocument = new TypedDocumentString(`
    query LivechatOfflineNodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on OfflineMessage {
      nativeId
      text
      rawText
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatOfflineNodesQuery, LivechatOfflineNodesQueryVariables>;
export const LivechatSendOfflineDocument = new TypedDocumentString(`
    mutation LivechatSendOffline($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename
    ... on UserError {
      code
      detail
    }
    ... on UnsupportedError {
      provider
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatSendOfflineMutation, LivechatSendOfflineMutationVariables>;
export const LivechatChatsRoomListDocument = new TypedDocumentString(`
    query LivechatChatsRoomList($first: Int, $after: String, $filter: RoomFilter) {
  rooms(first: $first, after: $after, filter: $filter) {
    edges {
      cursor
      node {
        nativeId
        lastActivityAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsRoomListQuery, LivechatChatsRoomListQueryVariables>;
export const LivechatChatsDashboardDocument = new TypedDocumentString(`
    query LivechatChatsDashboard($first: Int, $filter: RoomFilter) {
  rooms(first: $first, filter: $filter) {
    nodes {
      id
      nativeId
      status
      createdAt
      closedAt
      lastActivityAt
      tags
      visitor {
        nativeId
        name
        email
        avatarUrl
        role
      }
      agents {
        nativeId
        name
        email
        role
      }
      department {
        nativeId
        name
        online
      }
      lastMessage {
        nativeId
        text
        kind
        visibility
        author {
          name
          role
        }
      }
      capabilities {
        capability
        allowed
        reason
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsDashboardQuery, LivechatChatsDashboardQueryVariables>;
export const LivechatChatsRoomsWithMessagesDocument = new TypedDocumentString(`
    query LivechatChatsRoomsWithMessages($rooms: Int, $messages: Int) {
  rooms(first: $rooms) {
    nodes {
      nativeId
      messages(last: $messages) {
        nodes {
          text
          author {
            name
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsRoomsWithMessagesQuery, LivechatChatsRoomsWithMessagesQueryVariables>;
export const LivechatChatsRoomDocument = new TypedDocumentString(`
    query LivechatChatsRoom($id: String!) {
  roomByNativeId(provider: "livechat", nativeId: $id) {
    id
    nativeId
    status
    createdAt
    closedAt
    lastActivityAt
    tags
    visitor {
      nativeId
      name
      email
      role
    }
    agents {
      nativeId
      name
      email
      role
    }
    department {
      nativeId
      name
      online
    }
    lastMessage {
      nativeId
      text
      visibility
    }
    capabilities {
      capability
      allowed
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsRoomQuery, LivechatChatsRoomQueryVariables>;
export const LivechatChatsMessagesDocument = new TypedDocumentString(`
    query LivechatChatsMessages($id: String!, $first: Int, $after: String, $last: Int, $before: String, $since: DateTime, $until: DateTime) {
  roomByNativeId(provider: "livechat", nativeId: $id) {
    messages(
      first: $first
      after: $after
      last: $last
      before: $before
      since: $since
      until: $until
    ) {
      edges {
        cursor
        node {
          nativeId
          createdAt
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsMessagesQuery, LivechatChatsMessagesQueryVariables>;
export const LivechatChatsWholeMessagesDocument = new TypedDocumentString(`
    query LivechatChatsWholeMessages($id: String!, $last: Int) {
  roomByNativeId(provider: "livechat", nativeId: $id) {
    id
    messages(last: $last) {
      nodes {
        id
        nativeId
        kind
        text
        visibility
        state
        createdAt
        editedAt
        author {
          nativeId
          name
          email
          avatarUrl
          role
        }
        attachments {
          url
          name
          contentType
          size
        }
        room {
          nativeId
        }
      }
      pageInfo {
        hasPreviousPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsWholeMessagesQuery, LivechatChatsWholeMessagesQueryVariables>;
export const LivechatChatsMessageNodesDocument = new TypedDocumentString(`
    query LivechatChatsMessageNodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on Message {
      nativeId
      text
      author {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsMessageNodesQuery, LivechatChatsMessageNodesQueryVariables>;
export const LivechatChatsRoomNodesDocument = new TypedDocumentString(`
    query LivechatChatsRoomNodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on Room {
      nativeId
      status
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsRoomNodesQuery, LivechatChatsRoomNodesQueryVariables>;
export const LivechatChatsSendDocument = new TypedDocumentString(`
    mutation LivechatChatsSend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload {
      message {
        id
        nativeId
        text
        createdAt
        visibility
        author {
          nativeId
          name
          role
        }
        room {
          status
        }
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on InvalidInputError {
      field
    }
    ... on RateLimitedError {
      retryAfterMs
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsSendMutation, LivechatChatsSendMutationVariables>;
export const LivechatChatsUpdateDocument = new TypedDocumentString(`
    mutation LivechatChatsUpdate($input: UpdateMessageInput!) {
  updateMessage(input: $input) {
    __typename
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsUpdateMutation, LivechatChatsUpdateMutationVariables>;
export const LivechatChatsDeleteDocument = new TypedDocumentString(`
    mutation LivechatChatsDelete($input: DeleteMessageInput!) {
  deleteMessage(input: $input) {
    __typename
    ... on DeleteMessagePayload {
      messageId
      deletedAt
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsDeleteMutation, LivechatChatsDeleteMutationVariables>;
export const LivechatChatsCloseDocument = new TypedDocumentString(`
    mutation LivechatChatsClose($input: CloseRoomInput!) {
  closeRoom(input: $input) {
    __typename
    ... on CloseRoomPayload {
      room {
        nativeId
        status
      }
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsCloseMutation, LivechatChatsCloseMutationVariables>;
export const LivechatChatsStartDocument = new TypedDocumentString(`
    mutation LivechatChatsStart($input: StartRoomInput!) {
  startRoom(input: $input) {
    __typename
    ... on StartRoomPayload {
      visitorToken
      room {
        nativeId
        status
        visitor {
          name
          email
        }
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on InvalidInputError {
      field
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsStartMutation, LivechatChatsStartMutationVariables>;
export const LivechatChatsProvidersDocument = new TypedDocumentString(`
    query LivechatChatsProviders {
  providers {
    name
    capabilities
    health {
      status
      reason
    }
    departments {
      id
      nativeId
      name
      online
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsProvidersQuery, LivechatChatsProvidersQueryVariables>;
export const LivechatChatsHealthDocument = new TypedDocumentString(`
    query LivechatChatsHealth {
  providers {
    name
    health {
      status
      reason
      checkedAt
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsHealthQuery, LivechatChatsHealthQueryVariables>;
export const LivechatChatsOfflineDocument = new TypedDocumentString(`
    query LivechatChatsOffline($first: Int, $after: String, $filter: OfflineMessageFilter) {
  offlineMessages(first: $first, after: $after, filter: $filter) {
    totalCount
    nodes {
      id
      nativeId
      name
      email
      text
      rawText
      receivedAt
      receivedOn
      department {
        nativeId
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsOfflineQuery, LivechatChatsOfflineQueryVariables>;
export const LivechatChatsOfflineNodesDocument = new TypedDocumentString(`
    query LivechatChatsOfflineNodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on OfflineMessage {
      nativeId
      text
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsOfflineNodesQuery, LivechatChatsOfflineNodesQueryVariables>;
export const LivechatChatsSendOfflineDocument = new TypedDocumentString(`
    mutation LivechatChatsSendOffline($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename
    ... on SendOfflineMessagePayload {
      offlineMessage {
        delivery {
          state
        }
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on InvalidInputError {
      field
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsSendOfflineMutation, LivechatChatsSendOfflineMutationVariables>;
export const LivechatChatsEventsDocument = new TypedDocumentString(`
    subscription LivechatChatsEvents($id: ID!, $after: String) {
  roomEvents(roomId: $id, after: $after) {
    __typename
    cursor
    ... on MessageAddedEvent {
      message {
        nativeId
        text
        visibility
        author {
          nativeId
          email
        }
      }
    }
    ... on MessageDeletedEvent {
      messageId
    }
  }
}
    `) as unknown as TypedDocumentString<LivechatChatsEventsSubscription, LivechatChatsEventsSubscriptionVariables>;
export const RocketchatAgentInboxDocument = new TypedDocumentString(`
    query RocketchatAgentInbox($first: Int!, $after: String, $filter: RoomFilter) {
  rooms(first: $first, after: $after, filter: $filter) {
    nodes {
      id
      nativeId
      status
      tags
      createdAt
      closedAt
      lastActivityAt
      visitor {
        nativeId
        name
        role
      }
      agents {
        nativeId
        name
        role
      }
      department {
        id
        name
        online
      }
      lastMessage {
        text
        author {
          name
          role
        }
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatAgentInboxQuery, RocketchatAgentInboxQueryVariables>;
export const RocketchatAgentRoomIdsDocument = new TypedDocumentString(`
    query RocketchatAgentRoomIds($first: Int!, $after: String, $filter: RoomFilter) {
  rooms(first: $first, after: $after, filter: $filter) {
    nodes {
      nativeId
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatAgentRoomIdsQuery, RocketchatAgentRoomIdsQueryVariables>;
export const RocketchatAgentBoardsDocument = new TypedDocumentString(`
    query RocketchatAgentBoards($first: Int!, $last: Int!) {
  rooms(first: $first) {
    nodes {
      messages(last: $last) {
        nodes {
          text
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatAgentBoardsQuery, RocketchatAgentBoardsQueryVariables>;
export const RocketchatAgentRoomDocument = new TypedDocumentString(`
    query RocketchatAgentRoom($id: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $id) {
    id
    status
    visitor {
      nativeId
      name
    }
    agents {
      name
    }
    department {
      name
    }
    capabilities {
      capability
      allowed
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatAgentRoomQuery, RocketchatAgentRoomQueryVariables>;
export const RocketchatAgentMessagesDocument = new TypedDocumentString(`
    query RocketchatAgentMessages($id: String!, $last: Int, $first: Int, $after: String, $before: String) {
  roomByNativeId(provider: "rocketchat", nativeId: $id) {
    messages(last: $last, first: $first, after: $after, before: $before) {
      nodes {
        id
        nativeId
        kind
        state
        text
        author {
          nativeId
          name
          role
        }
        editedBy {
          name
        }
      }
      pageInfo {
        startCursor
        endCursor
        hasNextPage
        hasPreviousPage
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatAgentMessagesQuery, RocketchatAgentMessagesQueryVariables>;
export const RocketchatAgentNodesDocument = new TypedDocumentString(`
    query RocketchatAgentNodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on Room {
      status
    }
    ... on Message {
      text
      author {
        role
      }
    }
    ... on Department {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatAgentNodesQuery, RocketchatAgentNodesQueryVariables>;
export const RocketchatAgentHealthDocument = new TypedDocumentString(`
    query RocketchatAgentHealth {
  providers {
    capabilities
    health {
      status
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatAgentHealthQuery, RocketchatAgentHealthQueryVariables>;
export const RocketchatAgentDepartmentsDocument = new TypedDocumentString(`
    query RocketchatAgentDepartments {
  providers {
    departments {
      id
      name
      online
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatAgentDepartmentsQuery, RocketchatAgentDepartmentsQueryVariables>;
export const RocketchatAgentSendDocument = new TypedDocumentString(`
    mutation RocketchatAgentSend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload {
      message {
        id
        nativeId
        text
        author {
          nativeId
          name
          role
        }
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on InvalidInputError {
      field
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatAgentSendMutation, RocketchatAgentSendMutationVariables>;
export const RocketchatAgentUpdateDocument = new TypedDocumentString(`
    mutation RocketchatAgentUpdate($input: UpdateMessageInput!) {
  updateMessage(input: $input) {
    ... on UpdateMessagePayload {
      message {
        id
        text
        state
        editedBy {
          name
        }
        author {
          role
        }
      }
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatAgentUpdateMutation, RocketchatAgentUpdateMutationVariables>;
export const RocketchatAgentDeleteDocument = new TypedDocumentString(`
    mutation RocketchatAgentDelete($input: DeleteMessageInput!) {
  deleteMessage(input: $input) {
    ... on DeleteMessagePayload {
      messageId
      deletedAt
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatAgentDeleteMutation, RocketchatAgentDeleteMutationVariables>;
export const RocketchatAgentCloseDocument = new TypedDocumentString(`
    mutation RocketchatAgentClose($input: CloseRoomInput!) {
  closeRoom(input: $input) {
    ... on CloseRoomPayload {
      room {
        id
        status
        closedAt
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on InvalidInputError {
      field
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatAgentCloseMutation, RocketchatAgentCloseMutationVariables>;
export const RocketchatAgentEventsDocument = new TypedDocumentString(`
    subscription RocketchatAgentEvents($id: ID!, $after: String) {
  roomEvents(roomId: $id, after: $after) {
    __typename
    room {
      id
    }
    ... on MessageAddedEvent {
      message {
        text
        kind
        author {
          name
          role
        }
      }
    }
    ... on MessageUpdatedEvent {
      message {
        text
        state
      }
    }
    ... on MessageDeletedEvent {
      messageId
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatAgentEventsSubscription, RocketchatAgentEventsSubscriptionVariables>;
export const RocketchatSendDocument = new TypedDocumentString(`
    mutation RocketchatSend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload {
      message {
        ...RocketchatMessage
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on InvalidInputError {
      field
    }
    ... on RateLimitedError {
      provider
      retryAfterMs
    }
  }
}
    fragment RocketchatMessage on Message {
  id
  nativeId
  kind
  text
  state
  visibility
  createdAt
  editedAt
  author {
    nativeId
    name
    role
  }
  editedBy {
    nativeId
    role
  }
}`) as unknown as TypedDocumentString<RocketchatSendMutation, RocketchatSendMutationVariables>;
export const RocketchatUpdateDocument = new TypedDocumentString(`
    mutation RocketchatUpdate($input: UpdateMessageInput!) {
  updateMessage(input: $input) {
    __typename
    ... on UpdateMessagePayload {
      message {
        ...RocketchatMessage
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on InvalidInputError {
      field
    }
    ... on RateLimitedError {
      provider
      retryAfterMs
    }
  }
}
    fragment RocketchatMessage on Message {
  id
  nativeId
  kind
  text
  state
  visibility
  createdAt
  editedAt
  author {
    nativeId
    name
    role
  }
  editedBy {
    nativeId
    role
  }
}`) as unknown as TypedDocumentString<RocketchatUpdateMutation, RocketchatUpdateMutationVariables>;
export const RocketchatDeleteDocument = new TypedDocumentString(`
    mutation RocketchatDelete($input: DeleteMessageInput!) {
  deleteMessage(input: $input) {
    __typename
    ... on DeleteMessagePayload {
      messageId
      deletedAt
    }
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      provider
      retryAfterMs
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatDeleteMutation, RocketchatDeleteMutationVariables>;
export const RocketchatCloseDocument = new TypedDocumentString(`
    mutation RocketchatClose($input: CloseRoomInput!) {
  closeRoom(input: $input) {
    __typename
    ... on CloseRoomPayload {
      room {
        ...RocketchatRoom
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on RateLimitedError {
      provider
      retryAfterMs
    }
  }
}
    fragment RocketchatMessage on Message {
  id
  nativeId
  kind
  text
  state
  visibility
  createdAt
  editedAt
  author {
    nativeId
    name
    role
  }
  editedBy {
    nativeId
    role
  }
}
fragment RocketchatRoom on Room {
  id
  nativeId
  status
  visitor {
    nativeId
    name
    role
  }
  agents {
    nativeId
    name
    role
  }
  tags
  createdAt
  closedAt
  lastActivityAt
  lastMessage {
    ...RocketchatMessage
  }
  capabilities {
    capability
    allowed
    reason
  }
}`) as unknown as TypedDocumentString<RocketchatCloseMutation, RocketchatCloseMutationVariables>;
export const RocketchatStartDocument = new TypedDocumentString(`
    mutation RocketchatStart($input: StartRoomInput!) {
  startRoom(input: $input) {
    __typename
    ... on StartRoomPayload {
      visitorToken
      room {
        ...RocketchatRoom
        department {
          id
          name
        }
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on InvalidInputError {
      field
    }
    ... on RateLimitedError {
      provider
      retryAfterMs
    }
  }
}
    fragment RocketchatMessage on Message {
  id
  nativeId
  kind
  text
  state
  visibility
  createdAt
  editedAt
  author {
    nativeId
    name
    role
  }
  editedBy {
    nativeId
    role
  }
}
fragment RocketchatRoom on Room {
  id
  nativeId
  status
  visitor {
    nativeId
    name
    role
  }
  agents {
    nativeId
    name
    role
  }
  tags
  createdAt
  closedAt
  lastActivityAt
  lastMessage {
    ...RocketchatMessage
  }
  capabilities {
    capability
    allowed
    reason
  }
}`) as unknown as TypedDocumentString<RocketchatStartMutation, RocketchatStartMutationVariables>;
export const RocketchatOfflineDocument = new TypedDocumentString(`
    mutation RocketchatOffline($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename
    ... on SendOfflineMessagePayload {
      offlineMessage {
        nativeId
        name
        email
        text
        rawText
        delivery {
          state
          attempts
          lastError
        }
      }
    }
    ... on UserError {
      code
      detail
    }
    ... on InvalidInputError {
      field
    }
    ... on RateLimitedError {
      provider
      retryAfterMs
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatOfflineMutation, RocketchatOfflineMutationVariables>;
export const RocketchatRoomByIdDocument = new TypedDocumentString(`
    query RocketchatRoomById($id: ID!) {
  room(id: $id) {
    ...RocketchatRoom
  }
}
    fragment RocketchatMessage on Message {
  id
  nativeId
  kind
  text
  state
  visibility
  createdAt
  editedAt
  author {
    nativeId
    name
    role
  }
  editedBy {
    nativeId
    role
  }
}
fragment RocketchatRoom on Room {
  id
  nativeId
  status
  visitor {
    nativeId
    name
    role
  }
  agents {
    nativeId
    name
    role
  }
  tags
  createdAt
  closedAt
  lastActivityAt
  lastMessage {
    ...RocketchatMessage
  }
  capabilities {
    capability
    allowed
    reason
  }
}`) as unknown as TypedDocumentString<RocketchatRoomByIdQuery, RocketchatRoomByIdQueryVariables>;
export const RocketchatRoomByNativeIdDocument = new TypedDocumentString(`
    query RocketchatRoomByNativeId($nativeId: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $nativeId) {
    id
    status
    messages {
      nodes {
        nativeId
        text
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatRoomByNativeIdQuery, RocketchatRoomByNativeIdQueryVariables>;
export const RocketchatHistoryDocument = new TypedDocumentString(`
    query RocketchatHistory($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $since: DateTime, $until: DateTime) {
  room(id: $id) {
    messages(
      first: $first
      after: $after
      last: $last
      before: $before
      since: $since
      until: $until
    ) {
      edges {
        cursor
      }
      nodes {
        ...RocketchatMessage
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
}
    fragment RocketchatMessage on Message {
  id
  nativeId
  kind
  text
  state
  visibility
  createdAt
  editedAt
  author {
    nativeId
    name
    role
  }
  editedBy {
    nativeId
    role
  }
}`) as unknown as TypedDocumentString<RocketchatHistoryQuery, RocketchatHistoryQueryVariables>;
export const RocketchatNodeDocument = new TypedDocumentString(`
    query RocketchatNode($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Room {
      status
    }
    ... on Message {
      text
      state
    }
    ... on Department {
      name
      online
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatNodeQuery, RocketchatNodeQueryVariables>;
export const RocketchatNodesDocument = new TypedDocumentString(`
    query RocketchatNodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Message {
      text
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatNodesQuery, RocketchatNodesQueryVariables>;
export const RocketchatDepartmentsDocument = new TypedDocumentString(`
    query RocketchatDepartments($provider: ID!) {
  node(id: $provider) {
    ... on Provider {
      name
      departments {
        id
        nativeId
        name
        online
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatDepartmentsQuery, RocketchatDepartmentsQueryVariables>;
export const RocketchatRoomStatusDocument = new TypedDocumentString(`
    query RocketchatRoomStatus($id: ID!) {
  room(id: $id) {
    id
    status
  }
}
    `) as unknown as TypedDocumentString<RocketchatRoomStatusQuery, RocketchatRoomStatusQueryVariables>;
export const RocketchatRoomAndDepartmentsDocument = new TypedDocumentString(`
    query RocketchatRoomAndDepartments($id: ID!, $provider: ID!) {
  room(id: $id) {
    id
    status
  }
  node(id: $provider) {
    ... on Provider {
      departments {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RocketchatRoomAndDepartmentsQuery, RocketchatRoomAndDepartmentsQueryVariables>;
export const ProvidersSizedDocument = new TypedDocumentString(`
    query ProvidersSized($id: ID!, $first: Int, $last: Int) {
  room(id: $id) {
    messages(first: $first, last: $last) {
      nodes {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ProvidersSizedQuery, ProvidersSizedQueryVariables>;
export const ProvidersByCursorDocument = new TypedDocumentString(`
    query ProvidersByCursor($id: ID!, $after: String, $before: String) {
  room(id: $id) {
    messages(after: $after, before: $before) {
      nodes {
        text
      }
      pageInfo {
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ProvidersByCursorQuery, ProvidersByCursorQueryVariables>;
export const ProvidersHostileDocument = new TypedDocumentString(`
    query ProvidersHostile($id: ID!) {
  node(id: $id) {
    id
  }
}
    `) as unknown as TypedDocumentString<ProvidersHostileQuery, ProvidersHostileQueryVariables>;
export const ProvidersByNativeIdDocument = new TypedDocumentString(`
    query ProvidersByNativeId($provider: String!, $nativeId: String!) {
  roomByNativeId(provider: $provider, nativeId: $nativeId) {
    id
  }
}
    `) as unknown as TypedDocumentString<ProvidersByNativeIdQuery, ProvidersByNativeIdQueryVariables>;
export const ProvidersHappeningDocument = new TypedDocumentString(`
    subscription ProvidersHappening($id: ID!) {
  roomEvents(roomId: $id) {
    __typename
    ... on MessageAddedEvent {
      message {
        text
      }
    }
    ... on MessageDeletedEvent {
      messageId
    }
  }
}
    `) as unknown as TypedDocumentString<ProvidersHappeningSubscription, ProvidersHappeningSubscriptionVariables>;
export const ProvidersStartRoomDocument = new TypedDocumentString(`
    mutation ProvidersStartRoom($input: StartRoomInput!) {
  startRoom(input: $input) {
    __typename
    ...ProvidersRefusal
    ... on StartRoomPayload {
      visitorToken
      room {
        id
        visitor {
          name
        }
      }
    }
  }
}
    fragment ProvidersRefusal on InvalidInputError {
  code
  detail
  field
}`) as unknown as TypedDocumentString<ProvidersStartRoomMutation, ProvidersStartRoomMutationVariables>;
export const ProvidersCloseRoomDocument = new TypedDocumentString(`
    mutation ProvidersCloseRoom($input: CloseRoomInput!) {
  closeRoom(input: $input) {
    __typename
    ...ProvidersRefusal
  }
}
    fragment ProvidersRefusal on InvalidInputError {
  code
  detail
  field
}`) as unknown as TypedDocumentString<ProvidersCloseRoomMutation, ProvidersCloseRoomMutationVariables>;
export const ProvidersSendMessageDocument = new TypedDocumentString(`
    mutation ProvidersSendMessage($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ...ProvidersRefusal
    ... on SendMessagePayload {
      message {
        id
        text
      }
    }
  }
}
    fragment ProvidersRefusal on InvalidInputError {
  code
  detail
  field
}`) as unknown as TypedDocumentString<ProvidersSendMessageMutation, ProvidersSendMessageMutationVariables>;
export const ProvidersUpdateMessageDocument = new TypedDocumentString(`
    mutation ProvidersUpdateMessage($input: UpdateMessageInput!) {
  updateMessage(input: $input) {
    __typename
    ...ProvidersRefusal
    ... on UpdateMessagePayload {
      message {
        text
      }
    }
  }
}
    fragment ProvidersRefusal on InvalidInputError {
  code
  detail
  field
}`) as unknown as TypedDocumentString<ProvidersUpdateMessageMutation, ProvidersUpdateMessageMutationVariables>;
export const ProvidersSendOfflineMessageDocument = new TypedDocumentString(`
    mutation ProvidersSendOfflineMessage($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename
    ...ProvidersRefusal
    ... on SendOfflineMessagePayload {
      offlineMessage {
        name
        text
        delivery {
          state
        }
      }
    }
  }
}
    fragment ProvidersRefusal on InvalidInputError {
  code
  detail
  field
}`) as unknown as TypedDocumentString<ProvidersSendOfflineMessageMutation, ProvidersSendOfflineMessageMutationVariables>;
export const ProvidersEraseDocument = new TypedDocumentString(`
    mutation ProvidersErase($input: EraseOfflineMessagesInput!) {
  eraseOfflineMessages(input: $input) {
    __typename
    ...ProvidersRefusal
  }
}
    fragment ProvidersRefusal on InvalidInputError {
  code
  detail
  field
}`) as unknown as TypedDocumentString<ProvidersEraseMutation, ProvidersEraseMutationVariables>;
export const ProvidersSearchDocument = new TypedDocumentString(`
    query ProvidersSearch($text: String) {
  offlineMessages(filter: {text: $text}) {
    nodes {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<ProvidersSearchQuery, ProvidersSearchQueryVariables>;
export const IsolationPageDocument = new TypedDocumentString(`
    query IsolationPage($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $since: DateTime, $until: DateTime) {
  room(id: $id) {
    id
    nativeId
    status
    createdAt
    closedAt
    lastActivityAt
    tags
    agents {
      name
    }
    lastMessage {
      id
      text
      visibility
    }
    messages(
      first: $first
      after: $after
      last: $last
      before: $before
      since: $since
      until: $until
    ) {
      edges {
        cursor
        node {
          id
          nativeId
          text
          visibility
          createdAt
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<IsolationPageQuery, IsolationPageQueryVariables>;
export const IsolationOneDocument = new TypedDocumentString(`
    query IsolationOne($id: ID!) {
  node(id: $id) {
    id
    ... on Message {
      text
    }
  }
}
    `) as unknown as TypedDocumentString<IsolationOneQuery, IsolationOneQueryVariables>;
export const IsolationManyDocument = new TypedDocumentString(`
    query IsolationMany($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on Message {
      text
    }
  }
}
    `) as unknown as TypedDocumentString<IsolationManyQuery, IsolationManyQueryVariables>;
export const IsolationRemoveDocument = new TypedDocumentString(`
    mutation IsolationRemove($id: ID!) {
  deleteMessage(input: {messageId: $id}) {
    __typename
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<IsolationRemoveMutation, IsolationRemoveMutationVariables>;
export const IsolationEventsDocument = new TypedDocumentString(`
    subscription IsolationEvents($id: ID!, $after: String) {
  roomEvents(roomId: $id, after: $after) {
    __typename
    cursor
    room {
      lastActivityAt
      lastMessage {
        text
      }
    }
    ... on MessageAddedEvent {
      message {
        text
      }
    }
    ... on MessageUpdatedEvent {
      message {
        text
      }
    }
    ... on MessageDeletedEvent {
      messageId
    }
  }
}
    `) as unknown as TypedDocumentString<IsolationEventsSubscription, IsolationEventsSubscriptionVariables>;
export const IsolationAddedDocument = new TypedDocumentString(`
    subscription IsolationAdded($id: ID!, $after: String) {
  messageAdded(roomId: $id, after: $after) {
    text
    visibility
  }
}
    `) as unknown as TypedDocumentString<IsolationAddedSubscription, IsolationAddedSubscriptionVariables>;
export const ConversationRoomDocument = new TypedDocumentString(`
    query ConversationRoom($id: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $id) {
    id
    status
    messages(last: 5) {
      nodes {
        id
        text
      }
      pageInfo {
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ConversationRoomQuery, ConversationRoomQueryVariables>;
export const ConversationSendDocument = new TypedDocumentString(`
    mutation ConversationSend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    ... on SendMessagePayload {
      message {
        id
        text
      }
    }
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<ConversationSendMutation, ConversationSendMutationVariables>;
export const ConversationEventsDocument = new TypedDocumentString(`
    subscription ConversationEvents($id: ID!, $after: String) {
  roomEvents(roomId: $id, after: $after) {
    __typename
    cursor
    ... on MessageAddedEvent {
      message {
        text
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ConversationEventsSubscription, ConversationEventsSubscriptionVariables>;
export const ServerViewerDocument = new TypedDocumentString(`
    query ServerViewer {
  viewer {
    role
    name
  }
}
    `) as unknown as TypedDocumentString<ServerViewerQuery, ServerViewerQueryVariables>;
export const ServerRoomDocument = new TypedDocumentString(`
    query ServerRoom($id: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $id) {
    id
    status
  }
}
    `) as unknown as TypedDocumentString<ServerRoomQuery, ServerRoomQueryVariables>;
export const ServerSendDocument = new TypedDocumentString(`
    mutation ServerSend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on SendMessagePayload {
      message {
        text
      }
    }
    ... on UserError {
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ServerSendMutation, ServerSendMutationVariables>;
export const ServerAddedDocument = new TypedDocumentString(`
    subscription ServerAdded($id: ID!) {
  messageAdded(roomId: $id) {
    text
  }
}
    `) as unknown as TypedDocumentString<ServerAddedSubscription, ServerAddedSubscriptionVariables>;
export const ServerRoomsDocument = new TypedDocumentString(`
    query ServerRooms($filter: RoomFilter) {
  rooms(filter: $filter) {
    nodes {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<ServerRoomsQuery, ServerRoomsQueryVariables>;
export const FanoutEventsDocument = new TypedDocumentString(`
    subscription FanoutEvents($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    cursor
    ... on MessageAddedEvent {
      message {
        nativeId
        text
      }
    }
    ... on GapEvent {
      reason
      from
      to
    }
  }
}
    `) as unknown as TypedDocumentString<FanoutEventsSubscription, FanoutEventsSubscriptionVariables>;
export const FanoutMessagesDocument = new TypedDocumentString(`
    subscription FanoutMessages($room: ID!, $after: String) {
  messageAdded(roomId: $room, after: $after) {
    nativeId
    text
  }
}
    `) as unknown as TypedDocumentString<FanoutMessagesSubscription, FanoutMessagesSubscriptionVariables>;
export const FanoutStatusesDocument = new TypedDocumentString(`
    subscription FanoutStatuses($room: ID!) {
  messageAdded(roomId: $room) {
    text
    room {
      status
    }
  }
}
    `) as unknown as TypedDocumentString<FanoutStatusesSubscription, FanoutStatusesSubscriptionVariables>;
export const FanoutNotesDocument = new TypedDocumentString(`
    subscription FanoutNotes($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    ... on MessageAddedEvent {
      message {
        text
        visibility
      }
    }
    ... on MessageUpdatedEvent {
      message {
        text
      }
    }
    ... on MessageDeletedEvent {
      messageId
    }
  }
}
    `) as unknown as TypedDocumentString<FanoutNotesSubscription, FanoutNotesSubscriptionVariables>;
export const WebhooksEventsDocument = new TypedDocumentString(`
    subscription WebhooksEvents($room: ID!) {
  roomEvents(roomId: $room) {
    __typename
    ... on MessageAddedEvent {
      message {
        text
      }
    }
    ... on MessageUpdatedEvent {
      message {
        text
      }
    }
    ... on RoomUpdatedEvent {
      room {
        status
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WebhooksEventsSubscription, WebhooksEventsSubscriptionVariables>;
export const HistoryPageDocument = new TypedDocumentString(`
    query HistoryPage($provider: String!, $room: String!, $last: Int!) {
  roomByNativeId(provider: $provider, nativeId: $room) {
    id
    status
    agents {
      nativeId
    }
    tags
    messages(last: $last) {
      nodes {
        nativeId
        text
        kind
        state
        visibility
      }
      pageInfo {
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<HistoryPageQuery, HistoryPageQueryVariables>;
export const HistoryEventsDocument = new TypedDocumentString(`
    subscription HistoryEvents($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    cursor
    room {
      id
    }
    ... on MessageAddedEvent {
      message {
        id
        nativeId
        text
        kind
        visibility
      }
    }
    ... on MessageUpdatedEvent {
      message {
        id
        nativeId
        text
        kind
        visibility
      }
    }
    ... on MessageDeletedEvent {
      messageId
    }
    ... on RoomUpdatedEvent {
      room {
        id
        status
        agents {
          nativeId
        }
        tags
      }
    }
    ... on GapEvent {
      reason
      from
      to
    }
  }
}
    `) as unknown as TypedDocumentString<HistoryEventsSubscription, HistoryEventsSubscriptionVariables>;
export const HistoryMessagesDocument = new TypedDocumentString(`
    subscription HistoryMessages($room: ID!, $after: String) {
  messageAdded(roomId: $room, after: $after) {
    id
    nativeId
    text
    kind
    visibility
  }
}
    `) as unknown as TypedDocumentString<HistoryMessagesSubscription, HistoryMessagesSubscriptionVariables>;
export const HistorySendDocument = new TypedDocumentString(`
    mutation HistorySend($room: ID!, $text: String!) {
  sendMessage(input: {roomId: $room, text: $text}) {
    __typename
  }
}
    `) as unknown as TypedDocumentString<HistorySendMutation, HistorySendMutationVariables>;
export const HistoryActivityDocument = new TypedDocumentString(`
    subscription HistoryActivity {
  roomActivity {
    id
  }
}
    `) as unknown as TypedDocumentString<HistoryActivitySubscription, HistoryActivitySubscriptionVariables>;
export const HistoryOfflineAddedDocument = new TypedDocumentString(`
    subscription HistoryOfflineAdded {
  offlineMessageAdded {
    text
  }
}
    `) as unknown as TypedDocumentString<HistoryOfflineAddedSubscription, HistoryOfflineAddedSubscriptionVariables>;
export const HistoryLeaveOfflineDocument = new TypedDocumentString(`
    mutation HistoryLeaveOffline($provider: String!, $text: String!) {
  sendOfflineMessage(
    input: {provider: $provider, name: "Visitor", email: "mail@visitor.test", text: $text}
  ) {
    __typename
  }
}
    `) as unknown as TypedDocumentString<HistoryLeaveOfflineMutation, HistoryLeaveOfflineMutationVariables>;
export const BudgetAddedDocument = new TypedDocumentString(`
    subscription BudgetAdded($room: ID!) {
  messageAdded(roomId: $room) {
    text
  }
}
    `) as unknown as TypedDocumentString<BudgetAddedSubscription, BudgetAddedSubscriptionVariables>;
export const BudgetPageDocument = new TypedDocumentString(`
    query BudgetPage($rid: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $rid) {
    messages(last: 7) {
      nodes {
        text
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BudgetPageQuery, BudgetPageQueryVariables>;
export const BudgetSendDocument = new TypedDocumentString(`
    mutation BudgetSend($room: ID!, $text: String!) {
  sendMessage(input: {roomId: $room, text: $text}) {
    __typename
    ... on UserError {
      code
      detail
    }
  }
}
    `) as unknown as TypedDocumentString<BudgetSendMutation, BudgetSendMutationVariables>;
export const BudgetLiveDocument = new TypedDocumentString(`
    query BudgetLive {
  providers {
    name
    live {
      source
      latencyMs
      lagMs
    }
  }
}
    `) as unknown as TypedDocumentString<BudgetLiveQuery, BudgetLiveQueryVariables>;