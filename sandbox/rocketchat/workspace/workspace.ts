import { EventEmitter } from 'node:events'
import type {
  Agent,
  CustomFieldDefinition,
  Department,
  Message,
  OfflineMail,
  Room,
  TranscriptMail,
  UserRef,
  Visitor,
} from '../model.ts'
import type { Profile } from '../profiles.ts'
import type { Settings } from '../settings.ts'
import type { StoredFile } from './files.ts'
import { InsertGate } from './insert-gate.ts'
import { MessageStore } from './message-store.ts'
import { defaultPermissionRoles, type Permission } from './permissions.ts'
import { RoomCollection } from './room-collection.ts'
import { Vetoes } from './vetoes.ts'

/** The cause of a write: a call of the API, or the test, demo or seed inside the process. */
export type WriteCause = 'api' | 'inside'

/** The events of a workspace. Emitted after the write is stored. */
export interface WorkspaceEvents {
  readonly message: [message: Message, cause: WriteCause]
  readonly edited: [message: Message]
  readonly deleted: [message: Message]
  readonly opened: [room: Room]
  /** A room went to an agent. */
  readonly taken: [room: Room]
  /** A room went back to the queue. */
  readonly queued: [room: Room]
  /** A room went to another agent or department. */
  readonly forwarded: [room: Room, previous: Room]
  readonly closed: [room: Room]
  /** A write that no reader sees as an edit, such as a link's preview. */
  readonly touched: [message: Message]
  readonly mail: [mail: OfflineMail]
  /** A message that a retention policy removed. */
  readonly pruned: [message: Message]
  /** Any write of a room; several belong to one action. */
  readonly roomWritten: [room: Room]
  /** A room that was removed with its visitor. */
  readonly roomRemoved: [room: Room]
  /** A user is in a room from now on. */
  readonly joined: [rid: string, userId: string]
  /** A user is in a room no more. */
  readonly left: [rid: string, userId: string]
  /** Somebody began or stopped typing; nothing is stored. */
  readonly typing: [typing: Typing]
  /** The presence of an agent. */
  readonly presence: [agent: Agent]
  /** The place of a room in the queue, which only licensed servers report; null once it is no longer queued. */
  readonly queuePosition: [rid: string, position: QueuePosition | null]
  /** A login token that became unknown. */
  readonly loggedOut: [token: string]
}

/** What a client sends while somebody types. */
export interface Typing {
  readonly rid: string
  /** An agent's username; whatever a visitor's client sends. */
  readonly name: string
  readonly isTyping: boolean
  /** The visitor's, for a visitor. */
  readonly token?: string
}

/** A room's place in the queue, the first being 1, and the expected wait. */
export interface QueuePosition {
  readonly spot: number
  readonly estimatedWaitTimeSeconds: number
}

/** The source of the server's dates and ids. Seeding replaces both for a while, to write the past with known ids. */
export interface Host {
  /** Epoch ms; the clock of every date the server writes. */
  now: () => number
  newId: () => string
}

/** What the trash keeps of a deleted document. */
export interface TrashedDocument {
  readonly _id: string
  /** The room of a deleted message; a deleted room's own id. */
  readonly rid: string
  readonly _deletedAt: Date
}

/** The state of one emulated server. The functions in this folder change it; the routes call them. */
export interface Workspace {
  readonly profile: Profile
  readonly settings: Settings
  readonly host: Host
  readonly messages: MessageStore
  readonly rooms: Map<string, Room>
  /** Uploaded files by id. */
  readonly files: Map<string, StoredFile>
  /** By token. */
  readonly visitors: Map<string, Visitor>
  readonly agents: Map<string, Agent>
  readonly departments: Map<string, Department>
  /** By key. */
  readonly customFields: Map<string, CustomFieldDefinition>
  /** User ids by login token. */
  readonly logins: Map<string, string>
  /** Passwords by user id, of those who can log in with one. */
  readonly passwords: Map<string, string>
  /** Ids of the users who are in a room, by room: closing it empties it. */
  readonly subscriptions: Map<string, Set<string>>
  /** When members last read a room, by `<room id> <user id>`. */
  readonly readAt: Map<string, Date>
  /** Rooms without an agent whose inquiry still counts as taken (docs/providers/rocketchat.md 12.4). */
  readonly strandedRooms: Set<string>
  /** The roles that hold a permission. */
  readonly permissionRoles: Map<Permission, readonly string[]>
  /** Deleted messages and rooms, oldest first. */
  readonly trash: { readonly messages: TrashedDocument[]; readonly rooms: TrashedDocument[] }
  readonly mails: OfflineMail[]
  /** Transcripts that were sent, oldest first. */
  readonly transcripts: TranscriptMail[]
  /** Tokens of visitors whose contact is blocked. */
  readonly blocked: Set<string>
  readonly gate: InsertGate
  readonly vetoes: Vetoes
  readonly events: EventEmitter<WorkspaceEvents>
}

/** An empty workspace. */
export function createWorkspace(profile: Profile, settings: Settings, host: Host): Workspace {
  const events = new EventEmitter<WorkspaceEvents>()
  return {
    profile,
    settings,
    host,
    messages: new MessageStore(),
    rooms: new RoomCollection((room) => events.emit('roomWritten', room)),
    files: new Map(),
    visitors: new Map(),
    agents: new Map(),
    departments: new Map(),
    customFields: new Map(),
    logins: new Map(),
    passwords: new Map(),
    subscriptions: new Map(),
    readAt: new Map(),
    strandedRooms: new Set(),
    permissionRoles: defaultPermissionRoles(),
    trash: { messages: [], rooms: [] },
    mails: [],
    transcripts: [],
    blocked: new Set(),
    gate: new InsertGate(),
    vetoes: new Vetoes(),
    events,
  }
}

/** The part of a user or visitor that messages and rooms keep of it. */
export function refOf({ _id, username, name }: UserRef): UserRef {
  return { _id, username, ...(name !== undefined && { name }) }
}
