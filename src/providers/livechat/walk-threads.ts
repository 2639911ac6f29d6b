import { comparePositions, type Message } from '../../domain/model.ts'
import { isOversized } from '../../upstream/errors.ts'
import type { HistoryChunk, HistoryWalk } from '../shared/history.ts'
import { walkPages } from '../shared/page-walk.ts'
import { type FirstThreadPage, listThreads } from './chat-requests.ts'
import { mapEvent, visibleEvents } from './map.ts'
import type { Participants } from './participants.ts'
import type { RoomApi } from './room-api.ts'
import { formatMicros } from './timestamps.ts'
import type { WireThread } from './wire.ts'

/** The most that `min_events_count` takes (docs/providers/livechat.md 3.2). */
const MOST_EVENTS = 100
/** Where threads must be asked for by number: a guess at how many events one holds, on the low side. */
const EVENTS_A_THREAD = 8
const MOST_THREADS = 100
const FEWEST_THREADS = 3

/** The chat whose threads are read, and as whom. */
export interface ThreadSource {
  readonly provider: string
  readonly chatId: string
  readonly api: RoomApi
  readonly participants: Participants
}

/**
 * Walks a chat's threads from the latest back and gives their messages newest first. LiveChat has no page within
 * a thread (docs/providers/livechat.md 3.1). The oldest microsecond of a page waits for the next one: where
 * one thread ends and the other begins in the same microsecond, only ids tell their order.
 */
export function walkThreads(room: ThreadSource): HistoryWalk {
  return async function* walk(end, pageSize): AsyncGenerator<HistoryChunk> {
    const pages = walkPages({
      firstPage: null,
      readPage: (pageId: string | null) =>
        pageId === null
          ? readWhatFits(room, firstQuery(room.api, end, pageSize))
          : listThreads(room.api, room.chatId, { page_id: pageId }),
      idsOf: ({ threads }) => threads.map(({ id }) => id),
      nextPage: ({ nextPageId }) => nextPageId ?? undefined,
    })
    let held: readonly Message[] = []
    let unreadable = false
    let roomFingerprint: string | null = null
    for await (const { threads, nextPageId, ...page } of pages) {
      roomFingerprint ??= fingerprintOf(threads[0])
      unreadable ||= page.unreadable
      const read = [...held, ...(await toMessages(threads, room, nextPageId === null))]
      const messages = read.sort((a, b) => comparePositions(b.position, a.position))
      if (nextPageId === null)
        return yield { messages, isLast: true, hasUnreadable: unreadable, roomFingerprint }
      const oldest = messages.at(-1)?.position.micros
      const whole = messages.filter(({ position }) => position.micros !== oldest)
      held = messages.slice(whole.length)
      if (whole.length > 0)
        yield { messages: whole, isLast: false, hasUnreadable: unreadable, roomFingerprint }
    }
  }
}

/**
 * What a thread shows of its chat's state (docs/providers/livechat.md 3.7): the latest thread's is the
 * chat's.
 */
function fingerprintOf(thread: WireThread | undefined): string {
  if (!thread) return ''
  const { id, active, queue, tags, user_ids, access } = thread
  return JSON.stringify([id, active, queue, tags, user_ids, access?.group_ids])
}

/** Where threads are so long that a page is not read, one of half as many is; all further pages are as long. */
async function readWhatFits({ api: side, chatId }: ThreadSource, query: FirstThreadPage) {
  for (let asked = query; ; asked = { ...asked, limit: Math.floor((asked.limit ?? 1) / 2) }) {
    try {
      return await listThreads(side, chatId, asked)
    } catch (error) {
      if (!isOversized(error) || (asked.limit ?? 1) === 1) throw error
    }
  }
}

/**
 * The messages of threads that a side has read, latest thread first, in no order. A thread behind another begins with a
 * reopening; `isAll` says that the last one is the chat's first.
 */
export async function toMessages(
  threads: readonly WireThread[],
  { provider, chatId, api: side, participants: people }: ThreadSource,
  isAll = false,
): Promise<readonly Message[]> {
  const first = isAll ? threads.at(-1)?.id : undefined
  const read = threads.map((thread) => ({
    threadId: thread.id,
    events: visibleEvents(thread, side.view),
  }))
  const authors = read.flatMap(({ events }) => events.flatMap(({ author_id }) => author_id ?? []))
  const users = await people.load(side, chatId, authors)
  return read.flatMap(({ threadId, events }) =>
    events.map((event, index) => {
      const message = mapEvent(event, { provider, chatId, threadId, users })
      return index === 0 && threadId !== first ? { ...message, reopens: true } : message
    }),
  )
}

/**
 * Agents can leave out the threads that began behind the end; visitors cannot
 * (docs/providers/livechat.md 3.2, 4). Filters and
 * `min_events_count` exclude each other.
 */
function firstQuery({ kind: api }: RoomApi, end: Date | null, pageSize: number): FirstThreadPage {
  const limit = Math.min(MOST_THREADS, Math.max(FEWEST_THREADS, Math.ceil(pageSize / EVENTS_A_THREAD)))
  if (end !== null && api === 'agent') return { filters: { to: formatMicros(end.getTime() * 1000) }, limit }
  if (end !== null) return { min_events_count: MOST_EVENTS }
  return pageSize > MOST_EVENTS ? { limit } : { min_events_count: pageSize }
}
