import { GatewayError, toError, UNAUTHENTICATED } from './errors.ts'
import { type FollowOptions, followRoom } from './follow.ts'
import { readEarlier } from './read-room.ts'
import { Backoff } from './retry.ts'
import type { FollowItem } from './room-documents.ts'
import type { Session } from './session.ts'
import type {
  MessageOf,
  StateOf,
  TimelineDocuments,
  TimelineEvent,
  TimelineRoom,
} from './timeline-documents.ts'
import { EMPTY, type TimelineState, withMessage } from './timeline-state.ts'

/** Milliseconds after which a subscription that the gateway has not refused counts as accepted: it confirms none. */
const ACCEPTED_MS = 5_000
/** Milliseconds after which a room that was refused is read again: a refusal can end, such as that of a permission. */
const REFUSED_MS = 30_000
/** The codes of refusals that do not end. */
const FINAL = ['NOT_FOUND', UNAUTHENTICATED]

/**
 * A room with its messages, kept current while somebody listens: a store for `useSyncExternalStore` of React, and for other
 * frameworks. All listeners share one subscription.
 */
export class RoomTimeline<Room extends TimelineRoom> {
  readonly #session: Session
  readonly #documents: TimelineDocuments<Room>
  readonly #roomId: string
  readonly #onFollowed: (isFollowed: boolean) => void
  readonly #listeners = new Set<() => void>()
  #state: TimelineState<Room> = EMPTY
  #earlier: string | null = null
  #loading: Promise<void> | null = null
  #following: AbortController | null = null
  #accepted: ReturnType<typeof setTimeout> | undefined

  /** `onFollowed` is called when the first listener comes, and with false when the last one leaves. */
  constructor(
    session: Session,
    documents: TimelineDocuments<Room>,
    roomId: string,
    onFollowed: (isFollowed: boolean) => void = () => {},
  ) {
    this.#session = session
    this.#documents = documents
    this.#roomId = roomId
    this.#onFollowed = onFollowed
  }

  /** Returns the current state. */
  readonly current = (): TimelineState<Room> => this.#state

  /** Calls the listener after each change. Returns the function that ends that; with the last listener, updates end. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (!this.#following) void this.#start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#stop()
    }
  }

  /** Adds or replaces a message, such as that of a mutation's result. */
  readonly add = (message: MessageOf<Room>): void =>
    this.#change({ messages: withMessage(this.#state.messages, message) })

  /** Changes the state of the room, such as to that of a mutation's result. */
  readonly update = (changed: Partial<StateOf<Room>>): void => this.#change(this.#withState(changed))

  /** Adds the page of earlier messages, if there is one. Rejects if it cannot be read. Calls at the same time read it once. */
  readonly loadEarlier = (): Promise<void> => {
    this.#loading ??= this.#readEarlier().finally(() => {
      this.#loading = null
    })
    return this.#loading
  }

  async #readEarlier(): Promise<void> {
    const before = this.#earlier
    if (before === null) return
    const page = await readEarlier(this.#session, this.#roomId, this.#documents, before)
    // The room was read again meanwhile.
    if (this.#earlier !== before) return
    this.#earlier = page.earlier
    const { messages } = this.#state
    const known = new Set(messages.map(({ id }) => id))
    const unknown = page.messages.filter(({ id }) => !known.has(id))
    this.#change({ messages: [...unknown, ...messages], hasEarlier: page.earlier !== null })
  }

  async #start(): Promise<void> {
    const following = new AbortController()
    this.#following = following
    this.#onFollowed(true)
    const { signal } = following
    const change = (changed: Partial<TimelineState<Room>>) => {
      if (!signal.aborted) this.#change(changed)
    }
    let isFirst = true
    const options: FollowOptions = {
      signal,
      onConnection: (isConnected) => {
        clearTimeout(this.#accepted)
        if (isConnected) this.#accepted = setTimeout(() => change({ error: null }), ACCEPTED_MS)
        change({ isConnected })
      },
      onFailure: (error) => change({ error }),
    }
    const follow = async () => {
      for await (const item of followRoom(this.#session, this.#roomId, this.#documents, options)) {
        if (!signal.aborted) this.#change(this.#changeOf(item, isFirst))
        isFirst = false
      }
    }
    const refusals = new Backoff(this.#session, signal)
    while (!signal.aborted) {
      const error = await follow().catch(toError)
      if (error) change({ isConnected: false, error })
      if (error instanceof GatewayError && FINAL.includes(error.code)) return
      await refusals.wait(REFUSED_MS)
    }
  }

  #stop(): void {
    this.#following?.abort()
    this.#following = null
    clearTimeout(this.#accepted)
    this.#state = { ...this.#state, isConnected: false }
    this.#onFollowed(false)
  }

  /** What an item changes. A page that is not the first one replaces what is known: events were missed. */
  #changeOf(item: FollowItem<Room, TimelineEvent<Room>>, isFirst: boolean): Partial<TimelineState<Room>> {
    const { messages, readAgainAt } = this.#state
    switch (item.__typename) {
      case 'RoomPage':
        this.#earlier = item.earlier
        return {
          room: item.room,
          messages: item.messages,
          hasEarlier: item.earlier !== null,
          error: null,
          fieldErrors: item.errors,
          readAgainAt: isFirst ? readAgainAt : Date.now(),
        }
      case 'MessageAddedEvent':
      case 'MessageUpdatedEvent':
        return { messages: withMessage(messages, item.message), error: null }
      case 'MessageDeletedEvent':
        return { messages: messages.filter(({ id }) => id !== item.messageId), error: null }
      case 'RoomUpdatedEvent':
        return { ...this.#withState(item.room), error: null }
    }
  }

  #withState(changed: Partial<StateOf<Room>>): Partial<TimelineState<Room>> {
    const { room } = this.#state
    return { room: room && { ...room, ...changed } }
  }

  #change(changed: Partial<TimelineState<Room>>): void {
    this.#state = { ...this.#state, ...changed }
    for (const listener of this.#listeners) listener()
  }
}
