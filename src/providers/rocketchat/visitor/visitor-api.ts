import type { CallContext } from '../../../domain/adapter.ts'
import type { MessageRef } from '../../../domain/model.ts'
import type { RatingDraft } from '../../../domain/rooms.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import type { RocketChatClient } from '../client.ts'
import { hasErrorCode } from '../errors.ts'
import type { ProviderOrigin } from '../map.ts'
import type { NewMessage, RoomApi } from '../room-api.ts'
import type { WireMessage } from '../wire.ts'
import { type CustomFieldChange, setCustomFields } from './custom-fields.ts'
import { VisitorFeedback } from './visitor-feedback.ts'
import { readVisitorIdentity, type VisitorIdentity } from './visitor-identity.ts'
import { VisitorMessages } from './visitor-messages.ts'
import { VisitorRooms } from './visitor-rooms.ts'

/** Requests that need a visitor token only. */
export interface VisitorApi {
  readonly rooms: VisitorRooms
  readonly messages: VisitorMessages
  readIdentity(token: string, call: CallContext): Promise<VisitorIdentity>
  setCustomFields(change: CustomFieldChange, call: CallContext): Promise<void>
  readonly feedback: VisitorFeedback
}

/** Creates the visitor API of one server. */
export function createVisitorApi(client: RocketChatClient, origin: ProviderOrigin): VisitorApi {
  const rooms = new VisitorRooms(client, origin)
  return {
    rooms,
    messages: new VisitorMessages(client, rooms),
    readIdentity: (token, call) => readVisitorIdentity(client, token, call),
    setCustomFields: (change, call) => setCustomFields(client, change, { provider: origin.provider, call }),
    feedback: new VisitorFeedback(client, origin.provider),
  }
}

/** The credential of a room API, and the account that it may be sent to. */
export interface VisitorAccess {
  readonly token: string
  readonly call: CallContext
  /**
   * Sends a token that may belong to another account to one account at a time; null for a token that is this server's.
   */
  readonly accountTokens: AccountTokens | null
}

/** The room API of one visitor token. */
export class VisitorRoomApi implements RoomApi {
  readonly #visitor: VisitorApi
  readonly #access: VisitorAccess

  constructor(visitor: VisitorApi, access: VisitorAccess) {
    this.#visitor = visitor
    this.#access = access
  }

  /** Throws `invalid-token` for a token that the server does not know. */
  readIdentity() {
    return this.#run((token, call) => this.#visitor.readIdentity(token, call))
  }

  findRoom(roomId: string) {
    return this.#run((token, call) => this.#visitor.rooms.find(roomId, token, call))
  }

  readHistory(roomId: string, end: Date | null, limit: number) {
    return this.#run((token, call) => this.#visitor.rooms.readHistory(roomId, token, end, limit, call))
  }

  closeRoom(roomId: string) {
    return this.#run((token, call) => this.#visitor.rooms.close(roomId, token, call))
  }

  rateRoom(roomId: string, rating: RatingDraft) {
    return this.#run((token, call) => this.#visitor.feedback.rate(roomId, token, rating, call))
  }

  requestTranscript(roomId: string, email: string) {
    return this.#run((token, call) => this.#visitor.feedback.requestTranscript(roomId, token, email, call))
  }

  findMessage(ref: MessageRef) {
    return this.#run((token, call) => this.#visitor.messages.find(ref, token, call))
  }

  async assertCanPost() {}

  sendMessage(message: NewMessage) {
    return this.#run((token, call) => this.#visitor.messages.send(message, token, call))
  }

  updateMessage(ref: MessageRef, text: string) {
    return this.#run((token, call) => this.#visitor.messages.update(ref, text, token, call))
  }

  deleteMessage(ref: MessageRef) {
    return this.#run((token, call) => this.#visitor.messages.delete(ref, token, call))
  }

  withCallerAsAuthor(wire: WireMessage): WireMessage {
    return { ...wire, token: this.#access.token }
  }

  /** A room or message that is not found does not prove that the server knows the token. */
  #run<T>(request: (token: string, call: CallContext) => Promise<T>): Promise<T> {
    const { token, call, accountTokens } = this.#access
    if (accountTokens === null) return request(token, call)
    const send = () => request(token, call)
    return accountTokens.runWithToken({ token, caller: call.caller }, send, isUnknownToken)
  }
}

function isUnknownToken(error: unknown): boolean {
  return hasErrorCode(error, 'invalid-token')
}
