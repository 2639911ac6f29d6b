import type { CallContext } from '../../../domain/adapter.ts'
import { createOperatorCaller } from '../../../domain/caller.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { AccountPushReceiver, PushSubscription } from '../../../domain/push.ts'
import type { Participants } from '../participants.ts'
import type { RoomApi } from '../room-api.ts'
import { AgentSession, type AgentSessionOptions } from './agent-session.ts'
import { type ChatPush, isSignal, readChatPushes, readUpdatedCustomerId } from './push-wire.ts'
import { RtmRequestError } from './rtm-client.ts'
import { type RoomSubscriber, WatchedRoom } from './watched-room.ts'

const API = { kind: 'agent' } as const
/** All operators read with the service account. */
const reader = createOperatorCaller('push')
/** Pushes that show who is in a chat. */
const MEMBERSHIP_PUSHES: ReadonlySet<ChatPush['type']> = new Set([
  'Chat',
  'Transferred',
  'UserAdded',
  'UserRemoved',
])
/** The most rooms that are watched. Rooms beyond are polled. */
const MAX_ROOMS = 1_000

export interface AgentPushOptions extends AgentSessionOptions {
  readonly participants: Participants
  roomApiFor(call: CallContext): RoomApi
  readonly maxRooms?: number
}

/**
 * Push to operators: one RTM session of the service account for all of them. It starts with the first subscription and stays
 * until the adapter closes: when an agent's last connection ends, LiveChat hands on its chats (docs/providers/livechat.md
 * 25.3). LiveChat pushes the events of a chat to its members and followers only, so the session follows the watched rooms that
 * it is not a member of; of all other chats it receives only important changes (docs/providers/livechat.md 25.2).
 */
export class AgentPush {
  readonly #options: AgentPushOptions
  readonly #rooms = new Map<string, WatchedRoom>()
  readonly #accounts = new Set<AccountPushReceiver>()
  /** Watched chats that are followed, or that this connection has asked to follow. */
  readonly #followed = new Set<string>()
  readonly #closing = new AbortController()
  #session: AgentSession | null = null

  constructor(options: AgentPushOptions) {
    this.#options = options
  }

