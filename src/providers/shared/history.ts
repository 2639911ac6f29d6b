import type { MessagePage, MessageWindow, RecentMessages } from '../../domain/adapter.ts'
import { ChatError } from '../../domain/errors.ts'
import { comparePositions, type Message, type Position } from '../../domain/model.ts'

/** Messages newest first; `last` where the room has none before them. Only a last one may be empty. */
export interface HistoryChunk {
  readonly messages: readonly Message[]
  readonly isLast: boolean
  /** Whether some were left out because they could not be read. */
  readonly hasUnreadable?: boolean
  /** Of the first stretch: see `RecentMessages`. */
  readonly roomFingerprint?: string
}

/**
 * Walks a room backwards and gives its messages newest first: all that both providers can do. It may begin at
 * `end` (exclusive; null is the newest) or behind it; `pageSize` is how many messages are likely to be enough.
 */
export type HistoryWalk = (end: Date | null, pageSize: number) => AsyncIterable<HistoryChunk>

const RECENT_PAGE = 50
const WALK_PAGE = 200
const LONGEST_WALK = 20_000
/** Any client may name a place long ago to go on from: what follows must not cost hundreds of calls. */
const LONGEST_READ_BACK = 2_000

/** The wanted page of a room's history, oldest first. */
export async function readWindow(walk: HistoryWalk, window: MessageWindow): Promise<MessagePage> {
  const end = endOf(window)
  // Two more than asked for: one tells whether there is more, one may be held back as a cut millisecond.
  const pageSize = window.take === 'newest' ? window.limit + 2 : Math.max(WALK_PAGE, window.limit + 2)
  const kept: Message[] = []
  let walked = 0
  let passed = false
  for await (const stretch of walk(end, pageSize)) {
    walked += stretch.messages.length
    const inside = stretch.messages.filter((message) => isInside(message, window))
    kept.push(...inside)
    passed ||= stretch.messages.some((message) => isPassed(message, window))
    if (window.take === 'newest' && kept.length > window.limit) break
    if (stretch.messages.some((message) => isBelow(message, window))) break
    // Going for the oldest, what was walked past first is the farthest from the page.
    if (window.take === 'oldest' && kept.length > window.limit + 1) {
      kept.splice(0, kept.length - window.limit - 1)
    }
    if (walked > LONGEST_WALK) throw tooFar()
  }
  return cutPage(kept, window, passed)
}

/** The newest page, and as many more as it takes to reach `from`, or the limit of what is read at once. */
export async function readRecent(walk: HistoryWalk, from: Position | null): Promise<RecentMessages> {
  const newestFirst: Message[] = []
  let unreadable = false
  let room: Pick<RecentMessages, 'roomRevision'> | null = null
  for await (const { messages, isLast: last, ...stretch } of walk(null, RECENT_PAGE)) {
    newestFirst.push(...messages)
    unreadable ||= stretch.hasUnreadable === true
    const { roomFingerprint } = stretch
    room ??= roomFingerprint === undefined ? {} : { roomRevision: roomFingerprint }
    const oldest = newestFirst.at(-1)
    if (last || !oldest) break
    const reached = from === null || oldest.position.micros <= from.micros
    if (!reached && newestFirst.length < LONGEST_READ_BACK) continue
    const start = { micros: oldest.position.micros, id: '' }
    return { messages: newestFirst.reverse(), from: start, hasUnreadableMessages: unreadable, ...room }
  }
  return { messages: newestFirst.reverse(), from: null, hasUnreadableMessages: unreadable, ...room }
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

/** Whether a reader who came from the room's beginning has it behind them: at or before `after`, yet of the list. */
function isPassed(message: Message, { after, since }: MessageWindow): boolean {
  if (!after || comparePositions(message.position, after) > 0) return false
  return since === null || message.createdAt >= since
}

function cutPage(newestFirst: Message[], window: MessageWindow, passed: boolean): MessagePage {
  const more = newestFirst.length > window.limit
  if (window.take === 'oldest') {
    return { messages: newestFirst.slice(-window.limit).reverse(), hasEarlier: passed, hasLater: more }
  }
  const messages = newestFirst.slice(0, window.limit).reverse()
  return { messages, hasEarlier: more, hasLater: isBeforeEnd(window) }
}

/** Whether something of the list lies behind `before`: at least the message it was taken from, but for `until`. */
function isBeforeEnd({ before, until }: MessageWindow): boolean {
  return before !== null && (until === null || before.micros < until.getTime() * 1000)
}

function tooFar(): ChatError {
  const detail = `More than ${LONGEST_WALK} messages lie behind that page, and this provider reads backwards only; pass \`until\`, or read with \`last\` and \`before\`.`
  return new ChatError('INVALID_INPUT', detail, { field: 'first' })
}
