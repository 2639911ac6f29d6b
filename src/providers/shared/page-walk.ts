import { UnreadableResponse } from './errors.ts'

/** Pages that one walk reads at most. */
const MOST_PAGES = 300
/** Pages in a row without anything new: a list that moves repeats rows, and a filtered one may have an empty page. */
const MOST_FRUITLESS = 3

/** How a list is read page by page. A `Place` names a page: an id, a number or a cursor, of plain JSON. */
export interface PageWalk<Place, Page> {
  readonly firstPage: Place
  readPage(place: Place): Promise<Page>
  /** The ids of all rows of a page. */
  idsOf(page: Page): Iterable<string>
  /** The place of the next page; undefined at the end of the list. */
  nextPage(page: Page, place: Place): Place | undefined
}

/**
 * Reads a list page by page, each when it is asked for. Throws UnreadableAnswer where a provider's list has no end: a
 * page comes again, several pages in a row bring nothing new, or there are more than 300.
 */
export async function* walkPages<Place, Page>(walk: PageWalk<Place, Page>): AsyncGenerator<Page> {
  const guard = new PageWalkGuard()
  const places = new Set<string>()
  let place: Place | undefined = walk.firstPage
  while (place !== undefined) {
    const key = JSON.stringify(place)
    if (places.has(key)) throw endless('the same page again')
    places.add(key)
    guard.countPage()
    const page = await walk.readPage(place)
    guard.requireNewRows(walk.idsOf(page))
    yield page
    place = walk.nextPage(page, place)
  }
}

/** Bounds one walk whose pages may legitimately be read twice, because its list moves meanwhile. */
export class PageWalkGuard {
  readonly #ids = new Set<string>()
  #pages = 0
  #fruitless = 0

  /** Counts a page that is about to be read. Throws UnreadableAnswer for the 301st. */
  countPage(): void {
    this.#pages += 1
    if (this.#pages > MOST_PAGES) throw endless(`more than ${MOST_PAGES} pages`)
  }

  /** Takes the rows of a page. Throws UnreadableAnswer where several pages in a row brought no new one. */
  requireNewRows(ids: Iterable<string>): void {
    const before = this.#ids.size
    for (const id of ids) this.#ids.add(id)
    this.#fruitless = this.#ids.size > before ? 0 : this.#fruitless + 1
    if (this.#fruitless >= MOST_FRUITLESS) throw endless('pages without anything new')
  }
}

function endless(what: string): UnreadableResponse {
  return new UnreadableResponse(`a list without end: ${what}`)
}
