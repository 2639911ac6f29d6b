/** The types of the domain: plain objects with native ids, and `null` for what is not known; nothing is guessed. */

export type RoomStatus = 'QUEUED' | 'OPEN' | 'ON_HOLD' | 'CLOSED' | 'UNKNOWN'
export type ParticipantRole = 'VISITOR' | 'AGENT' | 'BOT' | 'SYSTEM' | 'UNKNOWN'
export type MessageKind = 'TEXT' | 'FILE' | 'FORM' | 'RICH' | 'SYSTEM' | 'UNKNOWN'
export type MessageVisibility = 'EVERYONE' | 'AGENTS'
export type MessageState = 'ACTIVE' | 'EDITED' | 'DELETED'
/** Markup that the text of a message can contain. */
export type MessageMarkup = 'COMMONMARK' | 'ROCKET_CHAT'
export type HealthStatus = 'UP' | 'DEGRADED' | 'DOWN' | 'UNKNOWN'
export type OfflineMessageState = 'RECEIVED' | 'QUEUED' | 'SENT' | 'UNCONFIRMED' | 'FAILED' | 'DISCARDED'

/** Event that a system message reports. `OTHER` is any other kind of event. */
export type SystemEventKind =
  | 'JOINED'
  | 'LEFT'
  | 'TRANSFERRED'
  | 'QUEUED'
  | 'CLOSED'
  | 'REOPENED'
  | 'RATED'
  | 'TAGGED'
  | 'OTHER'

export interface CustomField {
  readonly key: string
  readonly value: string
}

export interface Participant {
  readonly nativeId: string
  readonly name: string | null
  readonly email: string | null
  readonly avatarUrl: string | null
  readonly role: ParticipantRole
  readonly phone: string | null
  /** Fields of the visitor; empty for other participants. */
  readonly customFields: readonly CustomField[]
  /** Up to when the participant has seen the room. */
  readonly seenUpTo: Date | null
  /** Name of the provider to read `VisitorDetails` from, where the room's document may lack them. */
  readonly detailsProvider?: string
}

/** Details of a visitor that the room's document may lack. */
export type VisitorDetails = Pick<Participant, 'email' | 'phone' | 'customFields'>

export interface Department {
  readonly type: 'Department'
  readonly provider: string
  readonly nativeId: string
  readonly name: string | null
}

/** An agent of a provider's account, whether or not it serves a room. */
export interface Agent {
  readonly type: 'Agent'
  readonly provider: string
  /** Equal to `Participant.nativeId` of what the agent writes. */
  readonly nativeId: string
  readonly name: string | null
  readonly email: string | null
  readonly avatarUrl: string | null
  /** Whether the provider routes new rooms to the agent. */
  readonly acceptingChats: boolean | null
  /** Rooms that the agent may serve at once. */
  readonly maxRooms: number | null
  readonly departmentIds: readonly string[]
}

/** A span of time; null does not bound it. `from` is inclusive, `to` exclusive. */
export interface TimeRange {
  readonly from: Date | null
  readonly to: Date | null
}

/** Numbers of a provider, or of one of its departments; null where the provider has no data. Times in milliseconds. */
export interface Statistics {
  readonly provider: string
  /** Null for the whole provider. */
  readonly departmentId: string | null
  readonly open: number | null
  readonly queued: number | null
  readonly onHold: number | null
  readonly closed: number | null
  /** Longest wait of the rooms that are queued now. */
  readonly longestWaitMs: number | null
  /** Median wait of the rooms that are queued now. */
  readonly medianWaitMs: number | null
  /** Median time to the first response, over closed rooms. */
  readonly medianFirstResponseMs: number | null
  readonly agentsAccepting: number | null
}

/** The place of a room in the queue; each part is null where the provider does not report it. */
export interface QueuePlace {
  /** From 1. */
  readonly position: number | null
  readonly estimatedWaitMs: number | null
  readonly since: Date | null
}

/** A visitor's rating of a room. */
export interface Rating {
  /** From 1 to 5. */
  readonly score: number
  readonly comment: string | null
  readonly ratedAt: Date | null
}

/** One answer of a form that the visitor filled in. */
export interface FormAnswer {
  readonly label: string
  readonly answer: string | null
}

/** A button of a rich message. */
export interface MessageButton {
  readonly text: string
  /** The http(s) address that it opens; null for a button that answers with its text or runs a program. */
  readonly url: string | null
}

