import type { ChatError } from '../../../domain/errors.ts'
import type { Message, MessageVisibility } from '../../../domain/model.ts'
import type { PushedChange, RoomPushReceiver, SignalReceiver } from '../../../domain/push.ts'
import type { PushedSignal } from '../../../domain/signals.ts'
import { type KnownChat, toLatestThread } from '../known-chat.ts'
import { isVisibleTo, mapEvent, mapParticipant, mapQueue, visibleEvents } from '../map.ts'
import { toDate } from '../timestamps.ts'
import type { WireChat, WireEvent, WireQueue } from '../wire.ts'
import { type ChatPush, isSignal } from './push-wire.ts'

/** A receiver of one room's messages, or of its signals. */
export type RoomSubscriber =
  | { readonly type: 'Messages'; readonly receiver: RoomPushReceiver }
  | { readonly type: 'Signals'; readonly receiver: SignalReceiver }

/** The room that is watched, and what is known of it. */
export interface WatchedRoomOptions {
  readonly provider: string
  readonly chatId: string
  readonly view: MessageVisibility
  readonly known: KnownChat
  /** Reads the users of the chat, because a push names an author that is not known. */
  readonly loadUsers: (authorId: string) => Promise<unknown>
}

/** Pushes that wait for the users of the chat to be read. Of more, a read brings the messages. */
const MAX_WAITING = 100

type ChatStateChange = Extract<
  ChatPush,
  { readonly type: 'UserAdded' | 'UserRemoved' | 'Transferred' | 'Closed' | 'ChatChanged' }
>

/**
 * All subscriptions of one room on one connection. It turns pushes into the messages that a read in the same view gives. Where
 * the name of an author is not known, the users of the chat are read first. What else only a read shows is Unreadable: whether
 * a message is the first of an unknown thread.
 */
export class WatchedRoom {
  readonly chatId: string
  readonly #provider: string
  readonly #view: MessageVisibility
  readonly #known: KnownChat
  readonly #loadUsers: WatchedRoomOptions['loadUsers']
  readonly #subscribers = new Set<RoomSubscriber>()
  /** Pushes in their order, while the users are read; null while they are not. */
  #waiting: ChatPush[] | null = null
  #isLive = false
  /** Whether the last signal said that the room is queued; null before the first. */
  #isQueued: boolean | null = null

  constructor({ provider, chatId, view, known, loadUsers }: WatchedRoomOptions) {
    this.chatId = chatId
    this.#provider = provider
    this.#view = view
    this.#known = known
    this.#loadUsers = loadUsers
  }

  get isEmpty(): boolean {
    return this.#subscribers.size === 0
  }

  get isLive(): boolean {
    return this.#isLive
  }

  /** Whether a user is known to be in the chat. */
  hasUser(userId: string): boolean {
    return this.#known.users.has(userId)
  }

  add(subscriber: RoomSubscriber): void {
    this.#subscribers.add(subscriber)
    if (this.#isLive) subscriber.receiver.onLive()
  }

  delete(subscriber: RoomSubscriber): void {
    this.#subscribers.delete(subscriber)
  }

  /** LiveChat pushes this room from now on. */
  goLive(): void {
    if (this.#isLive) return
    this.#isLive = true
    this.#known.onLive()
    for (const { receiver } of this.#subscribers) receiver.onLive()
  }

  /** LiveChat does not push this room. `error` is what a read by the same caller throws; absent where it may succeed. */
  goDown(reason: string, isFinal: boolean, error?: ChatError): void {
    this.#isLive = false
    this.#known.onDown()
    for (const { receiver } of this.#subscribers) receiver.onDown(reason, isFinal, error)
  }

  /** Passes a push to the receivers; changes in their order. */
  receive(push: ChatPush): void {
    if (isSignal(push)) this.#apply(push)
    else if (this.#waiting) this.#wait(push, this.#waiting)
    else if (this.#unknownAuthorOf(push) === null) this.#apply(push)
    else {
      this.#waiting = [push]
      void this.#applyWaiting(this.#waiting)
    }
  }

  #wait(push: ChatPush, waiting: ChatPush[]): void {
    if (waiting.length < MAX_WAITING) waiting.push(push)
    else if (waiting.length === MAX_WAITING) waiting.push({ type: 'Unreadable' })
  }

  async #applyWaiting(waiting: ChatPush[]): Promise<void> {
    for (let push = waiting[0]; push; push = waiting[0]) {
      const authorId = this.#unknownAuthorOf(push)
      if (authorId !== null) {
        await this.#loadUsers(authorId).catch(() => {
          // The message is Unreadable then.
        })
      }
      waiting.shift()
      this.#apply(push)
    }
    this.#waiting = null
  }

  /** The author of a message that is shown, if it is not known how. */
  #unknownAuthorOf(push: ChatPush): string | null {
    if (push.type !== 'Event' || !this.#isLive || !isVisibleTo(this.#view, push.event)) return null
    const { author_id: authorId } = push.event
    return authorId && !this.#known.knowsAuthor(authorId) ? authorId : null
  }

  #apply(push: ChatPush): void {
    switch (push.type) {
      case 'Chat':
        this.#receiveChat(push.chat)
        break
      case 'Event':
        this.#receiveEvent(push.threadId, push.event)
        break
      case 'EventDeleted':
        this.#known.recordDeletion(push.eventId)
        this.#emit({ type: 'MessageDeleted', messageId: push.eventId })
        break
      case 'Unreadable':
        this.#known.onStateChanged()
        this.#emit({ type: 'Unreadable' })
        break
      case 'Typing':
        this.#receiveTyping(push)
        break
      case 'Seen':
        this.#signal({
          type: 'Seen',
          participant: mapParticipant(push.userId, this.#known.users.get(push.userId)),
          upTo: toDate(push.upTo),
        })
        break
      case 'Queue':
        this.#enterQueue(push.queue)
        break
      default:
        this.#receiveStateChange(push)
    }
  }

