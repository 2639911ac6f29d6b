import type { MessagePage, MessageWindow, RecentMessages } from '../../chat/adapter.ts'
import { ChatError } from '../../chat/errors.ts'
import { comparePositions, type Message, type Position } from '../../chat/model.ts'

/**
 * Reads up to `limit` messages created before `end`, newest first: all that Rocket.Chat's history can do
 * (rocketchat.md 2). Null reads from the newest on.
 */
export type ReadHistory = (end: Date | null, limit: number) => Promise<readonly Message[]>

const RECENT_PAGE = 50
const WALK_PAGE = 200
const LONGEST_WALK = 20_000

/** Messages newest first; `last` where the room has none before them. */
interface Stretch {
  readonly messages: readonly Message[]
  readonly last: boolean
}

/**
 * Walks a room from `end` backwards and gives its messages newest first, whole milliseconds at a time. Pages
 * overlap by a millisecond: `end` is exclusive and the server breaks no ties, so the oldest millisecond of a
 * full page may be cut anywhere.
 */
async function* walkBack(read: ReadHistory, end: Date | null, pageSize: number): AsyncGenerator<Stretch> {
  let limit = pageSize
  let before = end
  for (;;) {
    const page = [...(await read(before, limit))].sort((a, b) => comparePositions(b.position, a.position))
    const oldest = page.at(-1)
    if (!oldest || page.length < limit) return yield { messages: page, last: true }
    const whole = page.filter((message) => message.position.micros > oldest.position.micros)
    if (whole.length === 0) {
      // One millisecond fills the page: only a longer page can show where it ends.
      limit *= 2
      continue
    }
    yield { messages: whole, last: false }
    before = new Date(oldest.createdAt.getTime() + 1)
  }
}

/** The wanted page of a room's history, oldest first. */
export async function readWindow(read: ReadHistory, window: MessageWindow): Promise<MessagePage> {
  const end = endOf(window)
  // Two more than asked for: one tells whether there is more, one may be held back as a cut millisecond.
  const pageSize = window.take === 'newest' ? window.limit + 2 : Math.max(WALK_PAGE, window.limit + 2)
  const kept: Message[] = []
  let beyond = false
  let walked = 0
  for await (const stretch of walkBack(read, end, pageSize)) {
    walked += stretch.messages.length
    const inside = stretch.messages.filter((message) => isInside(message, window))
    kept.push(...inside)
    if (window.take === 'newest' && kept.length > window.limit) break
    if (stretch.messages.some((message) => isBelow(message, window))) break
    // Going for the oldest, what was walked past first is the farthest from the page.
    if (window.take === 'oldest' && kept.length > window.limit + 1) {
      kept.splice(0, kept.length - window.limit - 1)
      beyond = true
    }
    if (walked > LONGEST_WALK) throw tooFar()
  }
  return cutPage(kept, window, beyond)
}

/** The newest page, and as many more as it takes to reach `from`. */
export async function readRecent(read: ReadHistory, from: Position | null): Promise<RecentMessages> {
  const newestFirst: Message[] = []
  for await (const { messages, last } of walkBack(read, null, RECENT_PAGE)) {
    newestFirst.push(...messages)
    const oldest = newestFirst.at(-1)
    if (last || !oldest) break
    const reached = from === null || oldest.position.micros <= from.micros
    if (!reached && newestFirst.length < LONGEST_WALK) continue
    return { messages: newestFirst.reverse(), from: { micros: oldest.position.micros, id: '' } }
  }
  return { messages: newestFirst.reverse(), from: null }
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

function cutPage(newestFirst: Message[], window: MessageWindow, beyond: boolean): MessagePage {
  const more = newestFirst.length > window.limit
  if (window.take === 'newest') {
    const messages = newestFirst.slice(0, window.limit).reverse()
    return { messages, hasEarlier: more, hasLater: window.before !== null }
  }
  const messages = newestFirst.slice(-window.limit).reverse()
  return { messages, hasEarlier: window.after !== null, hasLater: more || beyond }
}

function tooFar(): ChatError {
  const detail = `More than ${LONGEST_WALK} messages lie behind that page, and this provider reads backwards only; pass \`until\`, or read with \`last\` and \`before\`.`
  return new ChatError('INVALID_INPUT', detail, { field: 'first' })
}
