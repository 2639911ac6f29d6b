import type { Logger } from 'pino'
import type { CallAllowance } from './call-allowance.ts'
import type { Caller } from './caller.ts'
import type { CapabilityManifest, RoomCapability } from './capability.ts'
import type { ChatError } from './errors.ts'
import type { FileDraft, FileRange, OpenedFile, SentFile } from './files.ts'
import type { MessageDraft, MessagePage, MessageWindow, RecentMessages } from './messages.ts'
import type {
  Agent,
  Attachment,
  Department,
  Message,
  MessageRef,
  OfflineMessage,
  Position,
  ProviderHealth,
  Room,
  Statistics,
  TimeRange,
  VisitorDetails,
} from './model.ts'
import type { OfflineMessageDraft, OfflineMessageItem, OfflineMessageQuery } from './offline-messages.ts'
import type { PreChatForm } from './pre-chat-form.ts'
import type { Priority } from './priority.ts'
import type { ProviderPush } from './push.ts'
import type { RoomItem, RoomQuery } from './room-query.ts'
import type { RoomView } from './room-view.ts'
import type { RatingDraft, RoomActivity, RoomClosing, RoomDraft, StartedRoom, VisitorRoom } from './rooms.ts'
import type { WebhookHint, WebhookRequest } from './webhooks.ts'

/** Context of every adapter call, next to the method's own arguments: adapters use no ambient state. */
export interface CallContext {
  readonly caller: Caller
  /** Aborts when the client disconnects. The adapter adds its own timeout to every upstream request. */
  readonly signal: AbortSignal
  readonly log: Logger
  /** The urgency of the upstream requests of this call; `interactive` where it is absent. */
  readonly priority?: Priority
  /** The allowance of the operation that makes the call; absent where no operation does. */
  readonly allowance?: CallAllowance
  /** The client address that limits are counted by; null or absent where it is not known. */
  readonly clientAddress?: string | null
}

/** One result per requested id, in the same order: the object, null where it is absent or not visible, or an error. */
export type Batch<T> = readonly (T | null | ChatError)[]

/**
 * One configured account of a chat backend. It takes and returns native ids and plain model objects, and throws
 * `ChatError`s. `supports` declares its capabilities: a method of an unsupported capability is never called. A read
 * returns null for what is absent or not visible to the caller.
 */
export interface ChatAdapter {
  /** The configured name, unique in a gateway. */
  readonly name: string
  /** The kind of the provider's definition (`src/providers`). */
  readonly kind: string
  readonly supports: CapabilityManifest
  /**
   * Whether the provider has recently accepted this caller's credential; until then the caller's limits are low. Always
   * true for callers without a credential of their own.
   */
  isVerified(caller: Caller): boolean
  /** Whether the provider shows a room differently to agents and visitors: other ids, e-mail addresses, notes. */
  readonly hasViewPerRole: boolean
  /** IANA time zone of the days of its offline messages. */
  readonly timeZone: string

  /** The health as of the latest requests; sends a request only where nothing is known yet. */
  getHealth(call: CallContext): Promise<ProviderHealth>
  /** Whether an agent is available for a new conversation; null where the provider does not say. */
  isOnline(call: CallContext): Promise<boolean | null>
  listDepartments(call: CallContext): Promise<readonly Department[]>
  getDepartments(ids: readonly string[], call: CallContext): Promise<Batch<Department>>
  /** Whether an agent of each department is available for a new conversation; null where the provider does not say. */
  getDepartmentsOnline(ids: readonly string[], call: CallContext): Promise<Batch<boolean>>
  /**
   * The form that visitors fill in before a conversation with this department, or before one without a department. Null where
   * the provider does not say what it asks. All callers share what was read in the last minute.
   */
  getPreChatForm(departmentId: string | null, call: CallContext): Promise<PreChatForm | null>

