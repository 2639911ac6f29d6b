export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
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

/** Input of `discardOfflineMessage`. */
export type DiscardOfflineMessageInput = {
  /** Global id of the offline message. */
  offlineMessageId: Scalars['ID']['input'];
};

/** Input of `eraseOfflineMessages`. */
export type EraseOfflineMessagesInput = {
  /** E-mail address of the messages to erase. Upper and lower case are equal. */
  email: Scalars['String']['input'];
};

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

/** Group of callers that can read a message. */
export type MessageVisibility =
  /** Agents only: visitors never receive it. */
  | 'AGENTS'
  /** The visitor and all agents. */
  | 'EVERYONE';

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

/** Kind of chat server. */
export type ProviderKind =
  /** A LiveChat account. */
  | 'LIVECHAT'
  /** A Rocket.Chat account. */
  | 'ROCKET_CHAT';

/** Input of `rateRoom`. */
export type RateRoomInput = {
  /** One line of up to 500 characters. */
  comment?: InputMaybe<Scalars['String']['input']>;
  /** Global id of the room, open or closed. */
  roomId: Scalars['ID']['input'];
  /** From 1 (bad) to 5 (good). LiveChat knows only good and bad: it takes 4 and 5 as good, which is read back as 5, and 1 and 2 as bad, which is read back as 1; 3 is `INVALID_INPUT` there. */
  score: Scalars['Int']['input'];
};

/** Input of `renewVisitor`. */
export type RenewVisitorInput = {
  /** The `renewalToken` of `startRoom` or of the last renewal. */
  renewalToken: Scalars['String']['input'];
};

/** Input of `requestTranscript`. */
export type RequestTranscriptInput = {
  /** E-mail address that receives the transcript. */
  email: Scalars['String']['input'];
  /** Global id of the room. */
  roomId: Scalars['ID']['input'];
};

/** Input of `requeueRoom`. */
export type RequeueRoomInput = {
  /** Global id of the room. */
  roomId: Scalars['ID']['input'];
};

