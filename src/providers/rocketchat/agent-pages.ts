/** Rows of a list at an offset, and how many there are in all; null where the server does not say. */
export interface RowPage<T> {
  readonly rows: readonly T[]
  /** How many the server gave, understood or not. */
  readonly size: number
  readonly total: number | null
}

/** Rows in one call: more are silently cut to as many (rocketchat.md 0). */
export const PAGE = 100

/** Reads a list to its end. For what an account has dozens of, not thousands. */
export async function readAll<T>(read: (offset: number) => Promise<RowPage<T>>): Promise<readonly T[]> {
  const all: T[] = []
  let offset = 0
  for (;;) {
    const { rows, size, total } = await read(offset)
    all.push(...rows)
    offset += size
    if (size === 0 || isEnd(offset, size, total)) return all
  }
}

/** Whether a list ends behind `read` rows, the last call having given `size`. */
export function isEnd(read: number, size: number, total: number | null): boolean {
  return total === null ? size < PAGE : read >= total
}
