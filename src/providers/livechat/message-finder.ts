import type { Batch } from '../../domain/adapter.ts'
import type { Message, MessageRef } from '../../domain/model.ts'
import { readEach } from '../shared/batch.ts'
import { getChat, listArchivedChats } from './chat-requests.ts'
import { toChatError } from './errors.ts'
import type { Participants } from './participants.ts'
import type { RoomApi } from './room-api.ts'
import { toMessages } from './walk-threads.ts'
import type { WireChat } from './wire.ts'

/** A thread by its id, and the chat it is said to be in. */
interface ThreadKey {
  readonly chatId: string
  readonly threadId: string
}

type Messages = readonly Message[]

/**
 * Messages by their ids, each looked for in its thread, and the thread held against its chat. An agent reads
 * twenty closed threads with one call; active ones, which the archive leaves out, and all of a visitor's are read
 * one by one. No thread is read twice.
 */
export class MessageFinder {
  readonly #provider: string
  readonly #people: Participants

  constructor(provider: string, people: Participants) {
    this.#provider = provider
    this.#people = people
  }

  /** Throws where the archive cannot be read; any other failure costs its own thread only. */
  async find(refs: readonly MessageRef[], side: RoomApi): Promise<Batch<Message>> {
    const keys = new Map(refs.flatMap((ref) => keyOf(ref).map((key) => [nameOf(key), key] as const)))
    const ids = [...keys.values()].map(({ threadId }) => threadId)
    const archived = side.kind === 'agent' && ids.length > 1 ? await listArchivedChats(side, ids) : []
    const threads = new Map<string, Promise<Messages>>()
    const read = (key: ThreadKey): Promise<Messages> => {
      const known = threads.get(nameOf(key))
      if (known !== undefined) return known
      const reading = this.#read(key, archived, side)
      threads.set(nameOf(key), reading)
      return reading
    }
    return readEach(refs, async (ref) => {
      const [key] = keyOf(ref)
      const messages = key ? await read(key) : []
      return messages.find(({ ref: { messageId } }) => messageId === ref.messageId) ?? null
    })
  }

  async #read(key: ThreadKey, archived: readonly WireChat[], api: RoomApi): Promise<Messages> {
    try {
      const found = archived.find((chat) => isThread(chat, key))
      const chat = found ?? (await getChat(api, key.chatId, key.threadId))
      if (!chat.thread || !isThread(chat, key)) return []
      this.#people.remember(api, chat.id, chat.users)
      const room = { provider: this.#provider, participants: this.#people, chatId: chat.id, api }
      return await toMessages([chat.thread], room)
    } catch (error) {
      throw toChatError(error, this.#provider)
    }
  }
}

function keyOf({ roomId: chatId, threadId }: MessageRef): readonly ThreadKey[] {
  return threadId === null ? [] : [{ chatId, threadId }]
}

function nameOf({ chatId, threadId }: ThreadKey): string {
  return JSON.stringify([chatId, threadId])
}

function isThread({ id, thread }: WireChat, { chatId, threadId }: ThreadKey): boolean {
  return id === chatId && thread?.id === threadId
}
