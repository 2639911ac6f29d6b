import type { Batch } from '../../domain/adapter.ts'
import type { Message, MessageRef } from '../../domain/model.ts'
import { readEach } from '../shared/batch.ts'
import { getChat, listArchivedChats } from './chat-requests.ts'
import { toChatError } from './errors.ts'
import type { Participants } from './participants.ts'
import type { RoomApi } from './room-api.ts'
import { toMessages } from './walk-threads.ts'
import type { WireChat } from './wire.ts'

/** A thread by its id, and the chat that it is said to be in. */
interface ThreadKey {
  readonly chatId: string
  readonly threadId: string
}

type Messages = readonly Message[]

/**
 * Finds messages by their ids, each in its thread, and checks that the thread belongs to its chat. The agent API
 * returns twenty closed threads per request; active ones, which the archive omits, and all of a visitor's are read
 * one by one. No thread is read twice.
 */
export class MessageFinder {
  readonly #provider: string
  readonly #participants: Participants

  constructor(provider: string, participants: Participants) {
    this.#provider = provider
    this.#participants = participants
  }

  /** Throws if the archive cannot be read. Any other failure affects the messages of its own thread only. */
  async find(refs: readonly MessageRef[], api: RoomApi): Promise<Batch<Message>> {
    const keys = new Map(refs.flatMap((ref) => threadKeysOf(ref).map((key) => [keyText(key), key] as const)))
    const threadIds = [...keys.values()].map(({ threadId }) => threadId)
    const archived =
      api.kind === 'agent' && threadIds.length > 1 ? await listArchivedChats(api, threadIds) : []
    const messagesByThread = new Map<string, Promise<Messages>>()
    const readThread = (key: ThreadKey): Promise<Messages> => {
      const started = messagesByThread.get(keyText(key))
      if (started !== undefined) return started
      const messages = this.#readThread(key, archived, api)
      messagesByThread.set(keyText(key), messages)
      return messages
    }
    return readEach(refs, async (ref) => {
      const [key] = threadKeysOf(ref)
      const messages = key ? await readThread(key) : []
      return messages.find(({ ref: { messageId } }) => messageId === ref.messageId) ?? null
    })
  }

  async #readThread(key: ThreadKey, archived: readonly WireChat[], api: RoomApi): Promise<Messages> {
    try {
      const archivedChat = archived.find((chat) => hasThread(chat, key))
      const chat = archivedChat ?? (await getChat(api, key.chatId, key.threadId))
      if (!chat.thread || !hasThread(chat, key)) return []
      this.#participants.remember(api, chat.id, chat.users)
      const source = { provider: this.#provider, participants: this.#participants, chatId: chat.id, api }
      return await toMessages([chat.thread], source)
    } catch (error) {
      throw toChatError(error, this.#provider)
    }
  }
}

function threadKeysOf({ roomId: chatId, threadId }: MessageRef): readonly ThreadKey[] {
  return threadId === null ? [] : [{ chatId, threadId }]
}

function keyText({ chatId, threadId }: ThreadKey): string {
  return JSON.stringify([chatId, threadId])
}

function hasThread({ id, thread }: WireChat, { chatId, threadId }: ThreadKey): boolean {
  return id === chatId && thread?.id === threadId
}
