import type { CallContext } from '../../../domain/adapter.ts'
import type { Caller } from '../../../domain/caller.ts'
import type { IdempotentWrites } from '../../../domain/idempotent-writes.ts'
import { comparePositions, type Message, type Room } from '../../../domain/model.ts'
import type { RoomDraft, StartedRoom } from '../../../domain/rooms.ts'
import { createClientMessageId } from '../../shared/client-message-id.ts'
import { translateErrorsWith } from '../../shared/error-translation.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { InFlightMap } from '../../shared/in-flight-map.ts'
import { detach } from '../../shared/request-options.ts'
import { roomDraftTexts } from '../../shared/room-draft.ts'
import { SerialQueue } from '../../shared/serial-queue.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
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
  readonly accountTokens: AccountTokens
  /** Whether the server has recently accepted this caller's token. */
  isVerified(caller: Caller): boolean
}

/**
 * Opens rooms, each with its first message: for new visitors, and for the visitor whose token the caller sends. With an
 * idempotency key the token of a new visitor is derived from the key, so a repetition comes from the same visitor and the
 * server recognizes its room and first message.
 *
 * The key is claimed nevertheless: two simultaneous processes could open two rooms for one visitor, and a repetition
 * after the room was closed would open another.
 */
export class RoomStarter {
  readonly #options: RoomStarterOptions
  readonly #startsInFlight = new InFlightMap<StartedRoom>()
  readonly #startsByToken = new SerialQueue()

  constructor(options: RoomStarterOptions) {
    this.#options = options
  }

  /** Returns a new room, the open room of the visitor that calls, or the room that the same key and input started before. */
  async start(draft: RoomDraft, call: CallContext): Promise<StartedRoom> {
    const { caller } = call
    if (caller.role === 'VISITOR') return this.#startAsCaller(draft, caller, call)
    const token = createVisitorToken(draft, this.#options.secret)
    return this.#startsInFlight.join(token, (signal) => this.#openFor(draft, token, { ...call, signal }))
  }

  /**
   * The server registers any token, so whether it knows this one is checked first. A visitor's starts run one after another:
   * two at once could open two rooms (docs/providers/rocketchat.md 4.1).
   */
  async #startAsCaller(
    draft: RoomDraft,
    caller: Extract<Caller, { role: 'VISITOR' }>,
    call: CallContext,
  ): Promise<StartedRoom> {
    const { provider, visitor, accountTokens, isVerified } = this.#options
    const { token } = caller
    if (!isVerified(caller)) {
      const api = new VisitorRoomApi(visitor, { token, call, accountTokens })
      await translateErrorsWith((error) => toChatError(error, provider))(() => api.readIdentity())()
    }
    return this.#startsByToken.run(token, call.signal, (signal) =>
      this.#openFor(draft, token, { ...call, signal }),
    )
  }

  #openFor(draft: RoomDraft, token: string, call: CallContext): Promise<StartedRoom> {
    const { idempotencyKey } = draft
    if (idempotencyKey === null) return this.#open(draft, token, call)
    return this.#openOnce(draft, idempotencyKey, token, call)
  }

  async #openOnce(
    draft: RoomDraft,
    idempotencyKey: string,
    token: string,
    call: CallContext,
  ): Promise<StartedRoom> {
    const { provider, idempotentWrites, visitor } = this.#options
    let started: StartedRoom | null = null
    const roomId = await idempotentWrites.run({
      provider,
      scope: ['startRoom', ...roomDraftTexts(draft)],
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
    const { visitor } = this.#options
    const unset =
      isKnownVisitor(call) && hasNoDetails(draft) ? [] : await visitor.rooms.register(draft, token, call)
    const { room, isNew } = await visitor.rooms.open(token, call)
    try {
      if (unset.length > 0) {
        await visitor.setCustomFields({ token, fields: unset, all: draft.customFields }, call)
      }
      const lastMessage = await this.#sendFirstMessage(draft, room, token, call)
      return { room: withLastMessage(room, lastMessage), visitorToken: token, visitorId: null }
    } catch (error) {
      // The client receives an error instead of the room, so nobody uses a new room without its first message.
      // A room that an earlier start opened is a conversation in use.
      if (isNew) await this.#closeUnused(room.nativeId, token, call)
      throw error
    }
  }

  async #sendFirstMessage(
    { text, idempotencyKey }: RoomDraft,
    { nativeId: roomId }: Room,
    token: string,
    call: CallContext,
  ): Promise<Message | null> {
    if (text === null) return null
    const { visitor, messages } = this.#options
    const id = createClientMessageId(roomId, 'VISITOR', idempotencyKey)
    return messages.send(
      { id, roomId, text },
      new VisitorRoomApi(visitor, { token, call, accountTokens: null }),
    )
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
