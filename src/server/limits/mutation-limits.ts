import { createHmac } from 'node:crypto'
import type { Caller } from '../../domain/caller.ts'
import { ChatError } from '../../domain/errors.ts'
import type { MutationBudget, MutationLimits } from '../../schema/context.ts'
import { type RefusalDetails, refusalDetails } from '../diagnostics/security-log.ts'
import { BurstLimiter, type SharedCounters } from './burst-limiter.ts'

/** Mutations per minute, plus a burst of the same size; 0 is unlimited. */
export interface MutationRates {
  /** For one client address without a credential. */
  readonly anonymous: number
  /** For one visitor token, and for all unverified visitor tokens of one address together. */
  readonly visitor: number
  /** For one operator. */
  readonly operator: number
}

/** The rates and dependencies of mutation limits. */
export interface MutationLimitsOptions {
  readonly rates: MutationRates
  /** Null if each process counts on its own. */
  readonly counters: SharedCounters | null
  /** Hashes callers; the same in all processes that share the counters. */
  readonly callerSecret: Buffer
  /** Whether a provider has accepted this visitor's token. Mutations with other tokens also count for their address. */
  readonly isVerified: (caller: Caller) => boolean
  /** Called for each rejected mutation. */
  readonly onRejected: (details: RefusalDetails) => void
}

/** One counter of a caller's mutations. */
interface Bucket {
  readonly limiter: BurstLimiter
  readonly key: string
  /** The caller as the error message names it. */
  readonly owner: string
}

/**
 * Creates the limits on mutations: per operator, per visitor token, and per address of all other callers. Writes and signals
 * are counted apart, with the same rates. Signals are counted in each process: typing must not write to the database.
 */
export function createMutationLimits(options: MutationLimitsOptions): MutationLimits {
  const bucketsOf = createBuckets(options)
  const signalBucketsOf = createBuckets({ ...options, counters: null })
  return {
    async consume(caller, address, allowance = 'WRITES') {
      const buckets = allowance === 'WRITES' ? bucketsOf(caller, address) : signalBucketsOf(caller, address)
      for (const bucket of buckets) {
        const retryAfterMs = await bucket.limiter.consume(bucket.key)
        if (retryAfterMs === null) continue
        options.onRejected(refusalDetails(caller, address))
        return limitError(bucket, retryAfterMs)
      }
      return null
    },
    async budget(caller, address) {
      const budgets = await Promise.all(bucketsOf(caller, address).map(budgetOf))
      return budgets.toSorted((a, b) => a.remaining - b.remaining)[0] ?? null
    },
  }
}

/** Returns a function that finds the buckets of a caller's mutations; none if it is not limited. */
function createBuckets({ rates, counters, callerSecret, isVerified }: MutationLimitsOptions) {
  const create = (name: keyof MutationRates) =>
    rates[name] === 0 ? null : new BurstLimiter(name, rates[name], counters)
  const limiters = {
    anonymous: create('anonymous'),
    visitor: create('visitor'),
    operator: create('operator'),
  }
  const bucket = (limiter: BurstLimiter | null, id: readonly string[], owner: string): readonly Bucket[] =>
    limiter ? [{ limiter, key: hashOf(id, callerSecret), owner }] : []

  return (caller: Caller, address: string | null): readonly Bucket[] => {
    const client = address ?? 'unknown'
    if (caller.role === 'OPERATOR')
      return bucket(limiters.operator, ['operator', caller.name], 'one operator')
    if (caller.role === 'ANONYMOUS')
      return bucket(limiters.anonymous, ['address', client], 'one address without a credential')
    const byToken = bucket(limiters.visitor, ['token', caller.token], 'one visitor token')
    if (isVerified(caller)) return byToken
    const byAddress = bucket(
      limiters.visitor,
      ['unproven', client],
      'one address with unverified visitor tokens',
    )
    // The address is first: when its limit is reached, invented tokens create no counters of their own.
    return [...byAddress, ...byToken]
  }
}

/** Counters are stored under a keyed hash: who reads them cannot try out addresses, names or tokens. */
function hashOf(id: readonly string[], secret: Buffer): string {
  return createHmac('sha256', secret).update(JSON.stringify(id)).digest('base64url')
}

async function budgetOf({ limiter, key }: Bucket): Promise<MutationBudget> {
  return { limit: limiter.perMinute, burst: limiter.perMinute, ...(await limiter.state(key)) }
}

function limitError({ limiter: { perMinute }, owner }: Bucket, retryAfterMs: number): ChatError {
  return new ChatError(
    'RATE_LIMITED',
    `The gateway's limit on mutations from ${owner} is ${perMinute} per minute, with a burst of ${perMinute} more.`,
    { retryAfterMs },
  )
}
