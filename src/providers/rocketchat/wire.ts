import { isJsonObject } from '../../domain/json.ts'
import type { CustomField } from '../../domain/model.ts'
import {
  fieldOf,
  readBoolean,
  readList,
  readNonEmptyString,
  readNumber,
  readOptional,
  readRequiredList,
  readString,
  readStringRow,
  required,
  toObject,
  type UnreadableFields,
} from '../shared/read-document.ts'
import { ResponseFormat } from '../shared/response-format.ts'
import { readAttachmentContent, readBlock } from './rich-content.ts'

/** Rocket.Chat's documents and responses (docs/providers/rocketchat.md 10), with the fields that the gateway reads. */

/** The user that wrote, edited, visits or serves. */
export interface WireUser {
  readonly _id: string
  readonly username: string | null
  readonly name: string | null
}

/** A room's visitor. */
export interface WireVisitor extends WireUser {
  readonly email: string | null
  readonly token: string | null
  readonly phone: string | null
  readonly customFields: readonly CustomField[]
}

const NO_CUSTOM_FIELDS: readonly CustomField[] = []

export type WireMessage = Readonly<ReturnType<typeof readMessage>>
export type WireAttachment = Readonly<ReturnType<typeof readAttachment>>
export type WireRoom = Readonly<ReturnType<typeof readRoom>>
export type PublicConfig = Readonly<ReturnType<typeof readPublicConfig>>
export type WireDepartment = Readonly<ReturnType<typeof readDepartment>>

/** Reads a message document. */
export function readMessage(value: unknown, unreadableFields: UnreadableFields) {
  const document = toObject(value)
  return {
    _id: required(readNonEmptyString(document['_id']), '_id'),
    /** The oldest servers omit it from responses to a write. */
    rid: readString(document['rid']),
    msg: readString(document['msg']) ?? '',
    ts: required(readDate(document['ts']), 'ts'),
    u: readOptional(document['u'], readUser, unreadableFields),
    t: readString(document['t']),
    /** Present on messages of visitors. It decides the author's role and must not leave the adapter. */
    token: readString(document['token']),
    alias: readString(document['alias']),
    isFromBot: Boolean(document['bot']),
    editedAt: readDate(document['editedAt']),
    editedBy: readOptional(document['editedBy'], readUser, unreadableFields),
    attachments: readList(document['attachments'], readAttachment, unreadableFields),
    files: readList(document['files'], readFile, unreadableFields),
    file: readOptional(document['file'], readFile, unreadableFields),
    blocks: readList(document['blocks'], readBlock, unreadableFields),
    /** Target of the transfer that a system message reports: agent, department or queue. */
    transferScope: readString(fieldOf(document['transferData'], 'scope')),
    _hidden: readBoolean(document['_hidden']),
  }
}

/** Reads a room document, of visitors, agents and lists. */
export function readRoom(value: unknown, unreadableFields: UnreadableFields) {
  const document = toObject(value)
  return {
    _id: required(readNonEmptyString(document['_id']), '_id'),
    /** `l` for livechat. */
    t: readString(document['t']),
    ts: readDate(document['ts']),
    lm: readDate(document['lm']),
    _updatedAt: readDate(document['_updatedAt']),
    /** Absent if the room is closed; null if unreadable. */
    open: document['open'] === undefined ? false : readBoolean(document['open']),
    onHold: readBoolean(document['onHold']),
    closedAt: readDate(document['closedAt']),
    servedBy: readOptional(document['servedBy'], readUser, unreadableFields),
    v: readOptional(document['v'], readVisitor, unreadableFields),
    departmentId: readString(document['departmentId']),
    queuedAt: readDate(document['queuedAt']),
    /** `user` or `visitor`. */
    closer: readString(document['closer']),
    closedBy: readOptional(document['closedBy'], readUser, unreadableFields),
    waitingResponse: readBoolean(document['waitingResponse']),
    /** Time of the visitor's first message without a response in the current round. */
    unansweredSince: readDate(fieldOf(fieldOf(document['metrics'], 'v'), 'lq')),
    firstResponseAt: readDate(fieldOf(fieldOf(document['metrics'], 'response'), 'fd')),
    customFields: readCustomFields(document['livechatData'], unreadableFields),
    /** In lists only. */
    department: readOptional(document['department'], readDepartment, unreadableFields),
    tags: readList(document['tags'], readStringRow, unreadableFields),
    surveyFeedback: readOptional(document['surveyFeedback'], readSurveyFeedback, unreadableFields),
    /** Number of messages; changes with every new or deleted message. */
    msgs: readNumber(document['msgs']),
    lastMessage: readOptional(document['lastMessage'], readMessage, unreadableFields),
  }
}

