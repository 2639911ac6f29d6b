import { UnreadableResponse } from './errors.ts'

/** Most pages that one walk reads. */
const MAX_PAGES = 300
/** Pages in a row without a new row: a list that changes repeats rows, and a filtered one may have an empty page. */
const MAX_PAGES_WITHOUT_NEWS = 3

/** How a list is read page by page. A `Position` identifies a page: an id, a number or a cursor, of plain JSON. */
export interface PageWalk<Position, Page> {
  readonly firstPage: Position
  readPage(position: Position): Promise<Page>
  /** The ids of all rows of a page. */
  idsOf(page: Page): Iterable<string>
  /** Position of the next page; undefined at the end of the list. */
  nextPage(page: Page, position: Position): Position | undefined
}

/**
 * Reads a list page by page, lazily. Throws UnreadableResponse for a list without end: a page comes again, several pages in a row
 * bring nothing new, or there are more than 300.
 */
export async function* walkPages<Position, Page>(walk: PageWalk<Position, Page>): AsyncGenerator<Page> {
  const guard = new PageWalkGuard()
  const readPositions = new Set<string>()
  let position: Position | undefined = walk.firstPage
  while (position !== undefined) {
    const key = JSON.stringify(position)
    if (readPositions.has(key)) throw endlessList('the same page again')
    readPositions.add(key)
    guard.countPage()
    const page = await walk.readPage(position)
    guard.requireNewRows(() => walk.idsOf(page))
    yield page
    position = walk.nextPage(page, position)
  }
}

/** Bounds one walk. Its pages may be read twice, because the list can change meanwhile. */
export class PageWalkGuard {
  /** Ids of the pages so far; null during the first page, which most walks end with. */
  #ids: Set<string> | null = null
  /** Ids of the first page, not in the set yet. */
  #readFirstIds: (() => Iterable<string>) | null = null
  #pages = 0
  #pagesWithoutNews = 0

  /** Counts a page before it is read. Throws UnreadableResponse for the 301st. */
  countPage(): void {
    this.#pages += 1
    if (this.#pages > MAX_PAGES) throw endlessList(`more than ${MAX_PAGES} pages`)
  }

  /** Records the ids of a page's rows. Throws UnreadableResponse after several pages in a row without a new one. */
  requireNewRows(readIds: () => Iterable<string>): void {
    if (this.#ids === null && this.#readFirstIds === null) {
      this.#readFirstIds = readIds
      return
    }
    if (this.#readFirstIds) this.#add(this.#readFirstIds())
    this.#readFirstIds = null
    this.#add(readIds())
    if (this.#pagesWithoutNews >= MAX_PAGES_WITHOUT_NEWS) throw endlessList('pages without anything new')
  }

  #add(ids: Iterable<string>): void {
    this.#ids ??= new Set()
    const before = this.#ids.size
    for (const id of ids) this.#ids.add(id)
    this.#pagesWithoutNews = this.#ids.size > before ? 0 : this.#pagesWithoutNews + 1
  }
}

function endlessList(what: string): UnreadableResponse {
  return new UnreadableResponse(`a list without end: ${what}`)
}