/** Input of `retryOfflineMessage`. */
export type RetryOfflineMessageInput = {
  /** Global id of the offline message. */
  offlineMessageId: Scalars['ID']['input'];
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

/** Input of `setAgentStatus`. */
export type SetAgentStatusInput = {
  /** Whether the provider routes new rooms to the agent. */
  acceptingChats: Scalars['Boolean']['input'];
  /** Global id of the agent. */
  agentId: Scalars['ID']['input'];
};

/** Input of `setRoomTags`. */
export type SetRoomTagsInput = {
  /** Global id of the room, open or closed. */
  roomId: Scalars['ID']['input'];
  /** All tags that the room has afterwards: up to 25 of at most 100 characters, without duplicates; an empty list removes all. Rocket.Chat accepts any tag; LiveChat refuses one that it does not have for the group of the room, at the field `tags`. Then no tag was removed, but tags before it in the list were added. */
  tags: Array<Scalars['String']['input']>;
};

/** Input of `setTyping`. */
export type SetTypingInput = {
  /** Global id of the room. */
  roomId: Scalars['ID']['input'];
  /** Whether the caller types. Repeat `true` every four seconds while it lasts: others see it end after ten. */
  typing: Scalars['Boolean']['input'];
};

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

/** Input of `transferRoom`. */
export type TransferRoomInput = {
  /** Reason, for the agents. Rocket.Chat stores it with the transfer. At LiveChat the gateway sends it as a note after the transfer; if only the note fails, the mutation succeeds without it. */
  comment?: InputMaybe<Scalars['String']['input']>;
  /** Global id of a department of the room’s provider. */
  departmentId: Scalars['ID']['input'];
  /** Global id of the room. */
  roomId: Scalars['ID']['input'];
};

/** Input of `updateMessage`. */
export type UpdateMessageInput = {
  /** Global id of the message. */
  messageId: Scalars['ID']['input'];
  /** New plain text of the message, up to 16 384 characters; a provider can accept fewer. */
  text: Scalars['String']['input'];
};

/** Role of the caller, which depends on the credential that was sent. */
export type ViewerRole =
  /** A caller that sent no credential. */
  | 'ANONYMOUS'
  /** An operator, by an operator key or a JWT. */
  | 'OPERATOR'
  /** A visitor, by a provider’s visitor token. */
  | 'VISITOR';

type WidgetError_ConflictError_Fragment = { __typename?: 'ConflictError', code: ErrorCode };

type WidgetError_ForbiddenError_Fragment = { __typename?: 'ForbiddenError', code: ErrorCode };

type WidgetError_InvalidInputError_Fragment = { __typename?: 'InvalidInputError', field?: string | null, code: ErrorCode };

type WidgetError_NotFoundError_Fragment = { __typename?: 'NotFoundError', code: ErrorCode };

type WidgetError_OutcomeUnknownError_Fragment = { __typename?: 'OutcomeUnknownError', code: ErrorCode };

type WidgetError_ProviderError_Fragment = { __typename?: 'ProviderError', code: ErrorCode };

type WidgetError_ProviderUnavailableError_Fragment = { __typename?: 'ProviderUnavailableError', code: ErrorCode };

type WidgetError_RateLimitedError_Fragment = { __typename?: 'RateLimitedError', retryAfterMs?: number | null, code: ErrorCode };

type WidgetError_RoomClosedError_Fragment = { __typename?: 'RoomClosedError', code: ErrorCode };

type WidgetError_UnauthenticatedError_Fragment = { __typename?: 'UnauthenticatedError', code: ErrorCode };

type WidgetError_UnsupportedError_Fragment = { __typename?: 'UnsupportedError', code: ErrorCode };

export type WidgetErrorFragment =
  | WidgetError_ConflictError_Fragment
  | WidgetError_ForbiddenError_Fragment
  | WidgetError_InvalidInputError_Fragment
  | WidgetError_NotFoundError_Fragment
  | WidgetError_OutcomeUnknownError_Fragment
  | WidgetError_ProviderError_Fragment
  | WidgetError_ProviderUnavailableError_Fragment
  | WidgetError_RateLimitedError_Fragment
  | WidgetError_RoomClosedError_Fragment
  | WidgetError_UnauthenticatedError_Fragment
  | WidgetError_UnsupportedError_Fragment
;

export type WidgetPreChatFormFragment = { __typename?: 'PreChatForm', fields: Array<{ __typename?: 'PreChatField', key: string, kind: PreChatFieldKind, label?: string | null, required: boolean, options: Array<{ __typename?: 'PreChatOption', value: string, label: string }> }> };

export type WidgetMessageFragment = { __typename?: 'Message', id: string, kind: MessageKind, systemEvent?: SystemEventKind | null, text: string, state: MessageState, createdAt: string, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', id: string, url: string, externalUrl?: string | null, name?: string | null, contentType?: string | null, size?: number | null }>, buttons: Array<{ __typename?: 'MessageButton', text: string, url?: string | null }> };

export type WidgetRoomStateFragment = { __typename?: 'Room', status: RoomStatus, provider: { __typename?: 'Provider', kind: ProviderKind }, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null }>, queue?: { __typename?: 'QueuePlace', position?: number | null } | null, rating?: { __typename?: 'Rating', score: number } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean }> };

export type WidgetProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type WidgetProvidersQuery = { __typename?: 'Query', providers: Array<{ __typename?: 'Provider', id: string, name: string, kind: ProviderKind, capabilities: Array<Capability>, online?: boolean | null, departments: Array<{ __typename?: 'Department', id: string, nativeId: string, name?: string | null, online?: boolean | null }> }> };

export type WidgetFormQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type WidgetFormQuery = { __typename?: 'Query', node?:
    | { __typename?: 'Agent' }
    | { __typename?: 'Department', preChatForm?: { __typename?: 'PreChatForm', fields: Array<{ __typename?: 'PreChatField', key: string, kind: PreChatFieldKind, label?: string | null, required: boolean, options: Array<{ __typename?: 'PreChatOption', value: string, label: string }> }> } | null }
    | { __typename?: 'Message' }
    | { __typename?: 'OfflineMessage' }
    | { __typename?: 'Provider', preChatForm?: { __typename?: 'PreChatForm', fields: Array<{ __typename?: 'PreChatField', key: string, kind: PreChatFieldKind, label?: string | null, required: boolean, options: Array<{ __typename?: 'PreChatOption', value: string, label: string }> }> } | null }
    | { __typename?: 'Room' }
   | null };

