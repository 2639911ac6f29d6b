import type { CallContext } from '../../domain/adapter.ts'
import { type Caller, hashCallerToken } from '../../domain/caller.ts'
import type { RequestCaller } from '../../upstream/request-caller.ts'
import { callerWithoutToken } from './request-options.ts'
import { TtlCache } from './ttl-cache.ts'

/** Accepted tokens that are kept, and how long after the last acceptance. */
const MAX_ACCEPTED = 50_000
const ACCEPTED_MS = 24 * 3_600_000
/** Rejected tokens that are kept. A token that is registered meanwhile works after this long. */
const MAX_REJECTED = 20_000
const REJECTED_MS = 60_000

/** What a response shows about the token of its request: the error for a rejected token, or null for nothing. */
export type TokenCheckResult = 'accepted' | Error | null

/** Remembers which visitor tokens one provider has accepted or rejected, in bounded memory. Tokens are held as hashes. */
export class VisitorTokenVerification {
  readonly #accepted = new TtlCache<true>(ACCEPTED_MS, MAX_ACCEPTED)
  readonly #rejected = new TtlCache<Error>(REJECTED_MS, MAX_REJECTED)

  /** Whether the provider has accepted this caller's token lately; true for callers without one. */
  isVerified(caller: Caller): boolean {
    return caller.role !== 'VISITOR' || this.isAccepted(hashCallerToken(caller))
  }

  /** Whether the token with this hash was accepted lately. */
  isAccepted(hash: string): boolean {
    return this.#accepted.get(hash) === true
  }

  /** The error with which the token of this hash was rejected within the last minute, or null. */
  rejectionFor(hash: string): Error | null {
    return this.#rejected.get(hash) ?? null
  }

  /** Records what a response shows about the token with this hash. `check` runs only if it can show anything new. */
  recordResponse(hash: string, status: number, check: () => TokenCheckResult): void {
    const result = status < 400 && this.isAccepted(hash) ? 'accepted' : check()
    if (result === null) return
    if (result === 'accepted') {
      this.markAccepted(hash)
      return
    }
    this.#accepted.delete(hash)
    this.#rejected.set(hash, result)
  }

  /** Records that the provider accepted the token with this hash. */
  markAccepted(hash: string): void {
    this.#accepted.set(hash, true)
    this.#rejected.delete(hash)
  }

  /** Returns the caller of a request that carries this token: the visitor, or the caller that reads on the visitor's behalf. */
  requestCaller(token: string, call: CallContext): RequestCaller {
    const { caller, clientAddress } = call
    if (caller.role !== 'VISITOR' || caller.token !== token) return callerWithoutToken(call)
    return new VisitorCaller(hashCallerToken(caller), clientAddress ?? '', this)
  }
}

/** The visitor whose token a request carries. What is known of the token may change while the request is queued. */
class VisitorCaller implements RequestCaller {
  readonly key: string
  readonly origin: string
  readonly #hash: string
  readonly #tokens: VisitorTokenVerification

  constructor(hash: string, origin: string, tokens: VisitorTokenVerification) {
    this.key = `visitor ${hash}`
    this.origin = origin
    this.#hash = hash
    this.#tokens = tokens
  }

  get isVerified(): boolean {
    return this.#tokens.isAccepted(this.#hash)
  }

  get authenticationError(): Error | null {
    return this.#tokens.rejectionFor(this.#hash)
  }
}
