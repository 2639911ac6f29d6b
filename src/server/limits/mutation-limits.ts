import { createHash } from 'node:crypto'
import type { Caller } from '../../domain/caller.ts'
import { ChatError } from '../../domain/errors.ts'
import type { MutationBudget, MutationLimits } from '../../schema/context.ts'
import type { RefusalDetails } from '../diagnostics/security-log.ts'
import { BurstLimiter, type SharedCounters } from './burst-limiter.ts'

/** Mutations per minute, with a burst of as many again; 0 is unlimited. */
export interface MutationRates {
  /** Of one client address without a credential. */
  readonly anonymous: number
  /** Of one visitor token, and of all unproven visitor tokens of one address together. */
  readonly visitor: number
  /** Of one operator. */
  readonly operator: number
}

/** What mutation limits are made of. */
export interface MutationLimitsOptions {
  readonly rates: MutationRates
  /** Null where each process counts by itself. */
  readonly counters: SharedCounters | null
  /** Whether a provider has accepted this visitor token; the mutations of other tokens also count for their address. */
  readonly isProven: (visitorToken: string) => boolean
  /** Called for each mutation that is refused. */
  readonly onRefused: (details: RefusalDetails) => void
}

/** A counter that a mutation of some caller counts in. */
interface Bucket {
  readonly limiter: BurstLimiter
  readonly key: string
  /** The caller as a refusal names it. */
  readonly owner: string
}

/** Creates the limits on mutations: per operator, per visitor token, and per address of everybody else. */
export function createMutationLimits(options: MutationLimitsOptions): MutationLimits {
  const bucketsOf = createBuckets(options)
  return {
    async consume(caller, address) {
      for (const bucket of bucketsOf(caller, address)) {
        const retryAfterMs = await bucket.limiter.consume(bucket.key)
        if (retryAfterMs === null) continue
        options.onRefused({ address, ...(caller.role === 'OPERATOR' && { operator: caller.name }) })
        return refusal(bucket, retryAfterMs)
      }
      return null
    },
    async budget(caller, address) {
      const budgets = await Promise.all(bucketsOf(caller, address).map(budgetOf))
      return budgets.toSorted((a, b) => a.remaining - b.remaining)[0] ?? null
    },
  }
}

/** Gives the buckets that a caller's mutations count in; none where it is not limited. */
function createBuckets({ rates, counters, isProven }: MutationLimitsOptions) {
  const create = (name: keyof MutationRates) =>
    rates[name] === 0 ? null : new BurstLimiter(name, rates[name], counters)
  const limiters = {
    anonymous: create('anonymous'),
    visitor: create('visitor'),
    operator: create('operator'),
  }
  const bucket = (limiter: BurstLimiter | null, id: readonly string[], owner: string): readonly Bucket[] =>
    limiter ? [{ limiter, key: hashOf(id), owner }] : []

  return (caller: Caller, address: string | null): readonly Bucket[] => {
    const client = address ?? 'unknown'
    if (caller.role === 'OPERATOR')
      return bucket(limiters.operator, ['operator', caller.name], 'one operator')
    if (caller.role === 'ANONYMOUS')
      return bucket(limiters.anonymous, ['address', client], 'one address without a credential')
    const own = bucket(limiters.visitor, ['token', caller.token], 'one visitor token')
    if (isProven(caller.token)) return own
    const shared = bucket(limiters.visitor, ['unproven', client], 'one address with unproven visitor tokens')
    // The address comes first: once it is used up, invented tokens leave no counters of their own.
    return [...shared, ...own]
  }
}

/** Tokens are secrets, names may be long: counters are kept under a hash of equal length. */
function hashOf(id: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(id)).digest('base64url')
}

async function budgetOf({ limiter, key }: Bucket): Promise<MutationBudget> {
  return { limit: limiter.perMinute, burst: limiter.perMinute, ...(await limiter.state(key)) }
}

function refusal({ limiter: { perMinute }, owner }: Bucket, retryAfterMs: number): ChatError {
  return new ChatError(
    'RATE_LIMITED',
    `The gateway's limit on mutations from ${owner} is ${perMinute} per minute, with a burst of ${perMinute} more.`,
    { retryAfterMs },
  )
}
