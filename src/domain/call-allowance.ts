import type { Caller } from './caller.ts'
import { ChatError } from './errors.ts'

/** Upstream calls that one operation may cause, by who asks. */
export const maxCallsPerOperation = { unproven: 20, visitor: 200, operator: 2_000 } as const
/** How long one operation may go on asking providers. */
const LONGEST_MS = 30_000

/** An operation has used up its calls or its time: nothing was sent. It says nothing about a provider, nor to others. */
export class AllowanceError extends ChatError {}

/**
 * The upstream calls and the time that one operation may take, or one event of a subscription. Calls that it shares with
 * others, and what is remembered, cost it nothing.
 */
export class CallAllowance {
  readonly #caller: Caller
  readonly #accepts: () => boolean
  readonly #startedAt = performance.now()
  #isProven = false
  #spent = 0

  /** `accepts` says whether any provider has accepted the caller's credential. */
  constructor(caller: Caller, accepts: () => boolean) {
    this.#caller = caller
    this.#accepts = accepts
  }

  get spentCalls(): number {
    return this.#spent
  }

  /** Calls that may be spent in all; more as soon as a provider accepts a visitor's token. */
  get maxCalls(): number {
    if (this.#caller.role === 'OPERATOR') return maxCallsPerOperation.operator
    return this.isVerified ? maxCallsPerOperation.visitor : maxCallsPerOperation.unproven
  }

  /** Whether the caller came with a credential that is not just invented. */
  get isVerified(): boolean {
    this.#isProven ||= this.#caller.role !== 'ANONYMOUS' && this.#accepts()
    return this.#isProven
  }

  /** Milliseconds that are left; negative when the time is over. */
  get remainingMs(): number {
    return this.#startedAt + LONGEST_MS - performance.now()
  }

  /** Takes one call; gives null, or why there is none left. */
  spend(): AllowanceError | null {
    if (this.#spent >= this.maxCalls) {
      const detail = `This operation needs more than ${this.maxCalls} upstream calls, the most for ${this.callerDescription}; ask for less at a time.`
      return new AllowanceError('RATE_LIMITED', detail)
    }
    this.#spent += 1
    return null
  }

  /** What an operation is told whose time is over. */
  timeoutError(): AllowanceError {
    const detail = `This operation has taken more than ${LONGEST_MS / 1000} seconds; ask for less at a time.`
    return new AllowanceError('PROVIDER_UNAVAILABLE', detail)
  }

  /** Whom the limit is for, in words. */
  get callerDescription(): string {
    if (this.#caller.role === 'OPERATOR') return 'an operator'
    if (this.#caller.role === 'ANONYMOUS') return 'callers without a credential'
    return this.isVerified ? 'a visitor' : 'a visitor token that no provider has accepted yet'
  }
}
