import type { Attachment, Message, Position } from '../../src/domain/model.ts'

/** A message at a millisecond; all other fields have defaults. */
export function message(id: string, ms: number, fields: Partial<Message> = {}): Message {
  return {
    type: 'Message',
    provider: 'rocketchat',
    ref: { roomId: 'room', threadId: null, messageId: id },
    position: { micros: ms * 1000, id },
    kind: 'TEXT',
    text: id,
    author: null,
    visibility: 'EVERYONE',
    state: 'ACTIVE',
    createdAt: new Date(ms),
    editedAt: null,
    editedBy: null,
    attachments: [],
    form: null,
    buttons: [],
    systemEvent: null,
    ...fields,
  }
}

/** An attachment of that message, without anything but its place. */
export function attachment(fields: Partial<Attachment> = {}): Attachment {
  return {
    provider: 'rocketchat',
    ref: { roomId: 'room', threadId: null, messageId: 'one' },
    index: 0,
    providerUrl: null,
    externalUrl: null,
    name: null,
    contentType: null,
    size: null,
    ...fields,
  }
}

export function edited(before: Message, ms: number, text = `${before.text}!`): Message {
  return { ...before, text, state: 'EDITED', editedAt: new Date(ms) }
}

/** Deleted with a trace. */
export function deleted(before: Message, ms: number): Message {
  return { ...before, text: '', state: 'DELETED', editedAt: new Date(ms) }
}

/** Nothing is known of the room's own state. */
export const unknownRoomState = { version: null, room: null } as const
export const unknownRoomStates = { OPERATOR: unknownRoomState, VISITOR: unknownRoomState } as const

/** The position before every message of a millisecond. */
export function positionAtMs(ms: number): Position {
  return { micros: ms * 1000, id: '' }
}
