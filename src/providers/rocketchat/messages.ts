import type { Call } from '../../chat/adapter.ts'
import { ChatError, notFound } from '../../chat/errors.ts'
import type { Message, MessageRef } from '../../chat/model.ts'
import type { RocketChatClient } from './client.ts'
import { mayHaveHappened, mayStillHappen, RocketChatRefusal } from './errors.ts'
import { isDeleted, mapMessage, type Origin } from './map.ts'
import type { VisitorRooms } from './visitor.ts'
import { deletedAnswer, messageAnswer, type WireMessage } from './wire.ts'

const SEND = '/api/v1/livechat/message'
const ONE = '/api/v1/livechat/message/:_id'
/** How far back a message is looked for on servers that know no message by its id. */
const HISTORY_SEARCHED = 1_000

/** What to send: `id` is the message's own, chosen here, so that a lost answer can be looked up. */
export interface Posting {
  readonly id: string
  readonly roomId: string
  readonly text: string
}

/**
 * A visitor's messages, one by one (rocketchat.md 1). The server ties an id to no room when it edits or
 * deletes, so every message is read first and held against the room it is said to be in.
 */
export class VisitorMessages {
  readonly #client: RocketChatClient
  readonly #rooms: VisitorRooms
  readonly #origin: Origin

  constructor(client: RocketChatClient, rooms: VisitorRooms, origin: Origin) {
    this.#client = client
    this.#rooms = rooms
    this.#origin = origin
  }

  /** The message, or null where that room of that visitor has none of that id. */
  async find(ref: MessageRef, token: string, call: Call): Promise<Message | null> {
    const wire = await this.#find(ref, token, call)
    return wire && mapMessage(wire, ref.roomId, this.#origin)
  }

  /**
   * Posts under an id of ours. After an answer that was lost, or a refusal that may mean "that id exists"
   * (rocketchat.md 1.1), the message is read back; it is posted again, once, only where it is not there.
   */
  async send(posting: Posting, token: string, call: Call): Promise<Message> {
    const ref = { roomId: posting.roomId, threadId: null, messageId: posting.id }
    const post = () => this.#post(posting, token, call)
    const stored = await this.#settle(post, () => this.#find(ref, token, call), post)
    // Newer servers answer a known id with whatever is stored under it, in whatever room.
    const edited = stored.editedAt !== null && stored.editedAt !== undefined
    if (!isIn(stored, posting.roomId) || (stored.msg !== posting.text && !edited && !isDeleted(stored))) {
      throw new ChatError('CONFLICT', 'This idempotency key was used with another text.', {
        field: 'idempotencyKey',
        provider: this.#origin.provider,
      })
    }
    return this.#own(stored, posting.roomId, token)
  }

  /** Replaces the text. A lost answer is looked up; the edit is never repeated. */
  async update(ref: MessageRef, text: string, token: string, call: Call): Promise<Message> {
    await this.#demand(ref, token, call)
    const put = async () => {
      const body = { token, rid: ref.roomId, msg: text }
      const params = { _id: ref.messageId }
      return (await this.#client.send({ method: 'PUT', route: ONE, params, body }, messageAnswer, call))
        .message
    }
    const readBack = async () => {
      const stored = await this.#find(ref, token, call)
      return stored?.msg === text && stored.editedAt ? stored : null
    }
    return this.#own(await this.#settle(put, readBack), ref.roomId, token)
  }

  /** Deletes it and answers when, by the server's clock; null where the answer was lost but the message is gone. */
  async remove(ref: MessageRef, token: string, call: Call): Promise<Date | null> {
    const existing = await this.#demand(ref, token, call)
    if (isDeleted(existing)) throw notFound('message', this.#origin.provider)
    const remove = async () => {
      // Token and room travel in the body: the server reads nothing else of a DELETE (rocketchat.md 1.4).
      const body = { token, rid: ref.roomId }
      const params = { _id: ref.messageId }
      const answer = await this.#client.send(
        { method: 'DELETE', route: ONE, params, body },
        deletedAnswer,
        call,
      )
      return { at: answer.message.ts ?? null }
    }
    const readBack = async () => {
      const stored = await this.#find(ref, token, call)
      return stored === null || isDeleted(stored) ? { at: null } : null
    }
    return (await this.#settle(remove, readBack)).at
  }

  async #post({ id, roomId, text }: Posting, token: string, call: Call): Promise<WireMessage> {
    const body = { token, rid: roomId, msg: text, _id: id }
    return (await this.#client.send({ method: 'POST', route: SEND, body }, messageAnswer, call)).message
  }

  async #find(ref: MessageRef, token: string, call: Call): Promise<WireMessage | null> {
    const request = {
      method: 'GET',
      route: ONE,
      params: { _id: ref.messageId },
      query: { token, rid: ref.roomId },
    } as const
    try {
      const { message } = await this.#client.send(request, messageAnswer, call)
      // Older servers look up by id alone and answer with any room's message (rocketchat.md 1.2).
      return isIn(message, ref.roomId) ? message : null
    } catch (error) {
      if (!(error instanceof RocketChatRefusal)) throw error
      if (error.code === 'invalid-message') return null
      // The oldest servers have no such route; what they have is the room's history.
      if (error.status !== 404) throw error
    }
    const newest = await this.#rooms.readHistory(ref.roomId, token, null, HISTORY_SEARCHED, call)
    return newest.find(({ _id }) => _id === ref.messageId) ?? null
  }

  /** What the visitor just wrote: its author is known, even where the answer does not carry the token. */
  #own(stored: WireMessage, roomId: string, token: string): Message {
    return mapMessage({ ...stored, token }, roomId, this.#origin)
  }

  async #demand(ref: MessageRef, token: string, call: Call): Promise<WireMessage> {
    const existing = await this.#find(ref, token, call)
    if (!existing) throw notFound('message', this.#origin.provider)
    return existing
  }

  /**
   * Runs a write to its known end: `readBack` gives what the write would have left behind, or null. `repeat`
   * is given only where the server recognises the repetition.
   */
  async #settle<T>(
    write: () => Promise<T>,
    readBack: () => Promise<T | null>,
    repeat?: () => Promise<T>,
  ): Promise<T> {
    try {
      return await write()
    } catch (error) {
      const lost = mayHaveHappened(error)
      if (!lost && !saysNothing(error)) throw error
      const found = await this.#lookAgain(readBack, lost ? null : error)
      if (found !== null) return found
      if (!lost) throw error
      if (!repeat) throw mayStillHappen(error) ? this.#unknown(error) : error
      return this.#settle(repeat, readBack)
    }
  }

  /** `known` is the failure to report where looking fails too; null where the outcome is then unknown. */
  async #lookAgain<T>(readBack: () => Promise<T | null>, known: unknown): Promise<T | null> {
    try {
      return await readBack()
    } catch (error) {
      throw known ?? this.#unknown(error)
    }
  }

  #unknown(cause: unknown): ChatError {
    const detail = 'The provider gave no answer; it may or may not have been done.'
    return new ChatError('OUTCOME_UNKNOWN', detail, { provider: this.#origin.provider, cause })
  }
}

function isIn(message: WireMessage, roomId: string): boolean {
  return (message.rid ?? roomId) === roomId
}

/** A refusal in which the server names no reason it knows: what a repeated id gets, among others. */
function saysNothing(error: unknown): boolean {
  if (!(error instanceof RocketChatRefusal) || error.status !== 400) return false
  return error.code === ''
}