export type WidgetStartMutationVariables = Exact<{
  input: StartRoomInput;
}>;


export type WidgetStartMutation = { __typename?: 'Mutation', startRoom:
    | { __typename?: 'ConflictError', code: ErrorCode }
    | { __typename?: 'ForbiddenError', code: ErrorCode }
    | { __typename?: 'InvalidInputError', field?: string | null, code: ErrorCode }
    | { __typename?: 'NotFoundError', code: ErrorCode }
    | { __typename?: 'OutcomeUnknownError', code: ErrorCode }
    | { __typename?: 'ProviderError', code: ErrorCode }
    | { __typename?: 'ProviderUnavailableError', code: ErrorCode }
    | { __typename?: 'RateLimitedError', retryAfterMs?: number | null, code: ErrorCode }
    | { __typename?: 'RoomClosedError', code: ErrorCode }
    | { __typename?: 'StartRoomPayload', visitorToken: string, renewalToken?: string | null, room: { __typename?: 'Room', id: string } }
    | { __typename?: 'UnauthenticatedError', code: ErrorCode }
    | { __typename?: 'UnsupportedError', code: ErrorCode }
   };

export type WidgetRenewMutationVariables = Exact<{
  input: RenewVisitorInput;
}>;


export type WidgetRenewMutation = { __typename?: 'Mutation', renewVisitor:
    | { __typename?: 'ConflictError', code: ErrorCode }
    | { __typename?: 'ForbiddenError', code: ErrorCode }
    | { __typename?: 'InvalidInputError', field?: string | null, code: ErrorCode }
    | { __typename?: 'NotFoundError', code: ErrorCode }
    | { __typename?: 'OutcomeUnknownError', code: ErrorCode }
    | { __typename?: 'ProviderError', code: ErrorCode }
    | { __typename?: 'ProviderUnavailableError', code: ErrorCode }
    | { __typename?: 'RateLimitedError', retryAfterMs?: number | null, code: ErrorCode }
    | { __typename?: 'RenewVisitorPayload', visitorToken: string, renewalToken?: string | null }
    | { __typename?: 'RoomClosedError', code: ErrorCode }
    | { __typename?: 'UnauthenticatedError', code: ErrorCode }
    | { __typename?: 'UnsupportedError', code: ErrorCode }
   };

export type WidgetRoomQueryVariables = Exact<{
  roomId: Scalars['ID']['input'];
  before?: InputMaybe<Scalars['String']['input']>;
}>;


