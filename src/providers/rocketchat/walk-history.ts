import { comparePositions, type Message } from '../../domain/model.ts'
import { isOversized } from '../../upstream/errors.ts'
import { UnreadableResponse } from '../shared/errors.ts'
import type { HistoryChunk, HistoryWalk } from '../shared/history.ts'
import { PageWalkGuard } from '../shared/page-walk.ts'

/** Who reads on behind a first page is likely to read far. */
const LATER_PAGE = 200
/** A page of so few messages is not halved any more. */
const SHORTEST_PAGE = 8
/** No room has so many messages of one millisecond. */
const LONGEST_PAGE = 5_000

/** What one call of the history gave, newest first. */
export interface MappedHistoryPage {
  readonly messages: readonly Message[]
  /** Whether it gave as much as was asked for, understood or not: only then may there be more. */
  readonly isFull: boolean
  /** Whether some were left out because they could not be read. */
  readonly hasUnreadable?: boolean
}

/**
 * Reads up to `limit` messages created before `end`, newest first: all that Rocket.Chat's history can do
 * (docs/providers/rocketchat.md 2). Null reads from the newest on.
 */
export type ReadHistoryPage = (end: Date | null, limit: number) => Promise<MappedHistoryPage>

/**
 * Walks a room from `end` backwards and gives its messages newest first, whole milliseconds at a time. Pages
 * overlap by a millisecond: `end` is exclusive and the server breaks no ties, so the oldest millisecond of a
 * full page may be cut anywhere.
 */
async function* walkBack(
  read: ReadHistoryPage,
  end: Date | null,
  pageSize: number,
): AsyncGenerator<HistoryChunk> {
  let limit = pageSize
  let before = end
  let unreadable = false
  const guard = new PageWalkGuard()
  for (;;) {
    guard.countPage()
    const { messages, isFull: full, asked, ...told } = await readWhatFits(read, before, limit)
    guard.requireNewRows(messages.map(({ ref }) => ref.messageId))
    unreadable ||= told.hasUnreadable === true
    const page = [...messages].sort((a, b) => comparePositions(b.position, a.position))
    if (!full) return yield { messages: page, isLast: true, hasUnreadable: unreadable }
    const oldest = page.at(-1)
    const whole = page.filter(({ position }) => oldest && position.micros > oldest.position.micros)
    if (!oldest || whole.length === 0) {
      // One millisecond fills the page: only a longer page can show where it ends.
      limit = asked * 2
      if (limit > LONGEST_PAGE) throw new UnreadableResponse('a millisecond without end')
      continue
    }
    yield { messages: whole, isLast: false, hasUnreadable: unreadable }
    before = new Date(oldest.createdAt.getTime() + 1)
    limit = asked < limit ? asked : Math.max(limit, LATER_PAGE)
  }
}

/** Where texts are so long that a page is not read, one of half as many messages is. `asked` is how many it is then. */
async function readWhatFits(
  read: ReadHistoryPage,
  end: Date | null,
  limit: number,
): Promise<MappedHistoryPage & { readonly asked: number }> {
  for (let asked = limit; ; asked = Math.floor(asked / 2)) {
    try {
      return { ...(await read(end, asked)), asked }
    } catch (error) {
      if (!isOversized(error) || asked <= SHORTEST_PAGE) throw error
    }
  }
}

/** How a room is walked back through, newest first, over what Rocket.Chat's history can do. */
export function walkHistory(read: ReadHistoryPage): HistoryWalk {
  return (end, pageSize) => walkBack(read, end, pageSize)
}
