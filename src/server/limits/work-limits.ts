import { LRUCache } from 'lru-cache'
import type { Caller } from '../../domain/caller.ts'
import { type BucketSize, TokenBucket } from './token-bucket.ts'

/** How much work one source may cause before any of its operations is executed. */
export interface WorkLimitSizes {
  /** Frames on one WebSocket; a frame counts once more for every 4 KiB. */
  readonly socketFrames: BucketSize
  /** Frames on all WebSockets of one source. */
  readonly sourceFrames: BucketSize
  /** Milliseconds of CPU time for parsing and validating what one source sends. */
  readonly parsingMs: BucketSize
}

/** Sources that are remembered; the one that was idle for the longest time is forgotten first. */
const MAX_SOURCES = 10_000
const BYTES_PER_FRAME = 4_096

/** The source that pays for work: an operator, or a client address, because a client can invent any number of tokens. */
export function sourceKey(caller: Caller, address: string): string {
  return caller.role === 'OPERATOR' ? `operator ${caller.name}` : `address ${address}`
}

/** Runs a piece of work, and charges its CPU time to a source. */
export type MeasureWork = <Result>(work: () => Result) => Result

/** Limits the work of each source. */
export class WorkLimits {
  readonly #sizes: WorkLimitSizes
  readonly #framesBySource = createBuckets()
  readonly #parsingBySource = createBuckets()

  constructor(sizes: WorkLimitSizes) {
    this.#sizes = sizes
  }

  /** Creates the bucket for the frames of a new WebSocket. */
  createSocketBucket(): TokenBucket {
    return new TokenBucket(this.#sizes.socketFrames)
  }

  /** Counts a frame; false if it exceeds the limit of its socket or of its source. */
  tryConsumeFrame(socketBucket: TokenBucket, source: string, bytes: number): boolean {
    const sourceBucket = getOrCreate(this.#framesBySource, source, this.#sizes.sourceFrames)
    if (socketBucket.waitMs > 0 || sourceBucket.waitMs > 0) return false
    const cost = 1 + Math.floor(bytes / BYTES_PER_FRAME)
    socketBucket.spend(cost)
    sourceBucket.spend(cost)
    return true
  }

  /** Milliseconds until this source may have something parsed again; 0 if it may now. */
  parsingWaitMs(source: string): number {
    return this.#parsingBySource.get(source)?.waitMs ?? 0
  }

  /** Runs a piece of parsing or validation, and charges its CPU time to this source. */
  measureParsing<Result>(source: string, work: () => Result): Result {
    // Wall-clock time would include the time of other processes on a busy machine.
    const start = process.cpuUsage()
    try {
      return work()
    } finally {
      const { user, system } = process.cpuUsage(start)
      getOrCreate(this.#parsingBySource, source, this.#sizes.parsingMs).spend((user + system) / 1_000)
    }
  }
}

/** Bounded by `maxSize`: with `max` the library allocates room for all sources at once, for every gateway of a process. */
function createBuckets(): LRUCache<string, TokenBucket> {
  return new LRUCache({ maxSize: MAX_SOURCES, sizeCalculation: () => 1 })
}

function getOrCreate(buckets: LRUCache<string, TokenBucket>, source: string, size: BucketSize): TokenBucket {
  const existing = buckets.get(source)
  if (existing) return existing
  const bucket = new TokenBucket(size)
  buckets.set(source, bucket)
  return bucket
}

/** The default sizes: a reconnecting client may send all its subscriptions at once, and as many other frames. */
export function workLimitSizes(subscriptions: {
  readonly perSocket: number
  readonly perCaller: number
}): WorkLimitSizes {
  return {
    socketFrames: { capacity: Math.max(2_000, 2 * subscriptions.perSocket), perSecond: 200 },
    sourceFrames: { capacity: Math.max(20_000, 2 * subscriptions.perCaller), perSecond: 1_000 },
    parsingMs: { capacity: 2_000, perSecond: 250 },
  }
}