/** An error body of any of the six shapes (docs/providers/rocketchat.md 0, 18.1). */
export function readErrorBody(value: unknown) {
  return {
    error: readString(fieldOf(value, 'error')),
    errorType: readString(fieldOf(value, 'errorType')),
    message: readString(fieldOf(value, 'message')),
    /** The code of a refused upload, and otherwise a text. */
    reason: readString(fieldOf(value, 'reason')),
  }
}

/** Reads a department's id and name. */
export function readDepartment(value: unknown) {
  const { _id, name } = toObject(value)
  return { _id: required(readNonEmptyString(_id), '_id'), name: readString(name) }
}

/** A page of a room's history, newest first (docs/providers/rocketchat.md 2). */
export const historyResponse = new ResponseFormat((value, unreadableFields) =>
  readRequiredList(fieldOf(value, 'messages'), 'messages', readMessage, unreadableFields),
)

/** The message that was read or written. */
export const messageResponse = new ResponseFormat((value, unreadableFields) =>
  readMessage(fieldOf(value, 'message'), unreadableFields),
)

/** The message of a visitor's upload, at top level (docs/providers/rocketchat.md 18.1). */
export const uploadResponse = new ResponseFormat(readMessage)

/** The time of a deletion, if the response has it (docs/providers/rocketchat.md 1.4). */
export const deleteMessageResponse = new ResponseFormat((value) =>
  readDate(toObject(fieldOf(value, 'message'))['ts']),
)

/** A room. `newRoom` is false if the visitor already had an open room. */
export const roomResponse = new ResponseFormat((value, unreadableFields) => {
  const { room, newRoom } = toObject(value)
  return { room: readRoom(room, unreadableFields), newRoom: readBoolean(newRoom) }
})

/** The custom fields of a visitor, by key, and the id of its latest room: null without one, and from servers before 3.10. */
export const visitorResponse = new ResponseFormat((value) => {
  const visitor = fieldOf(value, 'visitor')
  const stored = fieldOf(visitor, 'livechatData')
  const customFields: ReadonlyMap<string, unknown> = new Map(
    isJsonObject(stored) ? Object.entries(stored) : [],
  )
  return { customFields, latestRoomId: readNonEmptyString(fieldOf(fieldOf(visitor, 'lastChat'), '_id')) }
})

/** The public configuration (GET livechat/config, docs/providers/rocketchat.md 4.5). */
export const configResponse = new ResponseFormat((value, unreadableFields) =>
  readPublicConfig(fieldOf(value, 'config'), unreadableFields),
)

/** Reads a date of any of the shapes that releases send; null for anything else. */
export function readDate(value: unknown): Date | null {
  const time = readString(value) ?? readNumber(value) ?? readNumber(fieldOf(value, '$date'))
  if (time === null) return null
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? null : date
}

/** Whether a message is in the room, as far as its document says: the oldest servers omit the room. */
export function isInRoom(message: WireMessage, roomId: string): boolean {
  return (message.rid ?? roomId) === roomId
}

