import { ApiError, codedError, failureWith, plainError } from '../errors.ts'
import type { Message, Room, UserRef } from '../model.ts'
import type { DuplicateResponse } from '../profiles.ts'
import { DuplicateKeyError } from './message-store.ts'
import { withResponseTimes } from './response-times.ts'
import { refOf, type Workspace, type WriteCause } from './workspace.ts'

/** The fields of a message that its sender decides. */
export interface MessageDraft {
  readonly _id?: string | null | undefined
  readonly rid: string
  readonly msg: string
  readonly u: UserRef
  /** The visitor's token, on a visitor's message. */
  readonly token?: string
  /** The route's own response to a used `_id`. */
  readonly duplicateId?: DuplicateResponse
}

/**
 * Stores a sent message. A used `_id` is handled as in the release (docs/providers/rocketchat.md 1.1): by throwing,
 * or by the message that is stored already, whatever room and text the repeat named.
 */
export async function sendMessage(
  workspace: Workspace,
  draft: MessageDraft,
  cause: WriteCause,
): Promise<Message> {
  if (workspace.vetoes.take('send')) throw failureWith()
  const _id = draft._id || workspace.host.newId()
  const stored = workspace.messages.get(_id)
  const duplicateId = draft.duplicateId ?? workspace.profile.duplicateId
  if (stored && duplicateId !== 'mongo-error') return repeated(stored, duplicateId)
  const message = createMessage(workspace, { ...draft, _id })
  await workspace.gate.pass()
  storeMessage(workspace, message, cause)
  return message
}

function repeated(stored: Message, duplicateId: DuplicateResponse): Message {
  if (duplicateId === 'stored-message') return stored
  if (duplicateId === 'type-error') throw plainError('Cannot convert undefined or null to object')
  throw failureWith()
}

/** The document of a new message, dated now. */
export function createMessage(workspace: Workspace, draft: MessageDraft & { readonly _id: string }): Message {
  const now = new Date(workspace.host.now())
  const { _id, rid, msg, token, u } = draft
  return {
    _id,
    rid,
    msg,
    ...(token !== undefined && { token, ...(u.name !== undefined && { alias: u.name }) }),
    ts: now,
    u: refOf(u),
    _updatedAt: now,
    urls: urlsIn(msg),
    mentions: [],
    channels: [],
    ...markdownOf(workspace, msg),
  }
}

/** Inserts a complete document, updates its room and emits the write. */
export function storeMessage(workspace: Workspace, message: Message, cause: WriteCause): void {
  try {
    workspace.messages.insert(message)
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error
    throw new ApiError({ kind: 'database', text: error.message })
  }
  const room = workspace.rooms.get(message.rid)
  if (room && !message._hidden)
    workspace.rooms.set(room._id, withMessage(room, message, workspace.host.now()))
  workspace.events.emit('message', message, cause)
}

/** A message that the server itself writes, such as `livechat-close`; `extra` adds or overrides fields. */
export function saveSystemMessage(
  workspace: Workspace,
  rid: string,
  t: string,
  u: UserRef,
  extra: Partial<Message> = {},
): Message {
  const now = new Date(workspace.host.now())
  const message: Message = {
    _id: workspace.host.newId(),
    rid,
    t,
    msg: '',
    ts: now,
    u: refOf(u),
    groupable: false,
    _updatedAt: now,
    ...extra,
  }
  storeMessage(workspace, message, 'inside')
  return message
}

/**
 * Changes a message's text as its author or an agent would (docs/providers/rocketchat.md 1.3). Returns the new
 * document.
 */
export function editMessage(workspace: Workspace, message: Message, editor: UserRef, msg: string): Message {
  if (workspace.profile.editGuards) guardEdit(message, msg)
  if (workspace.vetoes.take('edit')) {
    throw codedError('error-app-prevented-updating', 'A Rocket.Chat App prevented the message updating.')
  }
  const now = new Date(workspace.host.now())
  if (workspace.settings.Message_KeepHistory) keepPreviousVersion(workspace, message, editor, now)
  const edited = workspace.messages.update(message._id, {
    msg,
    urls: urlsIn(msg),
    ...markdownOf(workspace, msg),
    editedAt: now,
    editedBy: { _id: editor._id, username: editor.username },
    _updatedAt: now,
  })
  if (!edited) throw plainError('Invalid message ID.')
  const room = workspace.rooms.get(message.rid)
  // Only an edit of the last message writes the room.
  if (room?.lastMessage?._id === edited._id) {
    workspace.rooms.set(room._id, { ...room, lastMessage: edited, _updatedAt: now })
  }
  workspace.events.emit('edited', edited)
  return edited
}

function guardEdit(message: Message, msg: string): void {
  const method = 'updateMessage'
  if (message.t === 'rm') {
    const details = { method, action: 'Message_editing' }
    throw codedError('error-action-not-allowed', 'Message editing not allowed', details)
  }
  if (msg.trim() === '' && !message.attachments?.length) {
    throw codedError('error-invalid-message', 'Message cannot be empty', { method })
  }
}

/** Stores a hidden copy of a document under a new id. */
export function keepPreviousVersion(workspace: Workspace, message: Message, editor: UserRef, at: Date): void {
  workspace.messages.insert({
    ...message,
    _id: workspace.host.newId(),
    parent: message._id,
    _hidden: true,
    editedAt: at,
    editedBy: { _id: editor._id, username: editor.username },
    _updatedAt: at,
  })
}

function withMessage(room: Room, message: Message, now: number): Room {
  return {
    ...(message.t === undefined ? withResponseTimes(room, message) : room),
    lm: message.ts,
    msgs: room.msgs + 1,
    ...(message.t === undefined && { lastMessage: message }),
    _updatedAt: new Date(now),
  }
}

function urlsIn(msg: string): NonNullable<Message['urls']> {
  return Array.from(msg.matchAll(/https?:\/\/[^\s)>\]]+/g), ([url]) => ({ url, meta: {} }))
}

/** The parsed text that newer servers store beside `msg`: here always one plain paragraph. */
function markdownOf(workspace: Workspace, msg: string): Pick<Message, 'md'> {
  if (workspace.profile.legacy || msg === '') return {}
  return { md: [{ type: 'PARAGRAPH', value: [{ type: 'PLAIN_TEXT', value: msg }] }] }
}
