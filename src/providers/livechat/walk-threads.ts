import { comparePositions, type Message, type MessageVisibility } from '../../domain/model.ts'
import { isOversized } from '../../upstream/errors.ts'
import type { HistoryChunk, HistoryWalk } from '../shared/history.ts'
import { Memo } from '../shared/memo.ts'
import { walkPages } from '../shared/page-walk.ts'
import { type FirstThreadPage, getChat, listThreads } from './chat-requests.ts'
import { revisionOf } from './chat-state.ts'
import { toLatestThread } from './known-chat.ts'
import { type MessageOrigin, mapEvent, visibleEvents } from './map.ts'
import type { Participants } from './participants.ts'
import type { RoomApi } from './room-api.ts'
import { formatMicros } from './timestamps.ts'
import type { WireThread } from './wire.ts'

/** The most that `min_events_count` accepts (docs/providers/livechat.md 3.2). */
const MAX_MIN_EVENTS = 100
/** A low estimate of the events of one thread, for requests that can only name a number of threads. */
const EVENTS_PER_THREAD = 8
const MAX_THREADS = 100
const MIN_THREADS = 3

/** The chat whose threads are read, and the API of the caller. */
export interface ThreadSource {
  readonly provider: string
  readonly chatId: string
  readonly api: RoomApi
  readonly participants: Participants
}

/**
 * Walks a chat's threads backwards and yields their messages newest first. LiveChat has no pages within a thread
 * (docs/providers/livechat.md 3.1). The oldest microsecond of a page is held back until the next page: if one thread
 * ends and another starts in the same microsecond, only the ids order their messages.
 */
export function walkThreads(source: ThreadSource): HistoryWalk {
  return async function* walk(end, pageSize): AsyncGenerator<HistoryChunk> {
    const pages = walkPages({
      firstPage: null,
      readPage: (pageId: string | null) =>
        pageId === null
          ? readFirstPage(source, firstQuery(source.api, end, pageSize))
          : listThreads(source.api, source.chatId, { page_id: pageId }),
      idsOf: ({ threads }) => threads.map(({ id }) => id),
      nextPage: ({ nextPageId }) => nextPageId ?? undefined,
    })
    let heldBack: readonly Message[] = []
    let hasUnreadable = false
    let roomRevision: string | null = null
    for await (const { threads, nextPageId, ...page } of pages) {
      if (roomRevision === null) recordLatestThread(threads, nextPageId === null, source)
      roomRevision ??= revisionOf(threads[0])
      hasUnreadable ||= page.hasUnreadable
      const pageMessages = await toMessages(threads, source, nextPageId === null)
      const state = { isLast: nextPageId === null, hasUnreadable, roomRevision }
      const split =
        heldBack.length === 0
          ? splitPages.get(pageMessages, Object.values(state), () => splitPage(pageMessages, state))
          : splitPage([...heldBack, ...pageMessages], state)
      heldBack = split.heldBack
      if (split.chunk.isLast) return yield split.chunk
      if (split.chunk.messages.length > 0) yield split.chunk
    }
  }
}

/** The messages of a page, newest first, and those that are held back until the next page. */
interface SplitPage {
  readonly chunk: HistoryChunk
  readonly heldBack: readonly Message[]
}

const splitPages = new Memo<readonly Message[], SplitPage>()

function splitPage(pageMessages: readonly Message[], state: Omit<HistoryChunk, 'messages'>): SplitPage {
  const messages = [...pageMessages].sort((a, b) => comparePositions(b.position, a.position))
  if (state.isLast) return { chunk: { ...state, messages }, heldBack: [] }
  const oldestMicros = messages.at(-1)?.position.micros
  const complete = messages.filter(({ position }) => position.micros !== oldestMicros)
  return { chunk: { ...state, messages: complete }, heldBack: messages.slice(complete.length) }
}

/** Records the latest thread of the first page, from which pushed messages continue. `isAll`: there are no other threads. */
function recordLatestThread(
  threads: readonly WireThread[],
  isAll: boolean,
  { participants, chatId, api }: ThreadSource,
): void {
  const [latest] = threads
  if (!latest) return
  participants.compareState(api, chatId, latest)
  participants.recordThread(api, chatId, toLatestThread(latest, api.view, isAll && threads.length === 1))
}

/**
 * Halves the page until its response is small enough to be read. All further pages have the same size. Only threads prove that
 * the caller may see the chat: if there are none, `get_chat` is called, which rejects the caller otherwise.
 */
async function readFirstPage({ api, chatId }: ThreadSource, initialQuery: FirstThreadPage) {
  for (let query = initialQuery; ; query = { ...query, limit: Math.floor((query.limit ?? 1) / 2) }) {
    try {
      const page = await listThreads(api, chatId, query)
      if (page.threads.length === 0) await getChat(api, chatId, null)
      return page
    } catch (error) {
      if (!isOversized(error) || (query.limit ?? 1) === 1) throw error
    }
  }
}

/**
 * Maps threads, latest first, to their messages, in no order. The first message of every thread but the chat's first
 * reopens the room; `isAll` means that the last of `threads` is the chat's first.
 */
export async function toMessages(
  threads: readonly WireThread[],
  source: ThreadSource,
  isAll = false,
): Promise<readonly Message[]> {
  const { provider, chatId, api, participants } = source
  const authorIds = threads.flatMap((thread) =>
    visibleEvents(thread, api.view).flatMap(({ author_id }) => author_id ?? []),
  )
  const users = await participants.load(api, chatId, authorIds)
  const origin = { provider, chatId, view: api.view, users }
  return messagesOfPages.get(threads, [...Object.values(origin), isAll], () =>
    threads.flatMap((thread, index) => mapThread(thread, origin, isAll && index === threads.length - 1)),
  )
}

const messagesOfPages = new Memo<readonly WireThread[], readonly Message[]>()
const messagesOfThreads = new Memo<WireThread, readonly Message[]>()

interface ThreadOrigin extends Omit<MessageOrigin, 'threadId'> {
  readonly view: MessageVisibility
}

function mapThread(thread: WireThread, origin: ThreadOrigin, isFirst: boolean): readonly Message[] {
  return messagesOfThreads.get(thread, [...Object.values(origin), isFirst], () =>
    visibleEvents(thread, origin.view).map((event, index) => {
      const message = mapEvent(event, { ...origin, threadId: thread.id })
      return index === 0 && !isFirst ? { ...message, reopens: true } : message
    }),
  )
}

/**
 * The agent API can omit threads that started after `end`, the customer API cannot
 * (docs/providers/livechat.md 3.2, 4). Filters and `min_events_count` exclude each other.
 */
function firstQuery({ kind }: RoomApi, end: Date | null, pageSize: number): FirstThreadPage {
  const limit = Math.min(MAX_THREADS, Math.max(MIN_THREADS, Math.ceil(pageSize / EVENTS_PER_THREAD)))
  if (end !== null && kind === 'agent') {
    return { filters: { to: formatMicros(end.getTime() * 1000) }, limit }
  }
  if (end !== null) return { min_events_count: MAX_MIN_EVENTS }
  return pageSize > MAX_MIN_EVENTS ? { limit } : { min_events_count: pageSize }
}