  getRooms(ids: readonly string[], call: CallContext): Promise<Batch<Room>>
  /**
   * Whether the provider allows so few reads of a room in this view that the gateway reads it only when a change is
   * expected.
   */
  isRoomReadScarce(view: RoomView): boolean
  /**
   * Lists rooms lazily, latest activity first; `resume` continues after the item with that token. The provider filters as
   * far as it can; the caller applies `matchesRoomQuery` again. Throws UNSUPPORTED, before any request, for a query that
   * neither can apply.
   */
  listRooms(query: RoomQuery, resume: string | null, call: CallContext): AsyncIterable<RoomItem>
  /** Counts the matches exactly; null where that takes more than one request. Throws UNSUPPORTED as `listRooms` does. */
  countRooms(query: RoomQuery, call: CallContext): Promise<number | null>
  /** Whether a visitor's token is this account's, as far as is known without a request; false for other callers. */
  ownsToken(caller: Caller): boolean
  /**
   * Lists the rooms of the visitor that calls, newest first, closed ones where the provider lists them; empty for other callers.
   * Throws UNAUTHENTICATED for a token that the provider does not accept.
   */
  listVisitorRooms(call: CallContext): Promise<readonly VisitorRoom[]>
  /**
   * Counts rooms and agents: one entry for the whole provider, then one per department that rooms or agents belong to. The
   * number of requests is bounded, whatever the number of rooms. `range` bounds when rooms closed, and when those that are
   * queued began to wait.
   */
  readStatistics(range: TimeRange, call: CallContext): Promise<readonly Statistics[]>
  /**
   * Reads details of visitors by their native ids, for operators. The method is null where the documents of rooms contain
   * them.
   */
  readonly getVisitorDetails:
    | ((visitorIds: readonly string[], call: CallContext) => Promise<Batch<VisitorDetails>>)
    | null
  /**
   * What the caller can do in this room now. Sends no request, except to find the caller's own agent where the answer depends on
   * it. A failure of that request is no error: what depends on it follows from the room alone.
   */
  getRoomCapabilities(room: Room, call: CallContext): Promise<readonly RoomCapability[]>
  /**
   * Opens a room as a new visitor, or as the visitor whose token the caller sends: then it returns that visitor's open room if
   * there is one, and sends the text there.
   */
  startRoom(draft: RoomDraft, call: CallContext): Promise<StartedRoom>
  /**
   * Issues a new token for the visitor that an earlier `startRoom` identified by `visitorId`. Throws INVALID_INPUT at
   * `renewalToken` if the provider does not know the visitor any more. Can be repeated.
   */
  renewVisitor(visitorId: string, call: CallContext): Promise<string>
  closeRoom(roomId: string, closing: RoomClosing, call: CallContext): Promise<void>

  // Each of the next four returns the room in the state after the write; null where the write took no read of it.
  // They throw ROOM_CLOSED for a closed room, and CONFLICT for a room on hold.
  /**
   * Makes the caller's own agent serve the room. Succeeds if it serves the room already; throws CONFLICT that names the
   * current agent if another agent serves it.
   */
  takeRoom(roomId: string, call: CallContext): Promise<Room | null>
  /**
   * Makes an agent serve the room, in place of any other agent. Succeeds if the agent serves it already; throws
   * CONFLICT for an agent that is not available, and INVALID_INPUT at `agentId` for one that does not exist.
   */
  assignRoom(roomId: string, agentId: string, comment: string | null, call: CallContext): Promise<Room | null>
  /**
   * Transfers the room to a department, where the provider assigns an agent or queues the room. Succeeds if the room is in that department
   * already; throws CONFLICT if nobody there can take it, and INVALID_INPUT at `departmentId` for an unknown department.
   */
  transferRoom(
    roomId: string,
    departmentId: string,
    comment: string | null,
    call: CallContext,
  ): Promise<Room | null>
  /**
   * Puts the room back into its queue; the provider may assign it again at once. Succeeds if the room is queued. Throws
   * UNSUPPORTED, and leaves the agent in the room, where the account has no queue that the room could return to.
   */
  requeueRoom(roomId: string, call: CallContext): Promise<Room | null>
  /**
   * Replaces the tags of the room, open or closed. Throws INVALID_INPUT at `tags` for a tag that the provider does not
   * have; then no tag was removed, and tags before it may have been added.
   */
  setRoomTags(roomId: string, tags: readonly string[], call: CallContext): Promise<void>
  /**
   * Rates the room, open or closed, as its visitor; a rating replaces the one before. Throws INVALID_INPUT at `score` for
   * a score that the provider does not have.
   */
  rateRoom(roomId: string, rating: RatingDraft, call: CallContext): Promise<void>
  /**
   * Has the provider mail the transcript of the room, now or when the room closes. After a lost response it is OUTCOME_UNKNOWN
   * where a repetition would be a second mail.
   */
  requestTranscript(roomId: string, email: string, call: CallContext): Promise<void>

