import type { CallContext } from '../../../domain/adapter.ts'
import type { Priority } from '../../../domain/priority.ts'
import { isRateLimitError } from '../errors.ts'
import type { WireRoom } from '../wire.ts'
import { PAGE_SIZE } from './offset-pages.ts'

/** One page of the room list is read for so many waiting rooms: it may show all of them, or none. */
const ROOMS_PER_PAGE = 3
/** Rows that are read for the rooms that wait; those that are in none of them are requested one by one. */
const MAX_ROWS = 2_000

/** The requests that show rooms. The sender passes each room that a response shows to `onShown`. */
export interface RoomRequests {
  /** Requests one room; null if there is none of that id. */
  readOne(roomId: string, call: CallContext): Promise<WireRoom | null>
  /** Requests a page of the list of all rooms, latest write first. `rowCount` of them are in the response. */
  readPage(offset: number, call: CallContext): Promise<{ readonly rowCount: number }>
}

/** A read that waits for its room. */
interface WaitingRead {
  readonly roomId: string
  readonly call: CallContext
  readonly priority: WaitingPriority
  /** `performance.now()` when it began. */
  readonly since: number
  readonly resolve: (room: WireRoom | null) => void
  readonly reject: (error: unknown) => void
  /** Ends the request for this room alone. */
  readonly stop: AbortController
  isRequested: boolean
}

type WaitingPriority = Exclude<Priority, 'interactive'>

/** A page that is requested. */
interface PageRequest {
  readonly priority: WaitingPriority
  readonly stop: AbortController
}

/**
 * Reads rooms for calls that can wait. A stock server answers ten requests for single rooms a minute, which operators need
 * for what they send. So while several rooms are wanted, pages of the room list are read, and any response that shows a room
 * completes the reads that began before it was requested.
 */
export class RoomReads {
  readonly #requests: RoomRequests
  readonly #waiting = new Map<string, Set<WaitingRead>>()
  #isScheduled = false
  #isListing = false
  #page: PageRequest | null = null
  /** Rooms that were waited for and that responses have shown. */
  #shownCount = 0

  constructor(requests: RoomRequests) {
    this.#requests = requests
  }

  /**
   * Resolves with the room as a response shows it that was requested later; null if there is none of that id. A read with
   * priority `subscribe` becomes `background` while only the interactive reserve is left.
   */
  read(roomId: string, priority: WaitingPriority, call: CallContext): Promise<WireRoom | null> {
    const { signal } = call
    if (signal.aborted) return Promise.reject(signal.reason)
    return new Promise((resolve, reject) => {
      const since = performance.now()
      const stop = new AbortController()
      const read: WaitingRead = { roomId, call, priority, since, resolve, reject, stop, isRequested: false }
      const reads = this.#waiting.get(roomId) ?? new Set()
      this.#waiting.set(roomId, reads.add(read))
      signal.addEventListener('abort', () => this.#end(read, () => reject(signal.reason)), {
        signal: stop.signal,
      })
      // A page that is queued among the polls is requested anew, since a subscriber waits for it now.
      if (priority === 'subscribe' && this.#page?.priority === 'background') this.#page.stop.abort()
      this.#schedule()
    })
  }

  /** A response that was requested at `requestedAt` (`performance.now()`) shows the room. */
  onShown(room: WireRoom, requestedAt: number): void {
    const shown = [...(this.#waiting.get(room._id) ?? [])].filter(({ since }) => since <= requestedAt)
    for (const read of shown) this.#end(read, () => read.resolve(room))
    if (shown.length > 0) this.#shownCount += 1
  }

  #end(read: WaitingRead, settle: () => void): void {
    const reads = this.#waiting.get(read.roomId)
    if (!reads?.delete(read)) return
    if (reads.size === 0) this.#waiting.delete(read.roomId)
    settle()
    read.stop.abort()
    if (this.#waiting.size === 0) this.#page?.stop.abort()
  }

  /** Reads that begin together are requested together. */
  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      if (!this.#isListing) void this.#request()
    })
  }

  async #request(): Promise<void> {
    const unrequested = this.#reads().filter(({ isRequested }) => !isRequested)
    if (unrequested.length === 0 || this.#waiting.size < ROOMS_PER_PAGE) {
      this.#readSingly(unrequested)
      return
    }
    const startedAt = performance.now()
    this.#isListing = true
    await this.#readPages()
    this.#isListing = false
    // No page has shown these.
    this.#readSingly(this.#reads().filter(({ since }) => since <= startedAt))
    if (this.#reads().some(({ isRequested }) => !isRequested)) this.#schedule()
  }

  /** Reads pages, as many as the rooms are worth that wait or were shown. */
  async #readPages(): Promise<void> {
    const shownBefore = this.#shownCount
    const isWorth = (pages: number) =>
      pages * ROOMS_PER_PAGE <= this.#waiting.size + this.#shownCount - shownBefore
    let isEnd = false
    for (let offset = 0; !isEnd && offset < MAX_ROWS && isWorth(offset / PAGE_SIZE + 1); ) {
      const reads = this.#reads()
      const [first] = reads
      if (!first) return
      const priority = reads.some((read) => read.priority === 'subscribe') ? 'subscribe' : 'background'
      const page: PageRequest = { priority, stop: new AbortController() }
      this.#page = page
      const { caller, log } = first.call
      const rowCount = await this.#send({ caller, log, signal: page.stop.signal }, priority, (call) =>
        this.#requests.readPage(offset, call),
      ).then(
        (response) => response.rowCount,
        // Without the permission to list, each room is read.
        () => 0,
      )
      if (page.stop.signal.aborted) continue
      isEnd = rowCount < PAGE_SIZE
      offset += PAGE_SIZE
    }
    this.#page = null
  }

  #readSingly(reads: readonly WaitingRead[]): void {
    for (const read of reads) {
      if (read.isRequested) continue
      read.isRequested = true
      void this.#readOne(read)
    }
  }

  async #readOne(read: WaitingRead): Promise<void> {
    const { roomId, call, priority, stop } = read
    try {
      const room = await this.#send({ ...call, signal: stop.signal }, priority, (one) =>
        this.#requests.readOne(roomId, one),
      )
      this.#end(read, () => read.resolve(room))
    } catch (error) {
      this.#end(read, () => read.reject(error))
    }
  }

  async #send<T>(
    call: CallContext,
    priority: WaitingPriority,
    request: (call: CallContext) => Promise<T>,
  ): Promise<T> {
    try {
      return await request({ ...call, priority })
    } catch (error) {
      if (priority === 'background' || !isRateLimitError(error)) throw error
      return await request({ ...call, priority: 'background' })
    }
  }

  #reads(): readonly WaitingRead[] {
    return [...this.#waiting.values()].flatMap((reads) => [...reads])
  }
}
