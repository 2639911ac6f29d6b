import { PageWalkGuard } from '../../shared/page-walk.ts'
import { type ClassicMessage, type ClassicPage, PAGE_SIZE } from './classic-client.ts'

/** How far a day was read: the number of messages, and the ids of the last ones. */
export interface DayPosition {
  readonly readCount: number
  /** At most `MAX_ANCHORS`, the latest read last. */
  readonly anchorIds: readonly string[]
}

/** A message of a day, and the position after it. */
export interface DayEntry {
  readonly item: ClassicMessage
  readonly position: DayPosition
}

/** How many of the last read messages are kept as anchors. The position is found again while one of them exists. */
export const MAX_ANCHORS = 3

export const START_OF_DAY: DayPosition = { readCount: 0, anchorIds: [] }

/** Reads one of the day's pages, counted from 1. */
type FetchPage = (number: number) => Promise<ClassicPage>

/** A page, and how many of its messages to skip. */
interface PageStart {
  readonly page: ClassicPage
  readonly number: number
  readonly skip: number
}

/**
 * Reads the rest of a day after `from`, page by page. Pages shift when a message is added or removed before them
 * (docs/providers/livechat.md 1.1). So a position is found by its anchors, again whenever `total` shows a change; only
 * if all anchors are gone does the number of messages count. `firstPage` is the day's first page if it is known.
 */
export async function* readDay(
  fetchPage: FetchPage,
  from: DayPosition,
  firstPage: ClassicPage | null,
): AsyncGenerator<DayEntry> {
  const guard = new PageWalkGuard()
  const fetch: FetchPage = (number) => {
    guard.countPage()
    return fetchPage(number)
  }
  let position = from
  const returnedIds = new Set(position.anchorIds)
  let start = firstPage ? { page: firstPage, number: 1, skip: 0 } : await findStart(position, fetch)
  for (;;) {
    const { page, number, skip } = start
    guard.requireNewRows(() => page.messages.flatMap((item) => item?.id ?? []))
    for (const [index, item] of page.messages.entries()) {
      if (index < skip || !item || returnedIds.has(item.id)) continue
      returnedIds.add(item.id)
      const readCount = (number - 1) * PAGE_SIZE + index + 1
      position = { readCount, anchorIds: [...position.anchorIds, item.id].slice(-MAX_ANCHORS) }
      yield { item, position }
    }
    if (!hasMorePages(page, number)) return
    const next = await fetch(number + 1)
    const hasChanged = next.total !== page.total
    start = hasChanged ? await findStart(position, fetch) : { page: next, number: number + 1, skip: 0 }
  }
}

/** Finds a position again. If all anchors are gone, the messages after them have moved up by that number. */
async function findStart({ readCount, anchorIds }: DayPosition, fetch: FetchPage): Promise<PageStart> {
  const start = anchorIds.length === 0 ? null : await findAnchor({ readCount, anchorIds }, fetch)
  if (start) return start
  const before = Math.max(0, readCount - anchorIds.length)
  const number = pageNumberAt(before)
  return { page: await fetch(number), number, skip: before % PAGE_SIZE }
}

/** Searches for the anchors: from their old page to the end, because days grow, then before it. */
async function findAnchor(
  { readCount, anchorIds }: DayPosition,
  fetch: FetchPage,
): Promise<PageStart | null> {
  const oldNumber = pageNumberAt(Math.max(0, readCount - 1))
  const searchPage = async (number: number): Promise<PageStart> => {
    const page = await fetch(number)
    const index = page.messages.findLastIndex((item) => item && anchorIds.includes(item.id))
    return { page, number, skip: index + 1 }
  }
  let start = await searchPage(oldNumber)
  const pages = start.page.pages ?? oldNumber
  while (start.skip === 0 && hasMorePages(start.page, start.number)) {
    start = await searchPage(start.number + 1)
  }
  for (let number = Math.min(oldNumber - 1, pages); start.skip === 0 && number >= 1; number -= 1) {
    start = await searchPage(number)
  }
  return start.skip > 0 ? start : null
}

/** Whether another page follows; if the response lacks their number, one is assumed after every full page. */
function hasMorePages({ pages, messages: rows }: ClassicPage, number: number): boolean {
  return rows.length > 0 && (pages === null ? rows.length >= PAGE_SIZE : number < pages)
}

/** The number of the page with the message that has `before` messages before it. */
function pageNumberAt(before: number): number {
  return Math.floor(before / PAGE_SIZE) + 1
}