export type WidgetRoomQuery = { __typename?: 'Query', room?: { __typename?: 'Room', status: RoomStatus, messages: { __typename?: 'MessageConnection', nodes: Array<{ __typename?: 'Message', id: string, kind: MessageKind, systemEvent?: SystemEventKind | null, text: string, state: MessageState, createdAt: string, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', id: string, url: string, externalUrl?: string | null, name?: string | null, contentType?: string | null, size?: number | null }>, buttons: Array<{ __typename?: 'MessageButton', text: string, url?: string | null }> }>, pageInfo: { __typename?: 'PageInfo', endCursor?: string | null, startCursor?: string | null, hasPreviousPage: boolean } }, provider: { __typename?: 'Provider', kind: ProviderKind }, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null }>, queue?: { __typename?: 'QueuePlace', position?: number | null } | null, rating?: { __typename?: 'Rating', score: number } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean }> } | null };

export type WidgetEventsSubscriptionVariables = Exact<{
  roomId: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type WidgetEventsSubscription = { __typename?: 'Subscription', roomEvents:
    | { __typename: 'GapEvent', reason: GapReason, from?: string | null, cursor: string }
    | { __typename: 'MessageAddedEvent', cursor: string, message: { __typename?: 'Message', id: string, kind: MessageKind, systemEvent?: SystemEventKind | null, text: string, state: MessageState, createdAt: string, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', id: string, url: string, externalUrl?: string | null, name?: string | null, contentType?: string | null, size?: number | null }>, buttons: Array<{ __typename?: 'MessageButton', text: string, url?: string | null }> } }
    | { __typename: 'MessageDeletedEvent', messageId: string, cursor: string }
    | { __typename: 'MessageUpdatedEvent', cursor: string, message: { __typename?: 'Message', id: string, kind: MessageKind, systemEvent?: SystemEventKind | null, text: string, state: MessageState, createdAt: string, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', id: string, url: string, externalUrl?: string | null, name?: string | null, contentType?: string | null, size?: number | null }>, buttons: Array<{ __typename?: 'MessageButton', text: string, url?: string | null }> } }
    | { __typename: 'RoomUpdatedEvent', cursor: string, room: { __typename?: 'Room', status: RoomStatus, provider: { __typename?: 'Provider', kind: ProviderKind }, agents: Array<{ __typename?: 'Participant', nativeId: string, name?: string | null }>, queue?: { __typename?: 'QueuePlace', position?: number | null } | null, rating?: { __typename?: 'Rating', score: number } | null, capabilities: Array<{ __typename?: 'RoomCapability', capability: Capability, allowed: boolean }> } }
   };

export type WidgetSignalsSubscriptionVariables = Exact<{
  roomId: Scalars['ID']['input'];
}>;


export type WidgetSignalsSubscription = { __typename?: 'Subscription', roomSignals:
    | { __typename?: 'QueueSignal', queue?: { __typename?: 'QueuePlace', position?: number | null } | null }
    | { __typename?: 'SeenSignal' }
    | { __typename?: 'TypingSignal', typing: boolean, participant: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } }
   };

export type WidgetSendMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type WidgetSendMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename?: 'ConflictError', code: ErrorCode }
    | { __typename?: 'ForbiddenError', code: ErrorCode }
    | { __typename?: 'InvalidInputError', field?: string | null, code: ErrorCode }
    | { __typename?: 'NotFoundError', code: ErrorCode }
    | { __typename?: 'OutcomeUnknownError', code: ErrorCode }
    | { __typename?: 'ProviderError', code: ErrorCode }
    | { __typename?: 'ProviderUnavailableError', code: ErrorCode }
    | { __typename?: 'RateLimitedError', retryAfterMs?: number | null, code: ErrorCode }
    | { __typename?: 'RoomClosedError', code: ErrorCode }
    | { __typename?: 'SendMessagePayload', message: { __typename?: 'Message', id: string, kind: MessageKind, systemEvent?: SystemEventKind | null, text: string, state: MessageState, createdAt: string, author?: { __typename?: 'Participant', nativeId: string, name?: string | null, role: ParticipantRole } | null, attachments: Array<{ __typename?: 'Attachment', id: string, url: string, externalUrl?: string | null, name?: string | null, contentType?: string | null, size?: number | null }>, buttons: Array<{ __typename?: 'MessageButton', text: string, url?: string | null }> } }
    | { __typename?: 'UnauthenticatedError', code: ErrorCode }
    | { __typename?: 'UnsupportedError', code: ErrorCode }
   };

export type WidgetTypingMutationVariables = Exact<{
  input: SetTypingInput;
}>;


export type WidgetTypingMutation = { __typename?: 'Mutation', setTyping:
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

export type WidgetSeenMutationVariables = Exact<{
  input: MarkSeenInput;
}>;


export type WidgetSeenMutation = { __typename?: 'Mutation', markSeen:
    | { __typename: 'ConflictError' }
    | { __typename: 'ForbiddenError' }
    | { __typename: 'InvalidInputError' }
    | { __typename: 'MarkSeenPayload' }
    | { __typename: 'NotFoundError' }
    | { __typename: 'OutcomeUnknownError' }
    | { __typename: 'ProviderError' }
    | { __typename: 'ProviderUnavailableError' }
    | { __typename: 'RateLimitedError' }
    | { __typename: 'RoomClosedError' }
    | { __typename: 'UnauthenticatedError' }
    | { __typename: 'UnsupportedError' }
   };

export type WidgetCloseMutationVariables = Exact<{
  input: CloseRoomInput;
}>;


export type WidgetCloseMutation = { __typename?: 'Mutation', closeRoom:
    | { __typename?: 'CloseRoomPayload' }
    | { __typename?: 'ConflictError', code: ErrorCode }
    | { __typename?: 'ForbiddenError', code: ErrorCode }
    | { __typename?: 'InvalidInputError', field?: string | null, code: ErrorCode }
    | { __typename?: 'NotFoundError', code: ErrorCode }
    | { __typename?: 'OutcomeUnknownError', code: ErrorCode }
    | { __typename?: 'ProviderError', code: ErrorCode }
    | { __typename?: 'ProviderUnavailableError', code: ErrorCode }
    | { __typename?: 'RateLimitedError', retryAfterMs?: number | null, code: ErrorCode }
    | { __typename?: 'RoomClosedError', code: ErrorCode }
    | { __typename?: 'UnauthenticatedError', code: ErrorCode }
    | { __typename?: 'UnsupportedError', code: ErrorCode }
   };

export type WidgetRateMutationVariables = Exact<{
  input: RateRoomInput;
}>;


export type WidgetRateMutation = { __typename?: 'Mutation', rateRoom:
    | { __typename?: 'ConflictError', code: ErrorCode }
    | { __typename?: 'ForbiddenError', code: ErrorCode }
    | { __typename?: 'InvalidInputError', field?: string | null, code: ErrorCode }
    | { __typename?: 'NotFoundError', code: ErrorCode }
    | { __typename?: 'OutcomeUnknownError', code: ErrorCode }
    | { __typename?: 'ProviderError', code: ErrorCode }
    | { __typename?: 'ProviderUnavailableError', code: ErrorCode }
    | { __typename?: 'RateLimitedError', retryAfterMs?: number | null, code: ErrorCode }
    | { __typename?: 'RateRoomPayload' }
    | { __typename?: 'RoomClosedError', code: ErrorCode }
    | { __typename?: 'UnauthenticatedError', code: ErrorCode }
    | { __typename?: 'UnsupportedError', code: ErrorCode }
   };

export type WidgetTranscriptMutationVariables = Exact<{
  input: RequestTranscriptInput;
}>;


export type WidgetTranscriptMutation = { __typename?: 'Mutation', requestTranscript:
    | { __typename?: 'ConflictError', code: ErrorCode }
    | { __typename?: 'ForbiddenError', code: ErrorCode }
    | { __typename?: 'InvalidInputError', field?: string | null, code: ErrorCode }
    | { __typename?: 'NotFoundError', code: ErrorCode }
    | { __typename?: 'OutcomeUnknownError', code: ErrorCode }
    | { __typename?: 'ProviderError', code: ErrorCode }
    | { __typename?: 'ProviderUnavailableError', code: ErrorCode }
    | { __typename?: 'RateLimitedError', retryAfterMs?: number | null, code: ErrorCode }
    | { __typename?: 'RequestTranscriptPayload' }
    | { __typename?: 'RoomClosedError', code: ErrorCode }
    | { __typename?: 'UnauthenticatedError', code: ErrorCode }
    | { __typename?: 'UnsupportedError', code: ErrorCode }
   };

export type WidgetOfflineMutationVariables = Exact<{
  input: SendOfflineMessageInput;
}>;


export type WidgetOfflineMutation = { __typename?: 'Mutation', sendOfflineMessage:
    | { __typename?: 'ConflictError', code: ErrorCode }
    | { __typename?: 'ForbiddenError', code: ErrorCode }
    | { __typename?: 'InvalidInputError', field?: string | null, code: ErrorCode }
    | { __typename?: 'NotFoundError', code: ErrorCode }
    | { __typename?: 'OutcomeUnknownError', code: ErrorCode }
    | { __typename?: 'ProviderError', code: ErrorCode }
    | { __typename?: 'ProviderUnavailableError', code: ErrorCode }
    | { __typename?: 'RateLimitedError', retryAfterMs?: number | null, code: ErrorCode }
    | { __typename?: 'RoomClosedError', code: ErrorCode }
    | { __typename?: 'SendOfflineMessagePayload', offlineMessage: { __typename?: 'OfflineMessage', delivery: { __typename?: 'OfflineMessageDelivery', state: OfflineMessageState } } }
    | { __typename?: 'UnauthenticatedError', code: ErrorCode }
    | { __typename?: 'UnsupportedError', code: ErrorCode }
   };
