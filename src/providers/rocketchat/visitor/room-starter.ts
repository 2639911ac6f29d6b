import type { CallContext, RoomDraft, StartedRoom } from '../../../domain/adapter.ts'
import type { IdempotentWrites } from '../../../domain/idempotent-writes.ts'
import { createClientMessageId } from '../../shared/client-message-id.ts'
import { translateErrorsWith } from '../../shared/error-translation.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { InFlightMap } from '../../shared/in-flight-map.ts'
import { toChatError } from '../errors.ts'
import { type VisitorApi, visitorRoomApi } from '../room-api.ts'
import type { RoomMessages } from '../room-messages.ts'
import { createVisitorToken } from './new-visitor-token.ts'

/** With what rooms are opened. */
export interface RoomStarterOptions {
  /** The configured name. */
  readonly provider: string
  readonly visitor: VisitorApi
  readonly messages: RoomMessages
  readonly keyedWrites: IdempotentWrites
  /** Shared by all processes: the token of a visitor with a key follows from it. */
  readonly secret: Buffer
}

/**
 * Opens rooms for new visitors, each with its first message. With a key the visitor's token follows from it, so that a
 * repetition is the same visitor's, whose room and first message the server recognises. The key is claimed all the same:
 * two processes at once could open two rooms for one visitor, and a room that was closed since would be opened anew.
 */
export class RoomStarter {
  readonly #options: RoomStarterOptions
  readonly #starts = new InFlightMap<StartedRoom>()

  constructor(options: RoomStarterOptions) {
    this.#options = options
  }

  /** The new room, or the one that the same key with the same input began. */
  async start(draft: RoomDraft, call: CallContext): Promise<StartedRoom> {
    const token = createVisitorToken(draft, this.#options.secret)
    const { idempotencyKey } = draft
    return this.#starts.join(token, (signal) =>
      idempotencyKey === null
        ? this.#begin(draft, token, { ...call, signal })
        : this.#once(draft, idempotencyKey, token, { ...call, signal }),
    )
  }

  async #once(
    draft: RoomDraft,
    idempotencyKey: string,
    token: string,
    call: CallContext,
  ): Promise<StartedRoom> {
    const { provider, keyedWrites, visitor } = this.#options
    const { name, email, departmentId, text } = draft
    let started: StartedRoom | null = null
    const roomId = await keyedWrites.run({
      provider,
      scope: ['startRoom', name, email, departmentId, text],
      idempotencyKey,
      input: [],
      execute: translateErrorsWith((error) => toChatError(error, provider))(async () => {
        started = await this.#begin(draft, token, call)
        return started.room.nativeId
      }),
      reconcile: null,
    })
    if (started) return started
    const room = await visitor.rooms.find(roomId, token, call).catch((error: unknown) => {
      throw outcomeUnknown(provider, error)
    })
    if (room) return { room, visitorToken: token }
    throw outcomeUnknown(provider, new Error('a room that was started is not there'))
  }

  async #begin(draft: RoomDraft, token: string, call: CallContext): Promise<StartedRoom> {
    const { room, opened } = await this.#options.visitor.rooms.start(draft, token, call)
    if (draft.text === null) return { room, visitorToken: token }
    const id = createClientMessageId(room.nativeId, 'VISITOR', draft.idempotencyKey)
    const first = { id, roomId: room.nativeId, text: draft.text }
    try {
      const sent = await this.#options.messages.send(
        first,
        visitorRoomApi(this.#options.visitor, token, call),
      )
      // The room was read before it was written to.
      return { room: room.lastMessage ? room : { ...room, lastMessage: sent }, visitorToken: token }
    } catch (error) {
      // Without its first message a new room is nobody's: the visitor gets an error and never learns the token.
      // One that an earlier start had opened is somebody's conversation.
      if (opened) await this.#abandon(room.nativeId, token, call)
      throw error
    }
  }

  async #abandon(roomId: string, token: string, call: CallContext): Promise<void> {
    await this.#options.visitor.rooms.close(roomId, token, call).catch(() => {
      call.log.warn(
        { provider: this.#options.provider, roomId },
        'a room whose first message failed stays open',
      )
    })
  }
}
