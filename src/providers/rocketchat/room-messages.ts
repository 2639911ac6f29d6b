import { ChatError, notFound } from '../../domain/errors.ts'
import type { Message, MessageRef } from '../../domain/model.ts'
import { isDeleted, mapMessage, type ProviderOrigin } from './map.ts'
import { reconcileWrite } from './reconcile-write.ts'
import type { RoomApi } from './room-api.ts'
import type { WireMessage } from './wire.ts'

/** What to send: `id` is the message's own, chosen here, so that a lost answer can be looked up. */
export interface NewMessage {
  readonly id: string
  readonly roomId: string
  readonly text: string
}

/**
 * A room's messages, one by one, for either side. A visitor's server ties an id to no room when it edits or
 * deletes, so every message is read first and held against the room it is said to be in.
 */
export class RoomMessages {
  readonly #origin: ProviderOrigin

  constructor(origin: ProviderOrigin) {
    this.#origin = origin
  }

  /** The message, or null where that room of that caller has none of that id. */
  async find(ref: MessageRef, side: RoomApi): Promise<Message | null> {
    const wire = await side.findMessage(ref)
    return wire && mapMessage(wire, ref.roomId, this.#origin)
  }

  /**
   * Posts under an id of ours. After an answer that was lost, or a refusal that may mean "that id exists"
   * (docs/providers/rocketchat.md 1.1), the message is read back; it is posted again, once, only where it is
   * not there.
   */
  async send(posting: NewMessage, side: RoomApi): Promise<Message> {
    const ref = { roomId: posting.roomId, threadId: null, messageId: posting.id }
    await side.assertCanPost(posting.roomId)
    const stored = await reconcileWrite({
      provider: this.#origin.provider,
      write: () => side.sendMessage(posting),
      readBack: () => side.findMessage(ref),
      maxAttempts: 2,
    })
    this.#assertSame(stored, posting)
    return this.#written(stored, posting.roomId, side)
  }

  /** Replaces the text. A lost answer is looked up; the edit is never repeated. */
  async update(ref: MessageRef, text: string, side: RoomApi): Promise<Message> {
    await this.#demand(ref, side)
    const readBack = async () => {
      const stored = await side.findMessage(ref)
      return stored?.msg === text && stored.editedAt ? stored : null
    }
    const write = () => side.updateMessage(ref, text)
    const stored = await reconcileWrite({ provider: this.#origin.provider, write, readBack })
    // The oldest servers leave the mark of the edit out of this answer, though not out of the history.
    return { ...this.#written(stored, ref.roomId, side), state: 'EDITED' }
  }

  /** Deletes it and answers when, by the server's clock; null where the answer was lost but the message is gone. */
  async delete(ref: MessageRef, side: RoomApi): Promise<Date | null> {
    await this.#demand(ref, side)
    const write = async () => ({ at: await side.deleteMessage(ref) })
    const readBack = async () => {
      const stored = await side.findMessage(ref)
      return stored === null || isDeleted(stored) ? { at: null } : null
    }
    return (await reconcileWrite({ provider: this.#origin.provider, write, readBack })).at
  }

  #written(stored: WireMessage, roomId: string, side: RoomApi): Message {
    return mapMessage(side.withCallerAsAuthor(stored), roomId, this.#origin)
  }

  /** Servers before 8 would edit a deleted message, and so bring it back. */
  async #demand(ref: MessageRef, side: RoomApi): Promise<void> {
    const existing = await side.findMessage(ref)
    if (!existing || isDeleted(existing)) throw notFound('message', this.#origin.provider)
  }

  /** Holds an answer against what was posted: it may be about another message, or from another room. */
  #assertSame(stored: WireMessage, { roomId, text }: NewMessage): void {
    const { provider } = this.#origin
    const asSent = stored.msg === text
    // Up to 3.3 a post to a closed room silently opens another room for it
    // (docs/providers/rocketchat.md 1.1).
    if (!isInRoom(stored, roomId) && asSent) {
      throw new ChatError('ROOM_CLOSED', 'The room is closed; this old server put it into a new one.', {
        provider,
      })
    }
    // Newer servers answer a known id with whatever is stored under it, in whatever room.
    const since = isDeleted(stored) || (stored.editedAt ?? null) !== null
    if (isInRoom(stored, roomId) && (asSent || since)) return
    const detail = 'This idempotency key was used with another text.'
    throw new ChatError('CONFLICT', detail, { field: 'idempotencyKey', provider })
  }
}

/** Whether a message is in the room, as far as its document tells: the oldest servers leave that out. */
export function isInRoom(message: WireMessage, roomId: string): boolean {
  return (message.rid ?? roomId) === roomId
}
