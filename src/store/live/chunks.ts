/** SQLite allows 32 766 parameters in one statement. */
const MAX_ROWS = 1_000

/** Splits rows into chunks of at most `maxRows`, by default as many as fit into one statement, in their order. */
export function toChunks<T>(rows: readonly T[], maxRows = MAX_ROWS): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(rows.length / maxRows) }, (_, index) =>
    rows.slice(index * maxRows, (index + 1) * maxRows),
  )
}
