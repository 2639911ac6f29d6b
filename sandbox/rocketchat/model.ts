// The stored documents, field for field as REST shows them (docs/providers/rocketchat.md 10); dates leave as
// ISO strings.

/** The author of a message or action: a user, or a visitor. */
export interface UserRef {
  readonly _id: string
  readonly username: string
  readonly name?: string
}

/** An uploaded file, as messages name it. */
export interface FileRef {
  readonly _id: string
  readonly name: string
  readonly type: string
  /** Bytes; absent on visitors' files. */
  readonly size?: number
}

/** A message of a room, or a system message. */
export interface Message {
  readonly _id: string
  readonly rid: string
  readonly msg: string
  readonly ts: Date
  readonly u: UserRef
  readonly _updatedAt: Date
  /** Present on a visitor's messages. It is the visitor's secret. */
  readonly token?: string
  readonly alias?: string
  /** Present on system messages; `rm` marks a removed one. */
  readonly t?: string
  readonly groupable?: boolean
  readonly urls?: readonly { readonly url: string; readonly meta: Readonly<Record<string, string>> }[]
  readonly mentions?: readonly unknown[]
  readonly channels?: readonly unknown[]
  readonly md?: readonly unknown[]
  readonly reactions?: Readonly<Record<string, { readonly usernames: readonly string[] }>>
  readonly blocks?: readonly Readonly<Record<string, unknown>>[]
  readonly attachments?: readonly Readonly<Record<string, unknown>>[]
  readonly file?: FileRef
  readonly files?: readonly FileRef[]
  readonly transferData?: Readonly<Record<string, unknown>>
  readonly editedAt?: Date
  readonly editedBy?: UserRef
  readonly _hidden?: boolean
  /** The message that this hidden document is an old version of. */
  readonly parent?: string
}

/** A livechat room: one visitor, one conversation. */
export interface Room {
  readonly _id: string
  readonly t: 'l'
  readonly fname: string
  readonly ts: Date
  readonly lm: Date
  readonly _updatedAt: Date
  readonly v: {
    readonly _id: string
    readonly username: string
    readonly token: string
    readonly status: string
    readonly name?: string
    readonly phone?: string
  }
  readonly source: { readonly type: 'api' | 'widget'; readonly destination?: string }
  readonly msgs: number
  readonly usersCount: number
  /** Absent once the visitor's messages are answered. */
  readonly waitingResponse?: true
  /** Absent once the room is closed. */
  readonly open?: true
  readonly queuedAt?: Date
  readonly onHold?: true
  readonly departmentId?: string
  readonly servedBy?: { readonly _id: string; readonly username: string; readonly ts: Date }
  readonly lastMessage?: Message
  readonly tags?: readonly string[]
  readonly topic?: string
  /** The visitor's latest rating; each one replaces all of it. */
  readonly surveyFeedback?: Readonly<Record<string, string>>
  /** A transcript that an agent asked for, which is sent when the room closes. */
  readonly transcriptRequest?: { readonly email: string; readonly subject: string }

  readonly livechatData?: Readonly<Record<string, string>>
  /** Kinds of system messages that this room does not show. */
  readonly sysMes?: readonly string[]
  readonly closedAt?: Date
  readonly closer?: 'user' | 'visitor'
  readonly closedBy?: UserRef
  readonly metrics?: RoomMetrics
}

/** Times of a room; durations are in seconds (docs/providers/rocketchat.md 16.2). */
export interface RoomMetrics {
  /** Time of the visitor's first message in the current or latest round of unanswered messages. */
  readonly v?: { readonly lq: Date }
  readonly response?: {
    readonly fd: Date
    readonly ft: number
    readonly total: number
    readonly tt: number
    readonly avg: number
  }
  readonly chatDuration?: number
  readonly serviceTimeDuration?: number
}

/** A visitor, known by a token that they chose themselves. */
export interface Visitor {
  readonly _id: string
  readonly token: string
  readonly username: string
  readonly name?: string
  readonly visitorEmails?: readonly { readonly address: string }[]
  readonly phone?: readonly { readonly phoneNumber: string }[]
  readonly department?: string
  readonly status: string
  readonly livechatData?: Readonly<Record<string, string>>
  /** The room that was opened last. */
  readonly lastChat?: { readonly _id: string; readonly ts: Date }
  readonly ts: Date
  readonly _updatedAt: Date
}

/** A custom field that an administrator has defined. */
export interface CustomFieldDefinition {
  /** The key. */
  readonly _id: string
  readonly label: string
  readonly scope: 'visitor' | 'room'
  readonly visibility: 'visible' | 'hidden'
  readonly required: boolean
  readonly regexp?: string
  /** Whether the form that visitors see before a conversation asks for it. */
  readonly public?: boolean
  /** `input` if absent. */
  readonly type?: 'input' | 'select'
  /** Of a `select`, with commas between them. */
  readonly options?: string
}

/** A user of the workspace. Those with the role `livechat-agent` take chats. */
export interface Agent {
  readonly _id: string
  readonly username: string
  readonly name: string
  readonly emails: readonly { readonly address: string; readonly verified: boolean }[]
  readonly status: 'online' | 'away' | 'busy' | 'offline'
  readonly statusLivechat: 'available' | 'not-available'
  /** The ceiling of rooms; absent for none. */
  readonly maxNumberSimultaneousChat?: number
  readonly roles: readonly string[]
}

/** A group of agents that visitors may choose. */
export interface Department {
  readonly _id: string
  readonly name: string
  readonly description: string
  readonly email: string
  readonly enabled: boolean
  readonly showOnRegistration: boolean
  readonly showOnOfflineForm: boolean
  readonly agentIds: readonly string[]
  /** Rooms of it are closed with tags only. */
  readonly requestTagBeforeClosingChat?: boolean
  /** Tags that every closed room of it receives. */
  readonly chatClosingTags?: readonly string[]
}

/** The mail of an offline message. The server stores nothing else of it. */
export interface OfflineMail {
  readonly name: string
  readonly email: string
  readonly message: string
  readonly department?: string
  readonly host?: string
  /** The recipient: the department's address, else the one of the settings. */
  readonly to: string
  readonly at: Date
}

/** The mail of a transcript. */
export interface TranscriptMail {
  readonly rid: string
  /** The recipient. */
  readonly to: string
  readonly at: Date
}
