import { ChatError, notFound } from '../../domain/errors.ts'
import type { Message, MessageRef } from '../../domain/model.ts'
import { Memo } from '../shared/memo.ts'
import { isDeleted, mapMessage, type ProviderOrigin } from './map.ts'
import { reconcileWrite } from './reconcile-write.ts'
import type { NewMessage, RoomApi } from './room-api.ts'
import { isInRoom, type WireMessage } from './wire.ts'

/**
 * Single messages of a room, for visitors and operators. When it edits or deletes a visitor's message, the server does
 * not check that the message is in the room. So every message is read first and its room is checked.
 */
export class RoomMessages {
  readonly #origin: ProviderOrigin
  readonly #messages = new Memo<WireMessage, Message>()

  constructor(origin: ProviderOrigin) {
    this.#origin = origin
  }

  /** Returns the message, or null if the caller has no such message in that room. */
  async find(ref: MessageRef, api: RoomApi): Promise<Message | null> {
    const wire = await api.findMessage(ref)
    return wire && this.#messages.get(wire, [ref.roomId], () => mapMessage(wire, ref.roomId, this.#origin))
  }

  /**
   * Sends a message under an id that the gateway chose. After a lost response, or a rejection that may mean "this id
   * exists" (docs/providers/rocketchat.md 1.1), it reads the message back. Only if the message is absent does it send it
   * a second time.
   */
  async send(message: NewMessage, api: RoomApi): Promise<Message> {
    const ref = { roomId: message.roomId, threadId: null, messageId: message.id }
    await api.assertCanPost(message.roomId)
    const stored = await reconcileWrite({
      provider: this.#origin.provider,
      write: () => api.sendMessage(message),
      readBack: () => api.findMessage(ref),
      maxAttempts: 2,
    })
    this.#assertIsMessage(stored, message)
    return this.#mapWritten(stored, message.roomId, api)
  }

  /** Replaces the text. After a lost response it reads the message back and does not repeat the edit. */
  async update(ref: MessageRef, text: string, api: RoomApi): Promise<Message> {
    await this.#assertExists(ref, api)
    const write = () => api.updateMessage(ref, text)
    const readBack = async () => {
      const stored = await api.findMessage(ref)
      return stored?.msg === text && stored.editedAt ? stored : null
    }
    const stored = await reconcileWrite({ provider: this.#origin.provider, write, readBack })
    // The oldest servers omit the edit mark from this response, though not from the history.
    return { ...this.#mapWritten(stored, ref.roomId, api), state: 'EDITED' }
  }

  /** Returns the time of the deletion by the server's clock; null if the response was lost but the message is gone. */
  async delete(ref: MessageRef, api: RoomApi): Promise<Date | null> {
    await this.#assertExists(ref, api)
    const write = async () => ({ at: await api.deleteMessage(ref) })
    const readBack = async () => {
      const stored = await api.findMessage(ref)
      return stored === null || isDeleted(stored) ? { at: null } : null
    }
    return (await reconcileWrite({ provider: this.#origin.provider, write, readBack })).at
  }

  #mapWritten(stored: WireMessage, roomId: string, api: RoomApi): Message {
    return mapMessage(api.withCallerAsAuthor(stored), roomId, this.#origin)
  }

  /** Servers before 8 edit a deleted message and so restore it. */
  async #assertExists(ref: MessageRef, api: RoomApi): Promise<void> {
    const existing = await api.findMessage(ref)
    if (!existing || isDeleted(existing)) throw notFound('message', this.#origin.provider)
  }

  /** Checks that a response is about the message that was sent: it can hold another message, or one of another room. */
  #assertIsMessage(stored: WireMessage, { roomId, text }: NewMessage): void {
    const { provider } = this.#origin
    const hasSameText = stored.msg === text
    // Up to 3.3, a message to a closed room silently opens another room (docs/providers/rocketchat.md 1.1).
    if (!isInRoom(stored, roomId) && hasSameText) {
      const detail = 'The room is closed; this old server put the message into a new room.'
      throw new ChatError('ROOM_CLOSED', detail, { provider })
    }
    // Newer servers return whatever is stored under a known id, in any room.
    const isChangedSince = isDeleted(stored) || (stored.editedAt ?? null) !== null
    if (isInRoom(stored, roomId) && (hasSameText || isChangedSince)) return
    const detail = 'This idempotency key was used with another text.'
    throw new ChatError('CONFLICT', detail, { field: 'idempotencyKey', provider })
  }
}
