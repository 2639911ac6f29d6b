import { ApiError } from '../api-error.ts'
import type { MicrosTimestamp } from '../store/timestamps.ts'
import { integerBetween, oneOf, reader, type Schema, shape, text } from './input.ts'

/** The position of a row in its list: by time, then by id. */
type Position = readonly [timestamp: MicrosTimestamp, id: string]

/** The paging arguments of a list method. */
export interface PageInput {
  readonly filters?: unknown
  readonly sort_order?: 'asc' | 'desc'
  readonly limit?: number
  readonly page_id?: string
}

/** The content of a page id, so that later calls need no other argument (docs/providers/livechat.md 3.1). */
interface Asked {
  /** The list that it belongs to: the method, and what its rows depend on. */
  readonly list: string
  readonly filters: unknown
  readonly order: 'asc' | 'desc'
  readonly limit: number
  readonly after?: Position
  readonly before?: Position
}

interface Token extends Asked {
  readonly issuedAt: number
  readonly generation: number
}

/** A list that can be paged. */
export interface PagedList<Filters, Row> {
  readonly list: string
  readonly input: PageInput
  readonly defaultLimit: number
  readFilters(value: unknown): Filters
  select(filters: Filters): readonly Row[]
  position(row: Row): Position
}

/** The paging arguments of a list method, for `shape`. */
export const pageArguments = (maxLimit: number): Record<string, Schema> => ({
  sort_order: oneOf('asc', 'desc'),
  limit: integerBetween(1, maxLimit),
  page_id: text,
})

const MONTH_MS = 30 * 86_400_000

const position: Schema = {
  type: 'array',
  items: [{ type: 'number' }, text],
  minItems: 2,
  additionalItems: false,
}

const readToken = reader<Token>(
  shape({
    'list!': text,
    filters: {},
    'order!': oneOf('asc', 'desc'),
    'limit!': integerBetween(1, 100),
    after: position,
    before: position,
    'issuedAt!': { type: 'number' },
    'generation!': { type: 'number' },
  }),
)

/** Issues and reads page ids: opaque base64, valid for a month or until `expire`. */
export class PageIds {
  readonly #now: () => number
  #generation = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** Makes every page id issued so far invalid. */
  expire(): void {
    this.#generation += 1
  }

  /**
   * One page of a list, with the page ids of its neighbours where such exist. Throws validation for a page id that
   * is foreign, stale, or accompanied by filters, limit or sort order.
   */
  page<Filters, Row>(paged: PagedList<Filters, Row>): { rows: Row[]; found: number; links: object } {
    const asked = this.#read(paged)
    const sign = asked.order === 'asc' ? 1 : -1
    const all = paged
      .select(paged.readFilters(asked.filters ?? {}))
      .map((row) => ({ row, at: paged.position(row) }))
      .sort((a, b) => compare(a.at, b.at) * sign)
    const { after, before, ...base } = asked
    const wanted = all.filter(
      ({ at }) => (!after || compare(at, after) * sign > 0) && (!before || compare(at, before) * sign < 0),
    )
    const rows = before ? wanted.slice(-asked.limit) : wanted.slice(0, asked.limit)
    const [first, last] = [rows[0], rows.at(-1)]
    return {
      rows: rows.map(({ row }) => row),
      found: all.length,
      links: {
        ...(last && last !== all.at(-1) && { next_page_id: this.#write({ ...base, after: last.at }) }),
        ...(first && first !== all[0] && { previous_page_id: this.#write({ ...base, before: first.at }) }),
      },
    }
  }

  #read({
    list,
    input,
    defaultLimit,
  }: Pick<PagedList<unknown, unknown>, 'list' | 'input' | 'defaultLimit'>): Asked {
    const { page_id, filters, limit, sort_order } = input
    if (page_id === undefined) {
      return { list, filters, order: sort_order ?? 'desc', limit: limit ?? defaultLimit }
    }
    if (filters !== undefined || limit !== undefined || sort_order !== undefined) {
      throw new ApiError('validation', '`filters`, `limit` and `sort_order` cannot be used with `page_id`')
    }
    const { issuedAt, generation, ...asked } = decode(page_id)
    if (asked.list !== list) throw new ApiError('validation', '`page_id` is invalid')
    if (generation !== this.#generation || this.#now() - issuedAt > MONTH_MS) {
      throw new ApiError('validation', '`page_id` has expired')
    }
    return asked
  }

  #write(asked: Asked): string {
    const token: Token = { ...asked, issuedAt: this.#now(), generation: this.#generation }
    return Buffer.from(JSON.stringify(token)).toString('base64')
  }
}

function compare(a: Position, b: Position): number {
  if (a[0] !== b[0]) return a[0] - b[0]
  return a[1] < b[1] ? -1 : Number(a[1] > b[1])
}

function decode(pageId: string): Token {
  try {
    return readToken(JSON.parse(Buffer.from(pageId, 'base64').toString()))
  } catch {
    throw new ApiError('validation', '`page_id` is invalid')
  }
}