  #receiveStateChange(push: ChatStateChange): void {
    this.#known.onStateChanged()
    if (push.type === 'UserAdded') this.#known.addUser(push.user)
    if (push.type === 'Transferred' && push.queue) this.#enterQueue(push.queue)
    else if (isServedOrClosed(push)) this.#leaveQueue()
    this.#emit({ type: 'RoomChanged', room: null })
  }

  #receiveChat({ thread, users }: WireChat): void {
    this.#known.onStateChanged()
    for (const user of users) this.#known.addUser(user)
    if (thread) {
      this.#known.recordThread(toLatestThread(thread, this.#view, thread.previous_thread_id === null))
      for (const event of visibleEvents(thread, this.#view)) this.#receiveEvent(thread.id, event)
      if (thread.events.isIncomplete) this.#emit({ type: 'Unreadable' })
      if (thread.queue) this.#enterQueue(thread.queue)
    }
    this.#emit({ type: 'RoomChanged', room: null })
  }

  #receiveEvent(threadId: string, event: WireEvent): void {
    if (!isVisibleTo(this.#view, event)) return
    this.#known.recordEvent(threadId, event.id)
    const message = this.#toMessage(threadId, event)
    if (message === null || message.kind === 'SYSTEM') this.#known.onStateChanged()
    this.#emit(message ? { type: 'Message', message } : { type: 'Unreadable' })
  }

  /** Null for a message of an unknown thread, or of an author who could not be read. */
  #toMessage(threadId: string, event: WireEvent): Message | null {
    const thread = this.#known.latestThread
    if (thread?.id !== threadId) return null
    if (event.author_id && !this.#known.knowsAuthor(event.author_id)) return null
    const { users } = this.#known
    const message = mapEvent(event, { provider: this.#provider, chatId: this.chatId, threadId, users })
    return thread.firstEventId === event.id && !thread.isFirst ? { ...message, reopens: true } : message
  }

  #receiveTyping(push: Extract<ChatPush, { type: 'Typing' }>): void {
    const { authorId, role, isTyping: typing, isForAgentsOnly } = push
    if (isForAgentsOnly && this.#view !== 'AGENTS') return
    const author = this.#known.users.get(authorId)
    const participant = { ...mapParticipant(authorId, author), ...(author === undefined && { role }) }
    this.#signal({ type: 'Typing', participant, typing })
  }

  #enterQueue(queue: WireQueue): void {
    this.#isQueued = true
    this.#signal({ type: 'Queue', queue: mapQueue(queue) })
  }

  #leaveQueue(): void {
    if (this.#isQueued === false) return
    this.#isQueued = false
    this.#signal({ type: 'Queue', queue: null })
  }

  #emit(change: PushedChange): void {
    if (!this.#isLive) return
    for (const subscriber of this.#subscribers) {
      if (subscriber.type === 'Messages') subscriber.receiver.onChange(change)
    }
  }

  #signal(signal: PushedSignal): void {
    if (!this.#isLive) return
    for (const subscriber of this.#subscribers) {
      if (subscriber.type === 'Signals') subscriber.receiver.onSignal(signal)
    }
  }
}

/** Whether a chat is not queued after a change. */
function isServedOrClosed(push: ChatStateChange): boolean {
  if (push.type === 'UserAdded') return push.user.type === 'agent' && !push.user.isForAgentsOnly
  return push.type === 'Closed' || push.type === 'Transferred'
}
