import type { MicrosTimestamp } from './timestamps.ts'

/** `{namespace: {name: value}}` (docs/providers/livechat.md 9). */
export type Properties = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** The visibility of an event or an agent in a chat: all, or agents only. */
export type Visibility = 'all' | 'agents'

/** Agents of role `normal` see less than the others (docs/providers/livechat.md 3.4). */
export type AgentRole = 'owner' | 'viceowner' | 'administrator' | 'normal'

/** Whether routing gives the agent new chats. */
export type RoutingStatus = 'accepting_chats' | 'not_accepting_chats' | 'offline'

/** An agent of the licence. */
export interface Agent {
  /** The e-mail address, which is the id on the agent side (docs/providers/livechat.md 4). */
  readonly id: string
  /** Opaque 32 hex digits, the id on the customer side. */
  readonly customerSideId: string
  /** Basic user of this agent's personal access tokens. */
  readonly accountId: string
  readonly name: string
  readonly avatar: string
  readonly jobTitle: string
  readonly role: AgentRole
  readonly groupIds: readonly number[]
  readonly maxChats: number
  routingStatus: RoutingStatus
}

/** A form that customers fill in. */
export interface Form {
  readonly id: string
  readonly fields: readonly FormField[]
}

/** A field of a form; published forms have headers without an id. */
export interface FormField {
  readonly id?: string
  readonly type: string
  readonly label: string
  readonly required?: boolean
  readonly options?: readonly { readonly id: string; readonly label: string; readonly group_id?: number }[]
}

/** A group of agents; group 0 contains all. Its ids are the classic API's skills. */
export interface Group {
  readonly id: number
  readonly name: string
  readonly languageCode: string
}

/** A tag that threads may carry. */
export interface Tag {
  readonly name: string
  readonly groupIds: readonly number[]
  readonly authorId: string
  readonly createdAt: MicrosTimestamp
}

/** A visitor known to the licence. */
export interface Customer {
  /** UUID, the same on both sides. */
  readonly id: string
  readonly createdAt: MicrosTimestamp
  name?: string
  email?: string
  avatar?: string
  phoneNumber?: string
  sessionFields: readonly Readonly<Record<string, string>>[]
  readonly country: string
  readonly countryCode: string
  readonly city: string
  readonly timeZone: string
  readonly tickets: { readonly ticketId: string; readonly createdAt: MicrosTimestamp }[]
}

/** A user of a chat, as that chat knows them. */
export interface ChatUser {
  readonly type: 'agent' | 'customer'
  readonly id: string
  present: boolean
  visibility: Visibility
  seenUpTo: MicrosTimestamp | null
}

/** What is needed to add an event to a thread. */
export interface EventDraft {
  readonly type: string
  /** Absent on system messages. */
  readonly authorId?: string
  readonly visibility?: Visibility
  readonly customId?: string
  readonly properties?: Properties
  /** The fields of this type, as they go over the wire (docs/providers/livechat.md 3.5). */
  readonly fields: Readonly<Record<string, unknown>>
}

/**
 * A stored event. Only its deletion and the platform can change it, because no API version can edit an event
 * (docs/providers/livechat.md 3.4).
 */
export interface StoredEvent extends EventDraft {
  readonly id: string
  readonly createdAt: MicrosTimestamp
  readonly visibility: Visibility
  deleted: boolean
}

/** One session of a chat; only the newest can be active. */
export interface Thread {
  readonly id: string
  readonly createdAt: MicrosTimestamp
  readonly groupIds: readonly number[]
  readonly userIds: string[]
  readonly events: StoredEvent[]
  readonly tags: string[]
  active: boolean
  properties: Properties
  /** The number of the newest event id. Hidden events count too, so visible ids may have gaps. */
  lastNumber: number
  /** Set where the plan does not reach so far back; the events are withheld then. */
  restrictedAccess?: string
  queue?: { readonly position: number; readonly waitSeconds: number; readonly queuedAt: MicrosTimestamp }
}

/** A room: one customer, its threads oldest first. */
export interface Chat {
  readonly id: string
  readonly createdAt: MicrosTimestamp
  readonly users: ChatUser[]
  readonly threads: Thread[]
  /** Ids of agents that receive the pushes of the chat without being in it, until it is reactivated. */
  readonly followerIds: Set<string>
  properties: Properties
  groupIds: readonly number[]
}
