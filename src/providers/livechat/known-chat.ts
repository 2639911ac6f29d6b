import type { MessageVisibility } from '../../domain/model.ts'
import { type Author, visibleEvents } from './map.ts'
import type { WireChat, WireThread } from './wire.ts'

export type UsersById = ReadonlyMap<string, Author>

/** The users of a chat in one view. */
export interface ChatUsers {
  readonly users: UsersById
  /** Authors that the chat does not list. They are requested only once. */
  readonly unlistedIds: ReadonlySet<string>
}

/** What the messages of a chat's latest thread depend on, apart from their own events. */
export interface LatestThread {
  readonly id: string
  /** Microseconds. */
  readonly createdAt: number
  /** Whether it is the chat's first thread. */
  readonly isFirst: boolean
  /** Its first event that this view shows; null while there is none. */
  readonly firstEventId: string | null
}

/** Describes a thread as the latest one of its chat. */
export function toLatestThread(thread: WireThread, view: MessageVisibility, isFirst: boolean): LatestThread {
  const firstEventId = visibleEvents(thread, view)[0]?.id ?? null
  return { id: thread.id, createdAt: thread.created_at ?? 0, isFirst, firstEventId }
}

/** Returns what to keep of two descriptions: of the later thread, and of the same thread the one that knows its first event. */
export function laterThread(known: LatestThread | null, next: LatestThread): LatestThread {
  if (known === null || known.createdAt < next.createdAt) return next
  return known.id === next.id && known.firstEventId === null ? next : known
}

/** A chat as a response to one caller contains it. */
interface ReadChat {
  readonly chat: WireChat
  readonly callerKey: string
}

/**
 * What reads and pushes have shown of a chat in one view: what it takes to make a message of a pushed event. It is kept while
 * the chat is watched through push.
 */
export class KnownChat {
  #users: ChatUsers
  /** `performance.now()` at which a response listed all users; null before the first. */
  #usersReadAt: number | null
  #latestThread: LatestThread | null
  /** Null where it was not read since its state changed, or may have changed. */
  #read: ReadChat | null = null
  /** `performance.now()` when its state last changed, or push began; null while it is not pushed. */
  #changedAt: number | null = null

  constructor(users: ChatUsers | null, latestThread: LatestThread | null) {
    this.#users = users ?? { users: new Map(), unlistedIds: new Set() }
    this.#usersReadAt = users && performance.now()
    this.#latestThread = latestThread
  }

  get users(): UsersById {
    return this.#users.users
  }

  get latestThread(): LatestThread | null {
    return this.#latestThread
  }

  /** Whether it is known how messages of this author show it. */
  knowsAuthor(id: string): boolean {
    return this.#users.users.has(id) || this.#users.unlistedIds.has(id)
  }

  /** Milliseconds since a response listed all users. */
  get usersAgeMs(): number {
    return this.#usersReadAt === null ? Number.POSITIVE_INFINITY : performance.now() - this.#usersReadAt
  }

  setUsers(users: ChatUsers): void {
    this.#users = users
    this.#usersReadAt = performance.now()
  }

  /** Adds a user, or replaces it. */
  addUser(user: Author): void {
    const unlistedIds = new Set(this.#users.unlistedIds)
    unlistedIds.delete(user.id)
    this.#users = { users: new Map(this.#users.users).set(user.id, user), unlistedIds }
  }

  recordThread(thread: LatestThread): void {
    this.#latestThread = laterThread(this.#latestThread, thread)
  }

  /** Records an event that this view shows. */
  recordEvent(threadId: string, eventId: string): void {
    const thread = this.#latestThread
    if (thread?.id !== threadId || thread.firstEventId !== null) return
    this.#latestThread = { ...thread, firstEventId: eventId }
  }

  /** Records that an event is gone. Of the first one, only a read shows what takes its place. */
  recordDeletion(eventId: string): void {
    if (this.#latestThread?.firstEventId === eventId) this.#latestThread = null
  }

  /** Pushes show changes of the state from now on. */
  onLive(): void {
    this.#changedAt = performance.now()
  }

  /** Changes of the state may be missed from now on. */
  onDown(): void {
    this.#changedAt = null
    this.#read = null
  }

  /** The state has changed: only a later read shows it. */
  onStateChanged(): void {
    if (this.#changedAt !== null) this.#changedAt = performance.now()
    this.#read = null
  }

  /** A response to a caller contains the chat, which was requested at `requestedAt` (`performance.now()`). */
  recordChat(chat: WireChat, callerKey: string, requestedAt: number): void {
    if (this.#changedAt !== null && requestedAt > this.#changedAt) this.#read = { chat, callerKey }
  }

  /** The chat as it was read by this caller, if its state has not changed since; else null. */
  chatReadBy(callerKey: string): WireChat | null {
    return this.#read?.callerKey === callerKey ? this.#read.chat : null
  }

  /** Forgets the chat that was read if a later response shows another state. */
  compareState(isSame: (chat: WireChat) => boolean): void {
    if (this.#read && !isSame(this.#read.chat)) this.#read = null
  }
}
