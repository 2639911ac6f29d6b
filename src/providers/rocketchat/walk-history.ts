import { comparePositions, type Message } from '../../domain/model.ts'
import { isOversized } from '../../upstream/errors.ts'
import { UnreadableResponse } from '../shared/errors.ts'
import type { HistoryChunk, HistoryWalk } from '../shared/history.ts'
import { Memo } from '../shared/memo.ts'
import { PageWalkGuard } from '../shared/page-walk.ts'

/** Size of later pages: a client that reads past the first page probably reads far. */
const LATER_PAGE_SIZE = 200
/** Pages of this size are not halved. */
const MIN_PAGE_SIZE = 8
/** More messages in one millisecond are not plausible. */
const MAX_PAGE_SIZE = 5_000

/** One page of history, newest message first. */
export interface MappedHistoryPage {
  readonly messages: readonly Message[]
  /** Whether the server returned as many messages as requested, readable or not: only then can there be more. */
  readonly isFull: boolean
  /** Whether unreadable messages were left out. */
  readonly hasUnreadable?: boolean
}

/**
 * Reads up to `limit` messages created before `end`, newest first; null reads from the newest. Rocket.Chat's history
 * has no other order (docs/providers/rocketchat.md 2).
 */
export type ReadHistoryPage = (end: Date | null, limit: number) => Promise<MappedHistoryPage>

const chunks = new Memo<MappedHistoryPage, HistoryChunk>()

/** Creates the walk through a room's history, newest message first. */
export function walkHistory(readPage: ReadHistoryPage): HistoryWalk {
  return (end, pageSize) => walkBack(readPage, end, pageSize)
}

/**
 * Walks a room backwards from `end` and yields whole milliseconds. `end` is exclusive and the server has no tie-break,
 * so the oldest millisecond of a full page may be incomplete. Therefore pages overlap by a millisecond.
 */
async function* walkBack(
  readPage: ReadHistoryPage,
  end: Date | null,
  pageSize: number,
): AsyncGenerator<HistoryChunk> {
  let limit = pageSize
  let before = end
  let hasUnreadable = false
  const guard = new PageWalkGuard()
  for (;;) {
    guard.countPage()
    const { page, limit: usedLimit } = await readPageThatFits(readPage, before, limit)
    guard.requireNewRows(() => page.messages.map(({ ref }) => ref.messageId))
    hasUnreadable ||= page.hasUnreadable === true
    const chunk = chunks.get(page, [hasUnreadable], () => toChunk(page, hasUnreadable))
    if (chunk.isLast) return yield chunk
    if (chunk.messages.length === 0) {
      // One millisecond fills the page: only a longer page can show where it ends.
      limit = usedLimit * 2
      if (limit > MAX_PAGE_SIZE) throw new UnreadableResponse('a millisecond without end')
      continue
    }
    yield chunk
    const oldestMicros = Math.min(...page.messages.map(({ position }) => position.micros))
    before = new Date(oldestMicros / 1000 + 1)
    limit = usedLimit < limit ? usedLimit : Math.max(limit, LATER_PAGE_SIZE)
  }
}

/** The messages of a page, newest first, without the oldest millisecond where that may be incomplete. */
function toChunk({ messages, isFull }: MappedHistoryPage, hasUnreadable: boolean): HistoryChunk {
  const newestFirst = [...messages].sort((a, b) => comparePositions(b.position, a.position))
  if (!isFull) return { messages: newestFirst, isLast: true, hasUnreadable }
  const oldestMicros = newestFirst.at(-1)?.position.micros ?? 0
  const complete = newestFirst.filter(({ position }) => position.micros > oldestMicros)
  return { messages: complete, isLast: false, hasUnreadable }
}

/** Halves the page until the response is short enough to be read. Returns the page with its `limit`. */
async function readPageThatFits(
  readPage: ReadHistoryPage,
  end: Date | null,
  maxLimit: number,
): Promise<{ readonly page: MappedHistoryPage; readonly limit: number }> {
  for (let limit = maxLimit; ; limit = Math.floor(limit / 2)) {
    try {
      return { page: await readPage(end, limit), limit }
    } catch (error) {
      if (!isOversized(error) || limit <= MIN_PAGE_SIZE) throw error
    }
  }
}
