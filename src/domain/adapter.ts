import type { Logger } from 'pino'
import type { RoomView } from '../cursor/room-state-version.ts'
import type { CallAllowance } from './call-allowance.ts'
import type { Caller } from './caller.ts'
import type { CapabilityManifest, RoomCapability } from './capability.ts'
import type { ChatError } from './errors.ts'
import type {
  Department,
  Message,
  MessageRef,
  OfflineMessage,
  Position,
  ProviderHealth,
  Room,
  RoomStatus,
} from './model.ts'
import type { Priority } from './priority.ts'

/** What every adapter method is told beside its own arguments: nothing is ambient. */
export interface CallContext {
  readonly caller: Caller
  /** Aborts when the client leaves. The adapter adds its own deadline to every upstream call. */
  readonly signal: AbortSignal
  readonly log: Logger
  /** How urgent the upstream requests of this call are; `interactive` by default. */
  readonly priority?: Priority
  /** What the operation that causes it may cost; absent where no operation does. */
  readonly allowance?: CallAllowance
  /** Where the caller comes from, as limits count it; null or absent where that is not known. */
  readonly clientAddress?: string | null
}

/** Same length and order as the ids asked for: found, looked for and absent (or not the caller's), or failed. */
export type Batch<T> = readonly (T | null | ChatError)[]

/** Which messages of a room are wanted: the newest or the oldest `limit` of those within all bounds. */
export interface MessageWindow {
  readonly take: 'newest' | 'oldest'
  readonly limit: number
  /** Exclusive. */
  readonly after: Position | null
  /** Exclusive. */
  readonly before: Position | null
  /** Inclusive. */
  readonly since: Date | null
  /** Exclusive. */
  readonly until: Date | null
}

/** Messages oldest first, and whether the window holds more on either side. */
export interface MessagePage {
  readonly messages: readonly Message[]
  readonly hasEarlier: boolean
  readonly hasLater: boolean
}

/**
 * The newest messages of a room, oldest first, with every message of the room at or after `from`. Null means
 * from its very beginning.
 */
export interface RecentMessages {
  readonly messages: readonly Message[]
  readonly from: Position | null
  /** Whether some were left out because they could not be read: then what is absent may be there. */
  readonly hasUnreadableMessages?: boolean
  /**
   * A text that is another one whenever the answer shows that the room's own state (status, agents, department, tags)
   * may have changed since an earlier read. Absent where the provider's answer shows nothing of the room.
   */
  readonly roomRevision?: string
}

export interface RoomDraft {
  readonly name: string | null
  readonly email: string | null
  readonly departmentId: string | null
  readonly text: string | null
  /** Bound to its caller and not to be guessed: the same key and input from another caller come as another key. */
  readonly idempotencyKey: string | null
}

export interface StartedRoom {
  readonly room: Room
  /** The visitor's credential at the provider: a secret of this visitor. */
  readonly visitorToken: string
}

export interface MessageDraft {
  readonly roomId: string
  readonly text: string
  readonly idempotencyKey: string | null
}

export interface OfflineMessageDraft {
  readonly name: string
  readonly email: string
  readonly text: string
  /** The provider's department id or name. */
  readonly department: string | null
  readonly host: string | null
}

/** Days are `YYYY-MM-DD`, both inclusive; null takes the provider's default of the last seven days. */
export interface OfflineMessageQuery {
  readonly from: string | null
  readonly to: string | null
  readonly departmentId: string | null
  readonly text: string | null
}

/** An offline message with the place in its provider's list from which the next page goes on. */
export interface OfflineMessageItem {
  readonly message: OfflineMessage
  readonly resumeToken: string
}

/** Which rooms; null leaves a field out. `createdFrom` is inclusive, `createdTo` exclusive. */
export interface RoomQuery {
  readonly status: readonly RoomStatus[] | null
  readonly departmentId: string | null
  readonly createdFrom: Date | null
  readonly createdTo: Date | null
}

/** A room with the place in its provider's list from which the next page goes on. */
export interface RoomItem {
  readonly room: Room
  readonly resumeToken: string
}

/** A room in which something happened; `room` is how it stands now, where the provider's answer carried it. */
export interface ActiveRoom {
  readonly roomId: string
  readonly room: Room | null
}

/** In which rooms something happened since a mark. */
export interface RoomActivity {
  /** Each room once. */
  readonly rooms: readonly ActiveRoom[]
  /** What to go on from; only the adapter that made it can read it. */
  readonly syncToken: string
  /** False where more may have happened than is told here: any room may have changed. */
  readonly isComplete: boolean
}

/** A vendor's webhook as it came: header names in lower case, the body as parsed JSON of any shape. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: unknown
}

/** Where a webhook says that something happened. It is a reason to look there now, never the truth. */
export interface WebhookHint {
  readonly roomIds: readonly string[]
  /** Offline messages may have come. */
  readonly hasOfflineMessages: boolean
}

