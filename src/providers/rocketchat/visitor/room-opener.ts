import { z } from 'zod'
import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { WriteAttempt } from '../../../domain/idempotent-writes.ts'
import { comparePositions, type Message, type Room } from '../../../domain/model.ts'
import type { RoomDraft, StartedRoom } from '../../../domain/rooms.ts'
import { createClientMessageId } from '../../shared/client-message-id.ts'
import { detach } from '../../shared/request-options.ts'
import type { RoomMessages } from '../room-messages.ts'
import { type VisitorApi, VisitorRoomApi } from './visitor-api.ts'
import type { OpenedRoom, RegisteredVisitor } from './visitor-rooms.ts'

/** What rooms are opened with. */
export interface RoomOpenerOptions {
  /** The configured name of the provider. */
  readonly provider: string
  readonly visitor: VisitorApi
  readonly messages: RoomMessages
}

/** One attempt to start a room. */
export interface RoomStart {
  readonly draft: RoomDraft
  /** The visitor's token. */
  readonly token: string
  readonly call: CallContext
  /** Null for a start without an idempotency key. */
  readonly attempt: WriteAttempt | null
}

/** Id of the visitor's latest room before the attempt; null if it had none. */
const recordSchema = z.string().nullable()

/**
 * Registers a visitor, opens its room and sends the first message.
 *
 * The server recognizes the visitor of a repeated start, but returns its room only while that is open. So with an idempotency
 * key the visitor's latest room is recorded before one is opened. If the outcome of that attempt is unknown, a later room is
 * the one that it has opened, although it was closed since.
 */
export class RoomOpener {
  readonly #options: RoomOpenerOptions

  constructor(options: RoomOpenerOptions) {
    this.#options = options
  }

  /** Throws the errors of its requests; OUTCOME_UNKNOWN if a room may have been opened. */
  async open(start: RoomStart): Promise<StartedRoom> {
    const { draft, token, call, attempt } = start
    const { rooms } = this.#options.visitor
    const registered =
      isKnownVisitor(call) && hasNoDetails(draft) ? null : await rooms.register(draft, token, call)
    const opened =
      attempt === null
        ? await rooms.open(token, call)
        : await this.#openOrFind(start, attempt, registered ?? (await rooms.readVisitor(token, call)))
    return opened.room.status === 'CLOSED'
      ? this.#findCompleted(start, opened.room)
      : this.#complete(start, opened, registered)
  }

  async #openOrFind(
    { token, call }: RoomStart,
    attempt: WriteAttempt,
    { latestRoomId }: Pick<RegisteredVisitor, 'latestRoomId'>,
  ): Promise<OpenedRoom> {
    const { rooms } = this.#options.visitor
    if (attempt.earlierRecord === null) {
      await attempt.saveRecord(JSON.stringify(latestRoomId))
    } else if (latestRoomId !== null && latestRoomId !== decodeRecord(attempt.earlierRecord)) {
      const room = await rooms.find(latestRoomId, token, call)
      if (room) return { room, isNew: false }
    }
    attempt.assertNotReplaced()
    return rooms.open(token, call)
  }

  /** Returns a room that was closed since an earlier attempt has opened it. Throws ROOM_CLOSED if its first message is missing. */
  async #findCompleted({ draft, token, call }: RoomStart, room: Room): Promise<StartedRoom> {
    const { provider, visitor } = this.#options
    const ref = { roomId: room.nativeId, threadId: null, messageId: firstMessageId(draft, room) }
    if (draft.text !== null && (await visitor.messages.find(ref, token, call)) === null) {
      const detail = 'The room was closed before its first message was sent; start another with another key.'
      throw new ChatError('ROOM_CLOSED', detail, { provider })
    }
    return { room, visitorToken: token, visitorId: null }
  }

  /** Sets the custom fields that the registration left out, and sends the first message. */
  async #complete(
    start: RoomStart,
    { room, isNew }: OpenedRoom,
    registered: RegisteredVisitor | null,
  ): Promise<StartedRoom> {
    const { draft, token, call } = start
    const fields = registered?.unsetFields ?? []
    try {
      if (fields.length > 0)
        await this.#options.visitor.setCustomFields({ token, fields, all: draft.customFields }, call)
      const lastMessage = await this.#sendFirstMessage(start, room)
      return { room: withLastMessage(room, lastMessage), visitorToken: token, visitorId: null }
    } catch (error) {
      // The client receives an error instead of the room, so nobody uses a new room without its first message.
      // A room that an earlier start opened is a conversation in use.
      if (isNew) await this.#closeUnused(start, room.nativeId)
      throw error
    }
  }

  async #sendFirstMessage({ draft, token, call }: RoomStart, room: Room): Promise<Message | null> {
    const { text } = draft
    if (text === null) return null
    const { visitor, messages } = this.#options
    return messages.send(
      { id: firstMessageId(draft, room), roomId: room.nativeId, text },
      new VisitorRoomApi(visitor, { token, call, accountTokens: null }),
    )
  }

  /** Closes a room although the operation may have used up its calls or its time. */
  async #closeUnused({ token, call, attempt }: RoomStart, roomId: string): Promise<void> {
    const { provider, visitor } = this.#options
    try {
      await visitor.rooms.close(roomId, token, detach(call))
    } catch {
      const message = 'a new room stays open: its first message failed and it could not be closed'
      return call.log.warn({ provider, roomId }, message)
    }
    // From now on it counts as an earlier room, and a repetition opens another. If the store fails, a repetition is ROOM_CLOSED.
    await attempt?.saveRecord(JSON.stringify(roomId)).catch(() => {})
  }
}

function decodeRecord(record: string): string | null {
  return recordSchema.parse(JSON.parse(record))
}

/** With an idempotency key, the id of the first message is derived from it. */
function firstMessageId({ idempotencyKey }: RoomDraft, { nativeId }: Room): string {
  return createClientMessageId(nativeId, 'VISITOR', idempotencyKey)
}

/** Whether the room is started for the visitor that calls, who is registered already. */
function isKnownVisitor({ caller }: CallContext): boolean {
  return caller.role === 'VISITOR'
}

/** Whether a draft says nothing about its visitor. */
function hasNoDetails({ name, email, phone, departmentId, customFields }: RoomDraft): boolean {
  return [name, email, phone, departmentId].every((detail) => detail === null) && customFields.length === 0
}

/** The room was read before the message was sent, unless an earlier attempt had sent it. */
function withLastMessage(room: Room, sent: Message | null): Room {
  const { lastMessage } = room
  if (sent === null) return room
  return lastMessage && comparePositions(sent.position, lastMessage.position) < 0
    ? room
    : { ...room, lastMessage: sent }
}
