/**
 * Remembers one answer for `ms`, so that a set which rarely changes is not asked for again and again: calls are
 * billed (livechat.md 6). A failure is not remembered. Those who ask at once are joined further down, at the door.
 */
export function recently<A extends readonly unknown[], T>(
  ms: number,
  read: (...args: A) => Promise<T>,
): (...args: A) => Promise<T> {
  let last: { readonly value: T; readonly until: number } | null = null
  return async (...args) => {
    if (last && performance.now() < last.until) return last.value
    const value = await read(...args)
    last = { value, until: performance.now() + ms }
    return value
  }
}