export interface Room {
  readonly type: 'Room'
  readonly provider: string
  readonly nativeId: string
  readonly status: RoomStatus
  readonly visitor: Participant | null
  readonly agents: readonly Participant[]
  readonly departmentId: string | null
  readonly tags: readonly string[]
  readonly createdAt: Date | null
  readonly closedAt: Date | null
  readonly lastActivityAt: Date | null
  /** Null unless the room is queued. */
  readonly queue: QueuePlace | null
  readonly rating: Rating | null
  readonly closedBy: Participant | null
  /** Time of the first response of an agent. */
  readonly firstResponseAt: Date | null
  /** Time of the visitor's oldest message without a response; null where there is none. */
  readonly unansweredSince: Date | null
  /** Fields of the room itself; those of the visitor are the participant's. */
  readonly customFields: readonly CustomField[]
  /** Null where the provider's room document does not embed it. */
  readonly lastMessage: Message | null
}

/**
 * The position of a message in its room. Messages are ordered by `micros`, then by `id`.
 * `micros` is the provider's creation time in whole microseconds since 1970 (LiveChat counts in them).
 */
export interface Position {
  readonly micros: number
  readonly id: string
}

/** The native ids that identify a message. Only LiveChat has a `threadId`; elsewhere it is null. */
export interface MessageRef {
  readonly roomId: string
  readonly threadId: string | null
  readonly messageId: string
}

export interface Message {
  readonly type: 'Message'
  readonly provider: string
  readonly ref: MessageRef
  readonly position: Position
  readonly kind: MessageKind
  /** Plain text with everything to read of a form or a rich message; empty for a deleted message. */
  readonly text: string
  readonly author: Participant | null
  readonly visibility: MessageVisibility
  readonly state: MessageState
  readonly createdAt: Date
  readonly editedAt: Date | null
  readonly editedBy: Participant | null
  readonly attachments: readonly Attachment[]
  /** In the order of the form; null unless `kind` is FORM. */
  readonly form: readonly FormAnswer[] | null
  /** Buttons of a rich message. */
  readonly buttons: readonly MessageButton[]
  /** Null unless `kind` is SYSTEM. */
  readonly systemEvent: SystemEventKind | null
  /** Absent for plain text. */
  readonly markup?: MessageMarkup
  /** Set on the first message of a reopened conversation: the state of the room changed with it. */
  readonly reopens?: true
  /**
   * Set on a message that another process has read: its attachments lack `providerUrl`, so this is the hash of its version
   * (`fileVersionHash`).
   */
  readonly versionHash?: string
}

/** A file or a link of a message. Message and index identify it. */
export interface Attachment {
  readonly provider: string
  readonly ref: MessageRef
  /** Position among the attachments of the message, from 0. */
  readonly index: number
  /**
   * Address of a file that the provider keeps; null if it keeps none. It can be a credential by itself, so it must not
   * reach clients, logs or the database. Also null where `versionHash` of the message is set.
   */
  readonly providerUrl: string | null
  /** Address at another host, http or https, which the gateway does not fetch; null for a file of the provider. */
  readonly externalUrl: string | null
  readonly name: string | null
  readonly contentType: string | null
  /** Bytes. */
  readonly size: number | null
}

export interface OfflineMessage {
  readonly type: 'OfflineMessage'
  readonly provider: string
  /** The provider's id, or an id of the gateway where the provider assigns none. */
  readonly key: string
  readonly nativeId: string | null
  readonly name: string | null
  readonly email: string | null
  readonly text: string
  readonly rawText: string
  readonly departmentId: string | null
  readonly receivedAt: Date | null
  /** `YYYY-MM-DD`. */
  readonly receivedOn: string | null
  readonly delivery: OfflineMessageDelivery
}

export interface OfflineMessageDelivery {
  readonly state: OfflineMessageState
  readonly attempts: number
  readonly lastError: string | null
  readonly nextAttemptAt: Date | null
}

export interface ProviderHealth {
  readonly status: HealthStatus
  readonly checkedAt: Date | null
  readonly reason: string | null
  /** Present while the provider rejects a configured credential: its server responds, and `reason` names the setting. */
  readonly isCredentialRejected?: true
}

/** The position before every message. */
export const FIRST_POSITION: Position = { micros: 0, id: '' }

/** Orders positions oldest first. */
export function comparePositions(a: Position, b: Position): number {
  if (a.micros !== b.micros) return a.micros - b.micros
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** The position of a point in time: before every message of that millisecond. */
export function positionAt(time: Date): Position {
  return { micros: time.getTime() * 1000, id: '' }
}

/** The later of two positions. */
export function laterPosition(a: Position, b: Position): Position {
  return comparePositions(a, b) < 0 ? b : a
}

/** The details of a room whose document reports none of them. */
export const NO_ROOM_DETAILS = {
  queue: null,
  rating: null,
  closedBy: null,
  firstResponseAt: null,
  unansweredSince: null,
  customFields: [],
} as const satisfies Partial<Room>

/** Details of a participant for whom the provider reports only id, name and role. */
export const NO_PARTICIPANT_DETAILS = {
  phone: null,
  customFields: [],
  seenUpTo: null,
} as const satisfies Partial<Participant>
