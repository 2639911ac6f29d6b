import { LRUCache } from 'lru-cache'
import type { Caller } from '../../domain/caller.ts'
import { type BucketSize, TokenBucket } from './token-bucket.ts'

/** What one source may make the gateway do before anything of it is executed. */
export interface WorkLimitSizes {
  /** Frames on one WebSocket; each counts once more for every 4 KiB. */
  readonly socketFrames: BucketSize
  /** Frames on all WebSockets of one source. */
  readonly sourceFrames: BucketSize
  /** Milliseconds of the processor's for parsing and validating what one source sends. */
  readonly parsingMs: BucketSize
}

/** Sources that are remembered; the one that has been idle longest is forgotten first. */
const MAX_SOURCES = 10_000
const BYTES_PER_FRAME = 4_096

/** Who pays for work: the operator, or the client address of everybody else, who may invent any number of tokens. */
export function sourceKey(caller: Caller, address: string): string {
  return caller.role === 'OPERATOR' ? `operator ${caller.name}` : `address ${address}`
}

/** The buckets of all sources. */
export class WorkLimits {
  readonly #sizes: WorkLimitSizes
  readonly #frames = new LRUCache<string, TokenBucket>({ max: MAX_SOURCES })
  readonly #parsing = new LRUCache<string, TokenBucket>({ max: MAX_SOURCES })

  constructor(sizes: WorkLimitSizes) {
    this.#sizes = sizes
  }

  /** The allowance of a new WebSocket. */
  openSocket(): FrameAllowance {
    return new FrameAllowance(new TokenBucket(this.#sizes.socketFrames), (source) =>
      bucketOf(this.#frames, source, this.#sizes.sourceFrames),
    )
  }

  /** Milliseconds until this source may have something parsed again; 0 where it may now. */
  parsingWaitMs(source: string): number {
    return this.#parsing.get(source)?.waitMs ?? 0
  }

  /** Does a piece of parsing or validation at this source's expense. */
  measureParsing<Result>(source: string, work: () => Result): Result {
    // Not by the clock: on a busy machine that counts the time of others.
    const start = process.cpuUsage()
    try {
      return work()
    } finally {
      const { user, system } = process.cpuUsage(start)
      bucketOf(this.#parsing, source, this.#sizes.parsingMs).spend((user + system) / 1_000)
    }
  }
}

/** What one WebSocket may still send. */
export class FrameAllowance {
  readonly #own: TokenBucket
  readonly #bucketOf: (source: string) => TokenBucket

  constructor(own: TokenBucket, bucketOfSource: (source: string) => TokenBucket) {
    this.#own = own
    this.#bucketOf = bucketOfSource
  }

  /** Counts a frame; false where it is one too many, for this socket or for its source. */
  tryConsume(bytes: number, source: string): boolean {
    const bucket = this.#bucketOf(source)
    if (this.#own.waitMs > 0 || bucket.waitMs > 0) return false
    const cost = 1 + Math.floor(bytes / BYTES_PER_FRAME)
    this.#own.spend(cost)
    bucket.spend(cost)
    return true
  }
}

function bucketOf(buckets: LRUCache<string, TokenBucket>, source: string, size: BucketSize): TokenBucket {
  const known = buckets.get(source)
  if (known) return known
  const bucket = new TokenBucket(size)
  buckets.set(source, bucket)
  return bucket
}

/** The usual sizes: a client that comes back may send all its subscriptions at once, and as many frames beside them. */
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