  /**
   * Lists all agents of the account, as they were at most a few seconds ago. All callers share the list, and see at once
   * what this adapter changed.
   */
  listAgents(call: CallContext): Promise<readonly Agent[]>
  /**
   * Counts the rooms that each agent serves now, by the agent's id; an agent without rooms may be absent. Null where
   * counting would take too many requests.
   */
  countActiveRooms(call: CallContext): Promise<ReadonlyMap<string, number> | null>
  /** The id of the agent that the caller's writes appear as; null where it cannot be determined. */
  findOwnAgentId(call: CallContext): Promise<string | null>
  /** The agent with that id, whether or not the account lists it; null where it cannot be determined. */
  findOwnAgent(call: CallContext): Promise<Agent | null>
  /** Throws CONFLICT where the provider keeps the current status, such as that of an agent who is not online. */
  setAgentStatus(agentId: string, acceptingChats: boolean, call: CallContext): Promise<void>

  getMessages(refs: readonly MessageRef[], call: CallContext): Promise<Batch<Message>>
  /**
   * Reads a page of a room's messages. Throws NOT_FOUND, for any window, if the room is absent or not visible to the caller:
   * a page is the proof of access to the room where nothing else of it is requested.
   */
  listMessages(roomId: string, window: MessageWindow, call: CallContext): Promise<MessagePage>
  /**
   * Reads which rooms of the account had activity since `syncToken`, with as few requests as possible; null starts and
   * returns no rooms. Activity during the call is returned by this call or by the next one. It is called with an
   * operator's credential. The method is null where the account cannot provide this.
   */
  readonly readRoomActivity: ((syncToken: string | null, call: CallContext) => Promise<RoomActivity>) | null
  /** Lower bound in milliseconds of how far the provider's clock is ahead (negative: behind); 0 while they are close. */
  clockSkewMs(): number
  /**
   * Roughly how many milliseconds a background poll is currently queued by the rate limiter; 0 while none is queued.
   */
  backgroundDelayMs(): number
  /** Reads at least the newest page, and all messages at or after `from` as far back as the provider allows. */
  readRecentMessages(roomId: string, from: Position | null, call: CallContext): Promise<RecentMessages>
  sendMessage(draft: MessageDraft, call: CallContext): Promise<Message>
  /**
   * Sends a file as a message. Aborts the upload when `body` fails, and throws FileRejected for a file that the provider
   * does not accept: before the first byte where its limits are known.
   */
  sendFile(draft: FileDraft, call: CallContext): Promise<SentFile>
  /**
   * Opens the file of an attachment that the caller has just read in a message: that is the proof of access. Throws
   * NOT_FOUND where the provider keeps no such file. `call.signal` also ends the body.
   */
  openFile(attachment: Attachment, range: FileRange, call: CallContext): Promise<OpenedFile>
  updateMessage(ref: MessageRef, text: string, call: CallContext): Promise<Message>
  /** Returns the time of the deletion where the provider reports it. */
  deleteMessage(ref: MessageRef, call: CallContext): Promise<Date | null>

  /** Returns the native id under which the provider lists the message; null where it assigns none. */
  sendOfflineMessage(draft: OfflineMessageDraft, call: CallContext): Promise<string | null>
  getOfflineMessages(keys: readonly string[], call: CallContext): Promise<Batch<OfflineMessage>>
  /** Lists offline messages lazily, newest first; `resume` continues after the item with that token. */
  listOfflineMessages(
    query: OfflineMessageQuery,
    resume: string | null,
    call: CallContext,
  ): AsyncIterable<OfflineMessageItem>
  /** Counts the matches; null where that takes more than one request. */
  countOfflineMessages(query: OfflineMessageQuery, call: CallContext): Promise<number | null>

  /**
   * Shows the other participants that the caller types, or has stopped. Callers repeat `true` every few seconds while it
   * lasts. Throws ROOM_CLOSED for a closed room. A signal that cannot be sent now is dropped without an error.
   */
  setTyping(roomId: string, typing: boolean, call: CallContext): Promise<void>
  /** Marks the messages up to this one as seen by the caller. Throws NOT_FOUND for an unknown message. */
  markSeen(ref: MessageRef, call: CallContext): Promise<void>
  /** What the provider pushes over its own sockets; null where it does not, or is configured not to. */
  readonly push: ProviderPush | null

  /**
   * Parses a webhook; returns null where it lacks the secret, and never throws. The method is null where no webhook is
   * configured.
   */
  readonly parseWebhook: ((request: WebhookRequest) => WebhookHint | null) | null

  close(): Promise<void>
}

/** The adapters of a gateway by their configured names, in the order of the configuration. */
export interface AdapterRegistry {
  readonly all: readonly ChatAdapter[]
  find(name: string): ChatAdapter | null
}