function readPublicConfig(value: unknown, unreadableFields: UnreadableFields) {
  const { online, departments, settings, customFields } = toObject(value)
  return {
    online: readBoolean(online),
    /** What the server's own widget asks visitors before a conversation (docs/providers/rocketchat.md 17). */
    registration: {
      isEnabled: readBoolean(fieldOf(settings, 'registrationForm')),
      asksName: readBoolean(fieldOf(settings, 'nameFieldRegistrationForm')) === true,
      asksEmail: readBoolean(fieldOf(settings, 'emailFieldRegistrationForm')) === true,
    },
    /** The public fields of visitors, with a licence; without one the list is absent or empty. */
    customFields: readList(customFields, readFieldDefinition, unreadableFields),
    /** Whether visitors may send files. */
    fileUpload: readBoolean(fieldOf(settings, 'fileUpload')),
    departments: readList(departments, readDepartment, unreadableFields),
  }
}

/** Reads the definition of a custom field. Its options are one text, with commas between them. */
function readFieldDefinition(value: unknown) {
  const { _id, label, required: isRequired, type, options } = toObject(value)
  const texts = readString(type) === 'select' ? (readString(options) ?? '').split(',') : []
  return {
    key: required(readNonEmptyString(_id), '_id'),
    label: readNonEmptyString(label),
    isRequired: readBoolean(isRequired) === true,
    options: texts.map((text) => text.trim()).filter((text) => text !== ''),
  }
}

function readUser(value: unknown): WireUser {
  const { _id, username, name } = toObject(value)
  return { _id: required(readString(_id), '_id'), username: readString(username), name: readString(name) }
}

/** Reads a visitor, of a room or on its own. The token must not leave the adapter. */
export function readVisitor(value: unknown, unreadableFields: UnreadableFields): WireVisitor {
  const { token, visitorEmails, phone, livechatData } = toObject(value)
  return {
    ...readUser(value),
    token: readString(token),
    email: readFirst(visitorEmails, 'address'),
    phone: readNonEmptyString(phone) ?? readFirst(phone, 'phoneNumber'),
    customFields: readCustomFields(livechatData, unreadableFields),
  }
}

/**
 * The text of the first entry of a list. A visitor's own document has lists of addresses and numbers; a room's has no address,
 * and the number as a text (docs/providers/rocketchat.md 10).
 */
function readFirst(list: unknown, key: string): string | null {
  const [first]: readonly unknown[] = Array.isArray(list) ? list : []
  return readNonEmptyString(fieldOf(first, key))
}

/** Reads the fields that a workspace defines. A value of another type than text is shown as text. */
function readCustomFields(value: unknown, unreadableFields: UnreadableFields): readonly CustomField[] {
  const fields = readOptional(value, toObject, unreadableFields)
  if (fields === null) return NO_CUSTOM_FIELDS
  return Object.entries(fields).flatMap(([key, field]) =>
    typeof field === 'string' || typeof field === 'number' || typeof field === 'boolean'
      ? [{ key, value: String(field) }]
      : [],
  )
}

/** Reads a visitor's rating, whose score is a text (docs/providers/rocketchat.md 15). */
function readSurveyFeedback(value: unknown) {
  const { satisfaction, additionalFeedback } = toObject(value)
  return { satisfaction: readString(satisfaction), additionalFeedback: readString(additionalFeedback) }
}

function readAttachment(value: unknown) {
  const document = toObject(value)
  return {
    title: readString(document['title']),
    title_link: readString(document['title_link']),
    image_url: readString(document['image_url']),
    image_type: readString(document['image_type']),
    image_size: readNumber(document['image_size']),
    audio_url: readString(document['audio_url']),
    audio_type: readString(document['audio_type']),
    audio_size: readNumber(document['audio_size']),
    video_url: readString(document['video_url']),
    video_type: readString(document['video_type']),
    video_size: readNumber(document['video_size']),
    type: readString(document['type']),
    content: readAttachmentContent(document),
  }
}

function readFile(value: unknown) {
  const { _id, name, type, size } = toObject(value)
  return { _id: readString(_id), name: readString(name), type: readString(type), size: readNumber(size) }
}