  /** Subscribes to a room. The receiver is called later. */
  subscribe(chatId: string, subscriber: RoomSubscriber): PushSubscription {
    const isLive = () => this.#rooms.get(chatId)?.isLive === true
    return this.#subscription(
      () => this.#addToRoom(chatId, subscriber),
      () => this.#removeFromRoom(chatId, subscriber),
      isLive,
    )
  }

  /** Subscribes to the changes of all rooms that LiveChat pushes. The receiver is called later. */
  subscribeToAccount(receiver: AccountPushReceiver): PushSubscription {
    return this.#subscription(
      () => this.#addToAccount(receiver),
      () => this.#accounts.delete(receiver),
      () => true,
    )
  }

  close(): void {
    this.#closing.abort()
    this.#session?.close()
    this.#session = null
  }

  #subscription(add: () => void, remove: () => void, isLive: () => boolean): PushSubscription {
    const session = () => this.#session
    let isClosed = false
    queueMicrotask(() => {
      if (!isClosed && !this.#closing.signal.aborted) add()
    })
    return {
      get aliveAt() {
        return !isClosed && isLive() ? (session()?.aliveAt ?? null) : null
      },
      close() {
        if (isClosed) return
        isClosed = true
        remove()
      },
    }
  }

  #addToAccount(receiver: AccountPushReceiver): void {
    const refusal = this.#start()
    if (refusal !== null) {
      receiver.onDown(refusal, true)
      return
    }
    this.#accounts.add(receiver)
    if (this.#session?.isLoggedIn) receiver.onLive()
  }

  #addToRoom(chatId: string, subscriber: RoomSubscriber): void {
    const known = this.#rooms.get(chatId)
    const refusal = known ? this.#start() : (this.#start() ?? this.#findLimit())
    if (refusal !== null) {
      subscriber.receiver.onDown(refusal, true)
      return
    }
    const room = known ?? this.#watch(chatId)
    room.add(subscriber)
    if (this.#session?.isLoggedIn && !room.isLive) this.#admit(room)
  }

  #findLimit(): string | null {
    const { maxRooms = MAX_ROOMS } = this.#options
    return this.#rooms.size < maxRooms ? null : 'Too many rooms are watched at LiveChat’s push.'
  }

  /** Starts the session unless it runs. Returns why it cannot be started now; null if it can. */
  #start(): string | null {
    if (this.#session) return null
    const { refusalReason } = this.#options.health
    if (refusalReason !== null) return refusalReason
    this.#session = new AgentSession(this.#options, {
      onLogin: () => this.#onLogin(),
      onPush: (action, payload) => this.#onPush(action, payload),
      onDown: (reason, isFinal) => this.#onDown(reason, isFinal),
    })
    return null
  }

  #watch(chatId: string): WatchedRoom {
    const { provider, participants } = this.#options
    const known = participants.watch(API, chatId)
    const loadUsers = async (authorId: string) => participants.load(this.#api(), chatId, [authorId])
    const room = new WatchedRoom({ provider, chatId, view: 'AGENTS', known, loadUsers })
    this.#rooms.set(chatId, room)
    return room
  }

  #api(): RoomApi {
    const { roomApiFor, log } = this.#options
    return roomApiFor({ caller: reader, signal: this.#closing.signal, log, priority: 'background' })
  }

  #removeFromRoom(chatId: string, subscriber: RoomSubscriber): void {
    const room = this.#rooms.get(chatId)
    if (!room) return
    room.delete(subscriber)
    if (!room.isEmpty) return
    this.#rooms.delete(chatId)
    this.#options.participants.unwatch(API, chatId)
    // The chat stays followed at LiveChat until it is reactivated: unfollow_chat would end the pushes of every other connection
    // of the account, for example another replica's. Pushes of rooms that nobody watches are ignored.
    this.#followed.delete(chatId)
  }

  #onLogin(): void {
    this.#followed.clear()
    for (const receiver of this.#accounts) receiver.onLive()
    for (const room of this.#rooms.values()) this.#admit(room)
  }

  #onDown(reason: string, isFinal: boolean): void {
    if (isFinal) this.#session = null
    for (const receiver of this.#accounts) receiver.onDown(reason, isFinal)
    for (const room of this.#rooms.values()) room.goDown(reason, isFinal)
  }

  /** Makes sure that a room is pushed. */
  #admit(room: WatchedRoom): void {
    const { chatId } = room
    const session = this.#session
    if (session?.isMemberOf(chatId)) room.goLive()
    else if (session && !this.#followed.has(chatId)) void this.#follow(room, session)
  }

  async #follow(room: WatchedRoom, session: AgentSession): Promise<void> {
    const { chatId } = room
    this.#followed.add(chatId)
    try {
      await session.request('follow_chat', { id: chatId })
    } catch (error) {
      this.#onFollowFailed(room, error)
      return
    }
    if (this.#rooms.get(chatId) === room && this.#followed.has(chatId)) room.goLive()
  }

  /** Without a response the connection has ended; the next login follows the room again. */
  #onFollowFailed(room: WatchedRoom, error: unknown): void {
    const errorType = error instanceof RtmRequestError ? error.errorType : null
    if (errorType === null || this.#rooms.get(room.chatId) !== room) return
    this.#followed.delete(room.chatId)
    const isAbsent = errorType === 'not_found' || errorType === 'missing_access'
    const { provider } = this.#options
    const refusal = isAbsent
      ? new ChatError('NOT_FOUND', 'The room does not exist.', { provider })
      : undefined
    room.goDown(`LiveChat does not let the service account follow the room: ${errorType}.`, true, refusal)
  }

  #onPush(action: string, payload: unknown): void {
    if (action === 'customer_updated') this.#onCustomerUpdated(readUpdatedCustomerId(payload))
    for (const { chatId, push } of readChatPushes(action, payload)) {
      this.#session?.trackMembership(chatId, push)
      const room = this.#rooms.get(chatId)
      room?.receive(push)
      if (room) this.#keepFollowing(room, push)
      if (!isSignal(push)) for (const receiver of this.#accounts) receiver.onActivity(chatId)
    }
  }

  #onCustomerUpdated(customerId: string | null): void {
    for (const room of this.#rooms.values()) {
      if (customerId !== null && room.hasUser(customerId)) room.receive({ type: 'ChatChanged' })
    }
  }

  /** A new thread ends following, and leaving a chat ends the pushes of its members (docs/providers/livechat.md 25.2). */
  #keepFollowing(room: WatchedRoom, { type }: ChatPush): void {
    if (!MEMBERSHIP_PUSHES.has(type)) return
    if (type === 'Chat') this.#followed.delete(room.chatId)
    const isPushed = this.#session?.isMemberOf(room.chatId) || this.#followed.has(room.chatId)
    if (room.isLive && !isPushed) {
      room.goDown('LiveChat ended the pushes of the room; it is followed again.', false)
    }
    this.#admit(room)
  }
}
