import type { Message, Room } from './documents.ts'
import type { FollowOptions } from './follow.ts'
import type { RoomItem } from './room-item.ts'

/** What a timeline needs of a client. */
export interface TimelineSource {
  follow(roomId: string, options: FollowOptions): AsyncIterable<RoomItem>
  /** Reads the page of messages before a cursor. Rejects if it cannot be read. */
  readEarlier(roomId: string, before: string): Promise<EarlierPage>
}

export interface EarlierPage {
  /** Oldest first. */
  readonly messages: readonly Message[]
  /** The cursor of still earlier messages; null where there are none. */
  readonly earlier: string | null
}

/** A room with its messages, at one moment. A change makes a new object. */
export interface TimelineState {
  /** Null until it is read. */
  readonly room: Room | null
  /** Oldest first. */
  readonly messages: readonly Message[]
  readonly hasEarlier: boolean
  readonly isConnected: boolean
  /** Why the room is not updated at present; null while it is. Only a `GatewayError` that is not `isTransient` is final. */
  readonly error: Error | null
}

const EMPTY: TimelineState = { room: null, messages: [], hasEarlier: false, isConnected: false, error: null }

/**
 * A room with its messages, kept current while somebody listens: a store for `useSyncExternalStore` of React, and for other
 * frameworks. All listeners share one subscription.
 */
export class RoomTimeline {
  readonly #source: TimelineSource
  readonly #roomId: string
  readonly #onFollowed: (isFollowed: boolean) => void
  readonly #listeners = new Set<() => void>()
  #state = EMPTY
  #earlier: string | null = null
  #following: AbortController | null = null

  /** `onFollowed` is called when the first listener comes, and with false when the last one leaves. */
  constructor(source: TimelineSource, roomId: string, onFollowed: (isFollowed: boolean) => void) {
    this.#source = source
    this.#roomId = roomId
    this.#onFollowed = onFollowed
  }

  /** Returns the current state. */
  readonly current = (): TimelineState => this.#state

  /** Calls the listener after each change. Returns the function that ends that; with the last listener, updates end. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (!this.#following) this.#start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#stop()
    }
  }

  /** Adds or replaces a message, such as that of a mutation's result. */
  readonly add = (message: Message): void =>
    this.#change({ messages: withMessage(this.#state.messages, message) })

  /** Adds the page of earlier messages, if there is one. Rejects if it cannot be read. */
  readonly loadEarlier = async (): Promise<void> => {
    const before = this.#earlier
    if (before === null) return
    const page = await this.#source.readEarlier(this.#roomId, before)
    // Another call was faster, or the room was read again meanwhile.
    if (this.#earlier !== before) return
    this.#earlier = page.earlier
    const messages = [...page.messages, ...this.#state.messages]
    this.#change({ messages, hasEarlier: page.earlier !== null })
  }

  #start(): void {
    const following = new AbortController()
    this.#following = following
    this.#onFollowed(true)
    const { signal } = following
    const change = (changed: Partial<TimelineState>) => {
      if (!signal.aborted) this.#change(changed)
    }
    const options: FollowOptions = {
      signal,
      onConnection: (isConnected) => change(isConnected ? { isConnected, error: null } : { isConnected }),
      onFailure: (error) => change({ error }),
    }
    const follow = async () => {
      for await (const item of this.#source.follow(this.#roomId, options))
        if (!signal.aborted) this.#change(this.#changeOf(item))
    }
    follow().catch((error: unknown) => change({ isConnected: false, error: toError(error) }))
  }

  #stop(): void {
    this.#following?.abort()
    this.#following = null
    this.#state = { ...this.#state, isConnected: false }
    this.#onFollowed(false)
  }

  /** What an item changes. */
  #changeOf(item: RoomItem): Partial<TimelineState> {
    const { messages, room } = this.#state
    switch (item.__typename) {
      case 'RoomPage':
        this.#earlier = item.earlier
        return { room: item.room, messages: item.messages, hasEarlier: item.earlier !== null, error: null }
      case 'MessageAddedEvent':
      case 'MessageUpdatedEvent':
        return { messages: withMessage(messages, item.message) }
      case 'MessageDeletedEvent':
        return { messages: messages.filter(({ id }) => id !== item.messageId) }
      case 'RoomUpdatedEvent':
        return { room: { ...room, ...item.room } }
    }
  }

  #change(changed: Partial<TimelineState>): void {
    this.#state = { ...this.#state, ...changed }
    for (const listener of this.#listeners) listener()
  }
}

/**
 * Adds a message, or replaces it with a newer version. Messages with the same time keep the order in which they arrived. A
 * page and the events after it, or an event and the result of a mutation, can both contain a message.
 */
function withMessage(messages: readonly Message[], message: Message): readonly Message[] {
  const at = messages.findIndex(({ id }) => id === message.id)
  if (at >= 0) return messages.with(at, message)
  const next = messages.findIndex(({ createdAt }) => createdAt > message.createdAt)
  return next < 0 ? [...messages, message] : messages.toSpliced(next, 0, message)
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
