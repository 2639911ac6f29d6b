import { codedError } from '../errors.ts'

/** The paging fields of a list's query. */
export interface PageQuery {
  readonly offset?: number | string | null
  readonly count?: number | string | null
  readonly sort?: string | null
}

/** The page fields of a REST list, next to its rows. */
export interface Page<T> {
  readonly rows: readonly T[]
  readonly paging: { readonly count: number; readonly offset: number; readonly total: number }
}

const DEFAULT_COUNT = 50
const UPPER_COUNT_LIMIT = 100

/** Cuts a page: 50 rows by default, silently at most 100, and all of them for 0 (docs/providers/rocketchat.md 0). */
export function pageOf<T>(all: readonly T[], query: PageQuery): Page<T> {
  const { offset, count } = boundsOf(query)
  const rows = all.slice(offset, count === 0 ? undefined : offset + count)
  return { rows, paging: { count: rows.length, offset, total: all.length } }
}

/** The bounds of a page query; 0 is unlimited. */
export function boundsOf({ offset, count }: PageQuery): { readonly offset: number; readonly count: number } {
  const wanted = count === undefined || count === null ? DEFAULT_COUNT : Number(count)
  return { offset: Math.max(0, Number(offset ?? 0)), count: Math.min(wanted, UPPER_COUNT_LIMIT) }
}

/** Sorts by a `sort` parameter, `{"field":-1}` in JSON, or by `otherwise`; rows that tie keep their order. */
export function sorted<T extends object>(
  rows: readonly T[],
  sort: string | null | undefined,
  otherwise: Readonly<Record<string, 1 | -1>>,
): T[] {
  const keys = Object.entries(sort ? parseSort(sort) : otherwise)
  return [...rows].sort((a, b) => {
    for (const [key, direction] of keys) {
      const order = compare(field(a, key), field(b, key))
      if (order !== 0) return order * direction
    }
    return 0
  })
}

function parseSort(text: string): Readonly<Record<string, number>> {
  const invalid = codedError('error-invalid-sort', `Invalid sort parameter provided: "${text}"`)
  try {
    const sort: unknown = JSON.parse(text)
    if (typeof sort !== 'object' || sort === null) throw invalid
    if (Object.values(sort).some((direction) => direction !== 1 && direction !== -1)) throw invalid
    return sort as Record<string, number>
  } catch {
    throw invalid
  }
}

function field(row: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      row,
    )
}

/** MongoDB's order, as far as it matters here: absent values first, then by value. */
function compare(a: unknown, b: unknown): number {
  const [left, right] = [sortable(a), sortable(b)]
  if (left === right) return 0
  if (left === null) return -1
  if (right === null) return 1
  return left < right ? -1 : 1
}

function sortable(value: unknown): string | number | null {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'string' || typeof value === 'number' ? value : null
}
