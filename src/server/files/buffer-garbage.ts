import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes of dead chunks that may accumulate. */
const MAX_GARBAGE_BYTES = 1024 * 1024
/** The least milliseconds between two collections. */
const MIN_INTERVAL_MS = 2

/** Collects the young generation; undefined until the first use. */
let collect: (() => void) | undefined
let garbageBytes = 0
/** Time of `performance.now()` before which nothing is collected. */
let pausedUntil = 0

/**
 * Counts bytes of a transfer that were passed on. Node.js allocates a buffer for each chunk that it reads, and V8 collects dead
 * buffers of the young generation only when they have reached 32 MB: without this, a transfer of 25 MB would take as much
 * memory, although it holds only a few chunks. Many transfers at a time spend half of their time collecting at most: then dead
 * chunks accumulate further, up to V8's own limit.
 */
export function countPassedBytes(bytes: number): void {
  garbageBytes += bytes
  if (garbageBytes < MAX_GARBAGE_BYTES) return
  const startedAt = performance.now()
  if (startedAt < pausedUntil) return
  garbageBytes = 0
  collect ??= createCollector()
  collect()
  const endedAt = performance.now()
  pausedUntil = endedAt + Math.max(MIN_INTERVAL_MS, endedAt - startedAt)
}

/** V8 offers its collector only to contexts that are created while the flag is set. Without it, V8 decides when to collect. */
function createCollector(): () => void {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  return typeof gc === 'function' ? () => void gc({ type: 'minor' }) : () => {}
}