/**
 * One configured account of a chat backend. Native ids and plain model objects in and out; failures are
 * `ChatError`s. `supports` says beforehand what it can do: a method behind a capability that the manifest
 * refuses is never called. A read answers null for what is absent or not the caller's to see.
 */
export interface ChatAdapter {
  /** The configured name, unique in a gateway. */
  readonly name: string
  /** Kind of the provider's definition (`src/providers`). */
  readonly kind: string
  readonly supports: CapabilityManifest
  /**
   * Whether the provider has accepted this caller's credential lately. Until then the caller gets little. True of all
   * who come without a credential of their own.
   */
  isVerified(caller: Caller): boolean
  /** Whether agents and visitors are shown a room differently: other ids, e-mail addresses, notes. */
  readonly hasViewPerRole: boolean
  /** IANA zone in which the days of its offline messages are counted. */
  readonly timeZone: string

  /** What the last calls told; asks the provider only where nothing is known yet. */
  getHealth(call: CallContext): Promise<ProviderHealth>
  /** Whether anybody is there to answer a new conversation; null where the provider does not tell. */
  isOnline(call: CallContext): Promise<boolean | null>
  listDepartments(call: CallContext): Promise<readonly Department[]>
  getDepartments(ids: readonly string[], call: CallContext): Promise<Batch<Department>>

  getRooms(ids: readonly string[], call: CallContext): Promise<Batch<Room>>
  /**
   * Whether the provider allows this view so few reads of a room that the gateway makes none of its own without a reason
   * to expect a change.
   */
  isRoomReadScarce(view: RoomView): boolean
  /**
   * Latest activity first, read lazily; `resume` goes on behind the item that carried it. The provider is asked
   * for what it can filter; the caller filters by the whole query again.
   */
  listRooms(query: RoomQuery, resume: string | null, call: CallContext): AsyncIterable<RoomItem>
  /** What the caller may do in this room now. Asks nobody. */
  getRoomCapabilities(room: Room, caller: Caller): readonly RoomCapability[]
  startRoom(draft: RoomDraft, call: CallContext): Promise<StartedRoom>
  closeRoom(roomId: string, comment: string | null, call: CallContext): Promise<void>

  getMessages(refs: readonly MessageRef[], call: CallContext): Promise<Batch<Message>>
  listMessages(roomId: string, window: MessageWindow, call: CallContext): Promise<MessagePage>
  /**
   * In which rooms of the account something happened since `mark`, in as few calls as can be; null begins: it
   * tells of no room. What happens while it reads is told now or by the next call, never by neither. Asked with
   * an operator's credential. Null itself where the account cannot tell.
   */
  readonly readRoomActivity: ((mark: string | null, call: CallContext) => Promise<RoomActivity>) | null
  /** Milliseconds by which the provider's clock is at least ahead of this one's, negative behind; 0 while near. */
  clockSkewMs(): number
  /**
   * Roughly how many milliseconds a background look waits now before it is sent, because the provider limits the
   * rate of calls; 0 while none waits.
   */
  backgroundDelayMs(): number
  /** At least the newest page, and everything at or after `from` as far as the provider can be read back. */
  readRecentMessages(roomId: string, from: Position | null, call: CallContext): Promise<RecentMessages>
  sendMessage(draft: MessageDraft, call: CallContext): Promise<Message>
  updateMessage(ref: MessageRef, text: string, call: CallContext): Promise<Message>
  /** Answers when it was deleted, where the provider says so. */
  deleteMessage(ref: MessageRef, call: CallContext): Promise<Date | null>

  /** Answers the native id of what the provider stored, by which its list shows it; null where it names none. */
  sendOfflineMessage(draft: OfflineMessageDraft, call: CallContext): Promise<string | null>
  getOfflineMessages(keys: readonly string[], call: CallContext): Promise<Batch<OfflineMessage>>
  /** Newest first, read lazily; `resume` goes on behind the item that carried it. */
  listOfflineMessages(
    query: OfflineMessageQuery,
    resume: string | null,
    call: CallContext,
  ): AsyncIterable<OfflineMessageItem>
  /** How many match, or null where that cannot be told in one call. */
  countOfflineMessages(query: OfflineMessageQuery, call: CallContext): Promise<number | null>

  /**
   * Gives the hint of a webhook, or null where it does not carry the secret; never throws. Null itself where no
   * webhook is configured.
   */
  readonly parseWebhook: ((request: WebhookRequest) => WebhookHint | null) | null

  close(): Promise<void>
}

/** The adapters of a gateway by their configured names, in the order of the configuration. */
export interface AdapterRegistry {
  readonly all: readonly ChatAdapter[]
  find(name: string): ChatAdapter | null
}
