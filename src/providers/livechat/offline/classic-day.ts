import { PageWalkGuard } from '../../shared/page-walk.ts'
import { type ClassicMessage, type ClassicPage, PAGE_SIZE } from './classic-client.ts'

/** How far a day was read: so many messages, the last of them by their ids. */
export interface DayPosition {
  readonly readCount: number
  /** At most `ANCHORS`, oldest read first. */
  readonly anchorIds: readonly string[]
}

/** A message of a day, and how far the day was read with it. */
export interface DayEntry {
  readonly item: ClassicMessage
  readonly position: DayPosition
}

/** How many of the messages read last are remembered: as long as one of them is left, the place is found again. */
export const MAX_ANCHORS = 3

/** Before the first message of a day. */
export const START_OF_DAY: DayPosition = { readCount: 0, anchorIds: [] }

/** Reads one of the day's pages, counted from 1. */
type FetchPage = (number: number) => Promise<ClassicPage>

/** Where reading goes on: behind the first `skip` messages of a page. */
interface Look {
  readonly page: ClassicPage
  readonly number: number
  readonly skip: number
}

/**
 * Reads a day on from a place, a page only when it is needed. Nothing pins the pages
 * (docs/providers/livechat.md 1.1): a message that comes or goes moves all behind it to other places. So a
 * place is found by the messages read last, again whenever `total` shows that something moved; only where all
 * of them are gone does their number count.
 * `first` is the day's first page where it is known already.
 */
export async function* readDay(
  fetchPage: FetchPage,
  from: DayPosition,
  first: ClassicPage | null,
): AsyncGenerator<DayEntry> {
  const guard = new PageWalkGuard()
  const fetch: FetchPage = (number) => {
    guard.countPage()
    return fetchPage(number)
  }
  let place = from
  const seen = new Set(place.anchorIds)
  let look = first ? { page: first, number: 1, skip: 0 } : await lookBehind(place, fetch)
  for (;;) {
    const { page, number, skip } = look
    guard.requireNewRows(page.offline_messages.flatMap((item) => item?.id ?? []))
    for (const [index, item] of page.offline_messages.entries()) {
      if (index < skip || !item || seen.has(item.id)) continue
      seen.add(item.id)
      const read = (number - 1) * PAGE_SIZE + index + 1
      place = { readCount: read, anchorIds: [...place.anchorIds, item.id].slice(-MAX_ANCHORS) }
      yield { item, position: place }
    }
    if (!hasMore(page, number)) return
    const next = await fetch(number + 1)
    const moved = next.total !== page.total
    look = moved ? await lookBehind(place, fetch) : { page: next, number: number + 1, skip: 0 }
  }
}

/** Finds a place again; where nothing of it is left, those behind it have moved up by as many as are gone. */
async function lookBehind(
  { readCount: read, anchorIds: last }: DayPosition,
  fetch: FetchPage,
): Promise<Look> {
  const found = last.length === 0 ? null : await findLast({ readCount: read, anchorIds: last }, fetch)
  if (found) return found
  const behind = Math.max(0, read - last.length)
  const number = pageOf(behind)
  return { page: await fetch(number), number, skip: behind % PAGE_SIZE }
}

/** Looks for the messages read last: from their old page to the end, since days grow, then before it. */
async function findLast(
  { readCount: read, anchorIds: last }: DayPosition,
  fetch: FetchPage,
): Promise<Look | null> {
  const start = pageOf(Math.max(0, read - 1))
  const lookAt = async (number: number): Promise<Look> => {
    const page = await fetch(number)
    const at = page.offline_messages.findLastIndex((item) => item && last.includes(item.id))
    return { page, number, skip: at + 1 }
  }
  let look = await lookAt(start)
  const pages = look.page.pages ?? start
  while (look.skip === 0 && hasMore(look.page, look.number)) look = await lookAt(look.number + 1)
  for (let number = Math.min(start - 1, pages); look.skip === 0 && number >= 1; number -= 1)
    look = await lookAt(number)
  return look.skip > 0 ? look : null
}

/** Whether there is a page behind one; where the answer does not tell how many there are, behind every full one. */
function hasMore({ pages, offline_messages: rows }: ClassicPage, number: number): boolean {
  return rows.length > 0 && (pages === null ? rows.length >= PAGE_SIZE : number < pages)
}

/** The page that holds a message by how many are before it. */
function pageOf(before: number): number {
  return Math.floor(before / PAGE_SIZE) + 1
}
