import { ChatError } from '../../domain/errors.ts'
import type { MessagePage, MessageWindow, RecentMessages } from '../../domain/messages.ts'
import { comparePositions, type Message, type Position } from '../../domain/model.ts'
import { Memo } from './memo.ts'

/** Messages newest first. Only the last chunk of a room, which has none before it, may be empty. */
export interface HistoryChunk {
  readonly messages: readonly Message[]
  readonly isLast: boolean
  /** Whether some were left out because they could not be read. */
  readonly hasUnreadable?: boolean
  /** Of the first chunk: see `RecentMessages`. */
  readonly roomRevision?: string
}

/**
 * Reads a room backwards and yields its messages newest first, which every provider can do. It may begin at `end` (exclusive;
 * null is the newest) or later; `pageSize` is how many messages are likely to suffice.
 */
export type HistoryWalk = (end: Date | null, pageSize: number) => AsyncIterable<HistoryChunk>

const RECENT_PAGE_SIZE = 50
const WALK_PAGE_SIZE = 200
const MAX_WALKED_MESSAGES = 20_000
/** A client can resume from a position long ago; that must not cost hundreds of requests. */
const MAX_CATCH_UP_MESSAGES = 2_000

/** Pages that one chunk suffices for; null where it does not. */
const pagesOfOneChunk = new Memo<HistoryChunk, MessagePage | null>()

/**
 * Reads the requested page of a room's history, oldest first. The page is the identical object as the last one for an equal
 * window while the history's first chunk is, and that chunk suffices.
 */
export async function readWindow(walk: HistoryWalk, window: MessageWindow): Promise<MessagePage> {
  const end = endOf(window)
  // Two more than requested: one shows whether there is more, one may be held back as a cut millisecond.
  const pageSize = window.take === 'newest' ? window.limit + 2 : Math.max(WALK_PAGE_SIZE, window.limit + 2)
  let builder: PageBuilder | null = null
  for await (const chunk of walk(end, pageSize)) {
    if (builder === null) {
      const page = pagesOfOneChunk.get(chunk, boundsOf(window), () => pageOfOneChunk(chunk, window))
      if (page) return page
    }
    builder ??= new PageBuilder(window)
    builder.add(chunk)
    if (builder.isComplete) break
  }
  return (builder ?? new PageBuilder(window)).build()
}

/** Everything that a window selects by, as values to compare. */
function boundsOf({ take, limit, after, before, since, until }: MessageWindow): readonly unknown[] {
  const positions = [after?.micros, after?.id, before?.micros, before?.id]
  return [take, limit, ...positions, since?.getTime(), until?.getTime()]
}

function pageOfOneChunk(chunk: HistoryChunk, window: MessageWindow): MessagePage | null {
  const builder = new PageBuilder(window)
  builder.add(chunk)
  return builder.isComplete || chunk.isLast ? builder.build() : null
}

/** Builds the page of a window from chunks, newest first. */
class PageBuilder {
  readonly #window: MessageWindow
  readonly #kept: Message[] = []
  #walkedCount = 0
  #hasEarlier = false
  #isBelowWindow = false

  constructor(window: MessageWindow) {
    this.#window = window
  }

  /** Whether no further chunk can change the page. */
  get isComplete(): boolean {
    const { take, limit } = this.#window
    return this.#isBelowWindow || (take === 'newest' && this.#kept.length > limit)
  }

  /** Throws INVALID_INPUT if the page is too far from the newest message. */
  add({ messages }: HistoryChunk): void {
    const { take, limit } = this.#window
    this.#walkedCount += messages.length
    this.#kept.push(...messages.filter((message) => isInside(message, this.#window)))
    this.#hasEarlier ||= messages.some((message) => isEarlierInList(message, this.#window))
    this.#isBelowWindow = messages.some((message) => isBelow(message, this.#window))
    if (this.isComplete) return
    // For the oldest page, the messages that were read first are the farthest from it.
    if (take === 'oldest' && this.#kept.length > limit + 1) {
      this.#kept.splice(0, this.#kept.length - limit - 1)
    }
    if (this.#walkedCount > MAX_WALKED_MESSAGES) throw tooFar()
  }

  build(): MessagePage {
    return cutPage(this.#kept, this.#window, this.#hasEarlier)
  }
}

/** Reads the newest page, and as many more as it takes to reach `from` or the limit of one catch-up. */
export async function readRecent(walk: HistoryWalk, from: Position | null): Promise<RecentMessages> {
  const newestFirst: Message[] = []
  let hasUnreadable = false
  let room: Pick<RecentMessages, 'roomRevision'> | null = null
  for await (const { messages, isLast, ...chunk } of walk(null, RECENT_PAGE_SIZE)) {
    newestFirst.push(...messages)
    hasUnreadable ||= chunk.hasUnreadable === true
    const { roomRevision } = chunk
    room ??= roomRevision === undefined ? {} : { roomRevision }
    const oldest = newestFirst.at(-1)
    if (isLast || !oldest) break
    const isReached = from === null || oldest.position.micros <= from.micros
    if (!isReached && newestFirst.length < MAX_CATCH_UP_MESSAGES) continue
    const start = { micros: oldest.position.micros, id: '' }
    return { messages: newestFirst.reverse(), from: start, hasUnreadableMessages: hasUnreadable, ...room }
  }
  return { messages: newestFirst.reverse(), from: null, hasUnreadableMessages: hasUnreadable, ...room }
}

function endOf({ before, until }: MessageWindow): Date | null {
  const bounds = [
    ...(before ? [Math.floor(before.micros / 1000) + 1] : []),
    ...(until ? [until.getTime()] : []),
  ]
  return bounds.length === 0 ? null : new Date(Math.min(...bounds))
}

function isInside(message: Message, window: MessageWindow): boolean {
  if (window.before && comparePositions(message.position, window.before) >= 0) return false
  if (window.until && message.createdAt >= window.until) return false
  return !isBelow(message, window)
}

function isBelow(message: Message, { after, since }: MessageWindow): boolean {
  if (after && comparePositions(message.position, after) <= 0) return true
  return since !== null && message.createdAt < since
}

/** Whether a message of the list is at or before `after`: a page before this one exists. */
function isEarlierInList(message: Message, { after, since }: MessageWindow): boolean {
  if (!after || comparePositions(message.position, after) > 0) return false
  return since === null || message.createdAt >= since
}

function cutPage(newestFirst: Message[], window: MessageWindow, hasEarlier: boolean): MessagePage {
  const hasMore = newestFirst.length > window.limit
  if (window.take === 'oldest') {
    return { messages: newestFirst.slice(-window.limit).reverse(), hasEarlier, hasLater: hasMore }
  }
  const messages = newestFirst.slice(0, window.limit).reverse()
  return { messages, hasEarlier: hasMore, hasLater: hasLaterInList(window) }
}

/** Whether the list has something at or after `before`: at least the message of that cursor, unless `until` excludes it. */
function hasLaterInList({ before, until }: MessageWindow): boolean {
  return before !== null && (until === null || before.micros < until.getTime() * 1000)
}

function tooFar(): ChatError {
  const detail = `More than ${MAX_WALKED_MESSAGES} messages lie after that page, and this provider reads backwards only; pass \`until\`, or read with \`last\` and \`before\`.`
  return new ChatError('INVALID_INPUT', detail, { field: 'first' })
}
