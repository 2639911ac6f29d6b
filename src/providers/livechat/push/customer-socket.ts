import type { Logger } from 'pino'
import type { CallContext } from '../../../domain/adapter.ts'
import type { Caller } from '../../../domain/caller.ts'
import { ChatError } from '../../../domain/errors.ts'
import { isJsonObject, type JsonObject } from '../../../domain/json.ts'
import { fieldOf, readList, readNonEmptyString, required } from '../../shared/read-document.ts'
import type { Participants } from '../participants.ts'
import type { RoomApi } from '../room-api.ts'
import type { AfterDisconnect } from './disconnect-reasons.ts'
import { customerActions, readChatPushes } from './push-wire.ts'
import { APPLICATION, pushFilter, RtmClient, type RtmServer } from './rtm-client.ts'
import { type RoomSubscriber, WatchedRoom } from './watched-room.ts'

const API = { kind: 'customer' } as const
/** The most that is kept of what LiveChat stores with a customer's client, in characters of JSON. */
const MAX_STORAGE_CHARS = 16 * 1024

/** A caller with a customer token. */
export type Visitor = Extract<Caller, { role: 'VISITOR' }>

/** The account whose customers are connected. */
export interface CustomerPushOptions extends RtmServer {
  readonly provider: string
  readonly participants: Participants
  roomApiFor(call: CallContext): RoomApi
  readonly log: Logger
}

/** What its owner learns of a socket. */
export interface CustomerSocketEvents {
  onAccepted(): void
  /** It ended for good; `word` is LiveChat's reason. `error` is what reads with its token throw; null where they may succeed. */
  onRefused(reason: string, word: string, error: ChatError | null): void
}

/** The RTM connection of one customer token, with the rooms that are watched by it (docs/providers/livechat.md 25). */
export class CustomerSocket {
  readonly #visitor: Visitor
  readonly #options: CustomerPushOptions
  readonly #events: CustomerSocketEvents
  readonly #client: RtmClient
  readonly #rooms = new Map<string, WatchedRoom>()
  readonly #closing = new AbortController()
  /** The customer's chats; null before the first login. */
  #chatIds: Set<string> | null = null
  #isLoggedIn = false
  /** What LiveChat wants to have back at the next login (docs/providers/livechat.md 25.1). */
  #storage: JsonObject | null = null

  constructor(visitor: Visitor, options: CustomerPushOptions, events: CustomerSocketEvents) {
    this.#visitor = visitor
    this.#options = options
    this.#events = events
    this.#client = new RtmClient(
      { ...options, api: 'customer' },
      {
        loginPayload: () => ({
          token: `Bearer ${visitor.token}`,
          application: APPLICATION,
          pushes: pushFilter(customerActions),
          ...(this.#storage && { customer_side_storage: this.#storage }),
        }),
        onLogin: (payload) => this.#onLogin(payload),
        onPush: (action, payload) => this.#onPush(action, payload),
        onRefused: (after, word) => this.#onRefused(after, word),
        onDown: (reason, isFinal) => {
          this.#isLoggedIn = false
          for (const room of this.#rooms.values()) room.goDown(reason, isFinal)
        },
      },
    )
  }

  get isEmpty(): boolean {
    return this.#rooms.size === 0
  }

  /** `performance.now()` at which the connection last showed life for a room; null while the room is not pushed. */
  aliveAt(chatId: string): number | null {
    return this.#rooms.get(chatId)?.isLive ? this.#client.aliveAt : null
  }

  add(chatId: string, subscriber: RoomSubscriber): void {
    const room = this.#rooms.get(chatId) ?? this.#watch(chatId)
    room.add(subscriber)
    if (this.#isLoggedIn && !room.isLive) this.#admit(room)
  }

  delete(chatId: string, subscriber: RoomSubscriber): void {
    const room = this.#rooms.get(chatId)
    if (!room) return
    room.delete(subscriber)
    if (room.isEmpty) this.#unwatch(chatId)
  }

  close(): void {
    this.#closing.abort()
    this.#client.close()
    for (const chatId of [...this.#rooms.keys()]) this.#unwatch(chatId)
  }

  #watch(chatId: string): WatchedRoom {
    const { provider, participants } = this.#options
    const known = participants.watch(API, chatId)
    const loadUsers = async (authorId: string) => participants.load(this.#api(), chatId, [authorId])
    const room = new WatchedRoom({ provider, chatId, view: 'EVERYONE', known, loadUsers })
    this.#rooms.set(chatId, room)
    return room
  }

  #api(): RoomApi {
    const { roomApiFor, log } = this.#options
    return roomApiFor({ caller: this.#visitor, signal: this.#closing.signal, log, priority: 'background' })
  }

  #unwatch(chatId: string): void {
    if (this.#rooms.delete(chatId)) this.#options.participants.unwatch(API, chatId)
  }

  #onLogin(payload: unknown): void {
    this.#isLoggedIn = true
    this.#chatIds = new Set(readList(fieldOf(payload, 'chats'), readChatId, new Set()))
    this.#events.onAccepted()
    for (const room of this.#rooms.values()) this.#admit(room)
  }

  /** A chat that LiveChat does not list is another customer's, or none: its room is never pushed here. */
  #admit(room: WatchedRoom): void {
    if (this.#chatIds?.has(room.chatId)) {
      room.goLive()
      return
    }
    const { provider } = this.#options
    const error = new ChatError('NOT_FOUND', 'The room does not exist.', { provider })
    room.goDown('LiveChat does not list the room among those of the visitor.', true, error)
  }

  #onPush(action: string, payload: unknown): void {
    if (action === 'customer_side_storage_updated') this.#store(fieldOf(payload, 'customer_side_storage'))
    if (action === 'customer_updated') {
      for (const room of this.#rooms.values()) room.receive({ type: 'ChatChanged' })
      return
    }
    for (const { chatId, push } of readChatPushes(action, payload)) {
      this.#chatIds?.add(chatId)
      const room = this.#rooms.get(chatId)
      room?.goLive()
      room?.receive(push)
    }
  }

  #store(storage: unknown): void {
    const isShort = JSON.stringify(storage ?? null).length <= MAX_STORAGE_CHARS
    if (isJsonObject(storage) && isShort) this.#storage = storage
  }

  #onRefused(after: AfterDisconnect, word: string): void {
    const reason = `LiveChat ended the visitor’s push connection: ${word}.`
    if (after === 'reconnect') {
      this.#client.reconnect(reason)
      return
    }
    // Only the visitor can bring a new token.
    const error = after === 'renew' ? this.#rejectedToken() : null
    this.#isLoggedIn = false
    this.#client.close()
    this.#events.onRefused(reason, word, error)
    for (const room of this.#rooms.values()) room.goDown(reason, true, error ?? undefined)
  }

  #rejectedToken(): ChatError {
    const { provider } = this.#options
    return new ChatError('UNAUTHENTICATED', 'The visitor token is not known, or has expired.', { provider })
  }
}

function readChatId(value: unknown): string {
  return required(readNonEmptyString(fieldOf(value, 'chat_id')), 'chat_id')
}
