/**
 * The part of a limit that one of several processes may use; at least 1. The parts of all processes add up to the limit,
 * unless there are more processes than requests. Processes that use little leave half of their equal parts to the busy ones.
 * `isBusy` has an element per process, in an order on which all processes agree; `rank` is the index of this one.
 */
export function divideLimit(limit: number, isBusy: readonly boolean[], rank: number): number {
  const equal = equalPart(limit, isBusy.length, rank)
  const busyCount = isBusy.filter(Boolean).length
  if (busyCount === 0 || busyCount === isBusy.length) return equal
  if (isBusy[rank] !== true) return idlePartOf(equal)
  const idleParts = isBusy.map((busy, at) => (busy ? 0 : idlePartOf(equalPart(limit, isBusy.length, at))))
  const left = limit - idleParts.reduce((sum, part) => sum + part, 0)
  return equalPart(left, busyCount, isBusy.slice(0, rank).filter(Boolean).length)
}

/** One of `count` equal parts of a limit, at least 1: the remainder goes to the first ones. */
export function equalPart(limit: number, count: number, rank: number): number {
  return Math.max(1, Math.floor(limit / count) + (rank < limit % count ? 1 : 0))
}

/** What a process with this equal part keeps while it uses little. */
export function idlePartOf(equal: number): number {
  return Math.max(1, Math.floor(equal / 2))
}
