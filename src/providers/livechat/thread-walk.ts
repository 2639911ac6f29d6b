import { comparePositions, type Message } from '../../chat/model.ts'
import { isOversized } from '../../upstream/errors.ts'
import type { Stretch, WalkBack } from '../history.ts'
import { walkPages } from '../walk-pages.ts'
import { type FirstThreads, listThreads } from './chats.ts'
import { eventsOf, mapEvent } from './map.ts'
import type { People } from './people.ts'
import type { Side } from './side.ts'
import { formatMicros } from './stamps.ts'
import type { WireThread } from './wire.ts'

/** The most that `min_events_count` takes (docs/providers/livechat.md 3.2). */
const MOST_EVENTS = 100
/** Where threads must be asked for by number: a guess at how many events one holds, on the low side. */
const EVENTS_A_THREAD = 8
const MOST_THREADS = 100
const FEWEST_THREADS = 3

/** The chat whose threads are read, and as whom. */
export interface RoomThreads {
  readonly provider: string
  readonly chatId: string
  readonly side: Side
  readonly people: People
}

/**
 * Walks a chat's threads from the latest back and gives their messages newest first. LiveChat has no page within
 * a thread (docs/providers/livechat.md 3.1). The oldest microsecond of a page waits for the next one: where
 * one thread ends and the other begins in the same microsecond, only ids tell their order.
 */
export function walkThreads(room: RoomThreads): WalkBack {
  return async function* walk(end, pageSize): AsyncGenerator<Stretch> {
    const pages = walkPages({
      first: null,
      read: (pageId: string | null) =>
        pageId === null
          ? readWhatFits(room, firstQuery(room.side, end, pageSize))
          : listThreads(room.side, room.chatId, { page_id: pageId }),
      idsOf: ({ threads }) => threads.map(({ id }) => id),
      next: ({ nextPageId }) => nextPageId ?? undefined,
    })
    let held: readonly Message[] = []
    let unreadable = false
    let roomFingerprint: string | null = null
    for await (const { threads, nextPageId, ...page } of pages) {
      roomFingerprint ??= fingerprintOf(threads[0])
      unreadable ||= page.unreadable
      const read = [...held, ...(await messagesOf(threads, room, nextPageId === null))]
      const messages = read.sort((a, b) => comparePositions(b.position, a.position))
      if (nextPageId === null) return yield { messages, last: true, unreadable, roomFingerprint }
      const oldest = messages.at(-1)?.position.micros
      const whole = messages.filter(({ position }) => position.micros !== oldest)
      held = messages.slice(whole.length)
      if (whole.length > 0) yield { messages: whole, last: false, unreadable, roomFingerprint }
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
async function readWhatFits({ side, chatId }: RoomThreads, query: FirstThreads) {
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
export async function messagesOf(
  threads: readonly WireThread[],
  { provider, chatId, side, people }: RoomThreads,
  isAll = false,
): Promise<readonly Message[]> {
  const first = isAll ? threads.at(-1)?.id : undefined
  const read = threads.map((thread) => ({
    threadId: thread.id,
    events: eventsOf(thread, side.view),
  }))
  const authors = read.flatMap(({ events }) => events.flatMap(({ author_id }) => author_id ?? []))
  const users = await people.of(side, chatId, authors)
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
function firstQuery({ api }: Side, end: Date | null, pageSize: number): FirstThreads {
  const limit = Math.min(MOST_THREADS, Math.max(FEWEST_THREADS, Math.ceil(pageSize / EVENTS_A_THREAD)))
  if (end !== null && api === 'agent') return { filters: { to: formatMicros(end.getTime() * 1000) }, limit }
  if (end !== null) return { min_events_count: MOST_EVENTS }
  return pageSize > MOST_EVENTS ? { limit } : { min_events_count: pageSize }
}
