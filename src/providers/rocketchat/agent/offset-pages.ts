import { walkPages } from '../../shared/page-walk.ts'

/** Rows of a list at one offset. */
export interface RowPage<T> {
  readonly rows: readonly T[]
  /** Rows in the response, readable or not. */
  readonly rowCount: number
  /** Rows in the whole list; null if the server does not return it. */
  readonly total: number | null
}

/** Rows per request. The server silently caps larger pages at this size (docs/providers/rocketchat.md 0). */
export const PAGE_SIZE = 100

/** Reads a whole list. Only for lists of which an account has dozens of rows, not thousands. */
export async function readAllRows<T extends { readonly _id: string }>(
  readPage: (offset: number) => Promise<RowPage<T>>,
): Promise<readonly T[]> {
  const rowsById = new Map<string, T>()
  const pages = walkPages({
    firstPage: 0,
    readPage,
    idsOf: ({ rows }) => rows.map(({ _id }) => _id),
    nextPage: ({ rowCount, total }, offset) =>
      rowCount === 0 || isListEnd(offset + rowCount, rowCount, total) ? undefined : offset + rowCount,
  })
  for await (const { rows } of pages) {
    const sizeBefore = rowsById.size
    for (const row of rows) rowsById.set(row._id, row)
    // A server that ignores the offset returns the whole list as its first page.
    if (rows.length > 0 && rowsById.size === sizeBefore) break
  }
  return [...rowsById.values()]
}

/** Whether a list ends after `readCount` rows, of which the last response had `rowCount`. */
export function isListEnd(readCount: number, rowCount: number, total: number | null): boolean {
  return total === null ? rowCount < PAGE_SIZE : readCount >= total
}
