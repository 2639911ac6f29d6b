/**
 * Joins values to one key. Each is preceded by its length, so different values never make the same key. Cheaper than JSON.
 * Null and undefined are the same value, and so are a number and its text.
 */
export function cacheKey(...values: readonly (string | number | null | undefined)[]): string {
  let key = ''
  for (const value of values) {
    const text = value === null || value === undefined ? null : String(value)
    key += text === null ? '-' : `${text.length}:${text}`
  }
  return key
}
