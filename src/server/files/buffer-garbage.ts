import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes of dead chunks that may accumulate. */
const MAX_GARBAGE_BYTES = 1024 * 1024
/** The least milliseconds between two collections, so that many transfers at a time do not spend their time collecting. */
const MIN_INTERVAL_MS = 2

/** Collects the young generation; undefined until the first use, null if the engine does not offer it. */
let collect: (() => void) | null | undefined
let garbageBytes = 0
let collectedAt = 0

/**
 * Counts bytes of a transfer that were passed on. Node.js allocates a buffer for each chunk that it reads, and V8 collects dead
 * buffers of the young generation only when they have reached 32 MB: without this, a transfer of 25 MB would take as much
 * memory, although it holds only a few chunks.
 */
export function countPassedBytes(bytes: number): void {
  garbageBytes += bytes
  if (garbageBytes < MAX_GARBAGE_BYTES) return
  const now = performance.now()
  if (now - collectedAt < MIN_INTERVAL_MS) return
  garbageBytes = 0
  if (collect === undefined) collect = createCollector()
  collect?.()
  collectedAt = performance.now()
}

/** V8 offers its collector only to contexts that are created while the flag is set. */
function createCollector(): (() => void) | null {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  return typeof gc === 'function' ? () => void gc({ type: 'minor' }) : null
}
