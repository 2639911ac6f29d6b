import type { CallContext, RoomDraft, StartedRoom } from '../../../domain/adapter.ts'
import type { IdempotentWrites } from '../../../domain/idempotent-writes.ts'
import { createClientMessageId } from '../../shared/client-message-id.ts'
import { translateErrorsWith } from '../../shared/error-translation.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { InFlightMap } from '../../shared/in-flight-map.ts'
import { detach } from '../../shared/request-options.ts'
import { toChatError } from '../errors.ts'
import type { RoomMessages } from '../room-messages.ts'
import { createVisitorToken } from './new-visitor-token.ts'
import { type VisitorApi, VisitorRoomApi } from './visitor-api.ts'

export interface RoomStarterOptions {
  /** The configured name. */
  readonly provider: string
  readonly visitor: VisitorApi
  readonly messages: RoomMessages
  readonly idempotentWrites: IdempotentWrites
  /** Secret shared by all replicas; visitor tokens are derived from it. */
  readonly secret: Buffer
}

/**
 * Opens rooms for new visitors, each with its first message. With an idempotency key the visitor token is derived from
 * the key, so a repetition comes from the same visitor and the server recognizes its room and first message.
 *
 * The key is claimed nevertheless: two simultaneous processes could open two rooms for one visitor, and a repetition
 * after the room was closed would open another.
 */
export class RoomStarter {
  readonly #options: RoomStarterOptions
  readonly #startsInFlight = new InFlightMap<StartedRoom>()

  constructor(options: RoomStarterOptions) {
    this.#options = options
  }

  /** Returns a new room, or the room that the same key and input started before. */
  async start(draft: RoomDraft, call: CallContext): Promise<StartedRoom> {
    const token = createVisitorToken(draft, this.#options.secret)
    const { idempotencyKey } = draft
    return this.#startsInFlight.join(token, (signal) =>
      idempotencyKey === null
        ? this.#open(draft, token, { ...call, signal })
        : this.#openOnce(draft, idempotencyKey, token, { ...call, signal }),
    )
  }

  async #openOnce(
    draft: RoomDraft,
    idempotencyKey: string,
    token: string,
    call: CallContext,
  ): Promise<StartedRoom> {
    const { provider, idempotentWrites, visitor } = this.#options
    const { name, email, departmentId, text } = draft
    let started: StartedRoom | null = null
    const roomId = await idempotentWrites.run({
      provider,
      scope: ['startRoom', name, email, departmentId, text],
      idempotencyKey,
      input: [],
      execute: translateErrorsWith((error) => toChatError(error, provider))(async () => {
        started = await this.#open(draft, token, call)
        return started.room.nativeId
      }),
      reconcile: null,
    })
    if (started) return started
    const room = await visitor.rooms.find(roomId, token, call).catch((error: unknown) => {
      throw outcomeUnknown(provider, error)
    })
    if (room) return { room, visitorToken: token, visitorId: null }
    throw outcomeUnknown(provider, new Error('the room that this idempotency key started does not exist'))
  }

  async #open(draft: RoomDraft, token: string, call: CallContext): Promise<StartedRoom> {
    const { visitor, messages } = this.#options
    const { room, isNew } = await visitor.rooms.start(draft, token, call)
    if (draft.text === null) return { room, visitorToken: token, visitorId: null }
    const id = createClientMessageId(room.nativeId, 'VISITOR', draft.idempotencyKey)
    const firstMessage = { id, roomId: room.nativeId, text: draft.text }
    try {
      const api = new VisitorRoomApi(visitor, { token, call, accountTokens: null })
      const sent = await messages.send(firstMessage, api)
      // The room was read before the message was sent.
      return {
        room: room.lastMessage ? room : { ...room, lastMessage: sent },
        visitorToken: token,
        visitorId: null,
      }
    } catch (error) {
      // The client receives an error instead of the token, so nobody can use a new room without its first message.
      // A room that an earlier start opened is a conversation in use.
      if (isNew) await this.#closeUnused(room.nativeId, token, call)
      throw error
    }
  }

  /** Closes a room although the operation may have used up its calls or its time. */
  async #closeUnused(roomId: string, token: string, call: CallContext): Promise<void> {
    const { provider, visitor } = this.#options
    await visitor.rooms.close(roomId, token, detach(call)).catch(() => {
      call.log.warn(
        { provider, roomId },
        'a new room stays open: its first message failed and it could not be closed',
      )
    })
  }
}
