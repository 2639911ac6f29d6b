import type { CallContext } from '../../../domain/adapter.ts'
import type { Caller } from '../../../domain/caller.ts'
import type { IdempotentWrites } from '../../../domain/idempotent-writes.ts'
import type { RoomDraft, StartedRoom } from '../../../domain/rooms.ts'
import { translateErrorsWith } from '../../shared/error-translation.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { InFlightMap } from '../../shared/in-flight-map.ts'
import { roomDraftTexts } from '../../shared/room-draft.ts'
import { SerialQueue } from '../../shared/serial-queue.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import { toChatError } from '../errors.ts'
import { createVisitorToken } from './new-visitor-token.ts'
import { RoomOpener, type RoomOpenerOptions } from './room-opener.ts'
import { VisitorRoomApi } from './visitor-api.ts'

export interface RoomStarterOptions extends RoomOpenerOptions {
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
 * The key is claimed nevertheless, over all processes and restarts: two simultaneous processes could open two rooms for one visitor,
 * and a repetition after the room was closed would open another.
 */
export class RoomStarter {
  readonly #options: RoomStarterOptions
  readonly #opener: RoomOpener
  readonly #startsInFlight = new InFlightMap<StartedRoom>()
  readonly #startsByToken = new SerialQueue()

  constructor(options: RoomStarterOptions) {
    this.#options = options
    this.#opener = new RoomOpener(options)
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
    if (idempotencyKey === null) return this.#opener.open({ draft, token, call, attempt: null })
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
      execute: (attempt) =>
        translateErrorsWith((error) => toChatError(error, provider))(async () => {
          started = await this.#opener.open({ draft, token, call, attempt })
          return started.room.nativeId
        })(),
      reconcile: null,
    })
    if (started) return started
    const room = await visitor.rooms.find(roomId, token, call).catch((error: unknown) => {
      throw outcomeUnknown(provider, error)
    })
    if (room) return { room, visitorToken: token, visitorId: null }
    throw outcomeUnknown(provider, new Error('the room that this idempotency key started does not exist'))
  }
}
