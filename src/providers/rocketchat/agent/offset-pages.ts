import { walkPages } from '../../shared/page-walk.ts'

/** Rows of a list at an offset, and how many there are in all; null where the server does not say. */
export interface RowPage<T> {
  readonly rows: readonly T[]
  /** How many the server gave, understood or not. */
  readonly rowCount: number
  readonly total: number | null
}

/** Rows in one call: more are silently cut to as many (docs/providers/rocketchat.md 0). */
export const PAGE_SIZE = 100

/** Reads a list to its end, or until a page repeats. For what an account has dozens of, not thousands. */
export async function readAllRows<T extends { readonly _id: string }>(
  read: (offset: number) => Promise<RowPage<T>>,
): Promise<readonly T[]> {
  const all = new Map<string, T>()
  const pages = walkPages({
    firstPage: 0,
    readPage: read,
    idsOf: ({ rows }) => rows.map(({ _id }) => _id),
    nextPage: ({ rowCount: size, total }, offset) =>
      size === 0 || isListEnd(offset + size, size, total) ? undefined : offset + size,
  })
  for await (const { rows } of pages) {
    const before = all.size
    for (const row of rows) all.set(row._id, row)
    // A server that ignores the offset shows the whole list on its first page.
    if (rows.length > 0 && all.size === before) break
  }
  return [...all.values()]
}

/** Whether a list ends behind `read` rows, the last call having given `size`. */
export function isListEnd(read: number, size: number, total: number | null): boolean {
  return total === null ? size < PAGE_SIZE : read >= total
}
