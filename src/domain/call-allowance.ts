import type { Caller } from './caller.ts'
import { ChatError } from './errors.ts'

/** Maximum number of upstream calls per operation, by kind of caller. */
const maxCallsPerOperation = { unverified: 20, visitor: 200, operator: 2_000 } as const
/** How long one operation may keep calling providers. */
const MAX_OPERATION_MS = 30_000

/** An operation has used up its calls or its time; nothing was sent. It says nothing about the provider. */
export class AllowanceError extends ChatError {}

/**
 * Limits the upstream calls and the time of one operation, or of one event of a subscription. Calls that are shared with
 * other operations and results from caches are free.
 */
export class CallAllowance {
  readonly #caller: Caller
  readonly #hasAccepted: () => boolean
  readonly #onResponse: () => void
  readonly #startedAt = performance.now()
  #isVerified = false
  #spent = 0

  /**
   * `hasAccepted` returns whether any provider has accepted the caller's credential. `onResponse` is called when a
   * read of the operation, its own or one that it joined, has its response.
   */
  constructor(caller: Caller, hasAccepted: () => boolean, onResponse: () => void = () => {}) {
    this.#caller = caller
    this.#hasAccepted = hasAccepted
    this.#onResponse = onResponse
  }

  get spentCalls(): number {
    return this.#spent
  }

  /** Total number of calls; it grows as soon as a provider accepts a visitor's token. */
  get maxCalls(): number {
    if (this.#caller.role === 'OPERATOR') return maxCallsPerOperation.operator
    return this.isVerified ? maxCallsPerOperation.visitor : maxCallsPerOperation.unverified
  }

  /** Whether a provider has accepted the caller's credential, so that it cannot be an invented one. */
  get isVerified(): boolean {
    this.#isVerified ||= this.#caller.role !== 'ANONYMOUS' && this.#hasAccepted()
    return this.#isVerified
  }

  /** Milliseconds left; negative when the time is over. */
  get remainingMs(): number {
    return this.#startedAt + MAX_OPERATION_MS - performance.now()
  }

  /** Takes one call. Returns null, or the error where none is left. */
  spend(): AllowanceError | null {
    if (this.#spent >= this.maxCalls) {
      const detail = `This operation needs more than ${this.maxCalls} upstream calls, the most for ${this.callerDescription}; ask for less at a time.`
      return new AllowanceError('RATE_LIMITED', detail)
    }
    this.#spent += 1
    return null
  }

  recordResponse(): void {
    this.#onResponse()
  }

  /** Creates the error of an operation whose time is over. */
  timeoutError(): AllowanceError {
    const detail = `This operation has taken more than ${MAX_OPERATION_MS / 1000} seconds; ask for less at a time.`
    return new AllowanceError('PROVIDER_UNAVAILABLE', detail)
  }

  /** Names the kind of caller for error details. */
  get callerDescription(): string {
    if (this.#caller.role === 'OPERATOR') return 'an operator'
    if (this.#caller.role === 'ANONYMOUS') return 'callers without a credential'
    return this.isVerified ? 'a visitor' : 'a visitor token that no provider has accepted yet'
  }
}
