import type { CallContext } from '../../domain/adapter.ts'
import { type Caller, hashCallerToken, hashToken } from '../../domain/caller.ts'
import type { RequestCaller } from '../../upstream/request-caller.ts'
import { callerWithoutToken } from './request-options.ts'
import { TtlCache } from './ttl-cache.ts'

/** Accepted tokens that are remembered, and how long after the last acceptance. */
const MOST_ACCEPTED = 50_000
const ACCEPTED_MS = 24 * 3_600_000
/** Refused tokens that are remembered. A token that is registered meanwhile works after this long. */
const MOST_REFUSED = 20_000
const REFUSED_MS = 60_000

/** What an answer says of the token that was sent with the request: the refusal, or null where it says nothing. */
export type TokenCheckResult = 'accepted' | Error | null

/** What one provider has said of visitors' tokens, in bounded memory. Tokens are held as hashes. */
export class VisitorTokenVerification {
  readonly #accepted = new TtlCache<true>(ACCEPTED_MS, MOST_ACCEPTED)
  readonly #refused = new TtlCache<Error>(REFUSED_MS, MOST_REFUSED)

  /** Whether the provider has accepted this caller's token lately; true of callers without one. */
  isVerified(caller: Caller): boolean {
    return caller.role !== 'VISITOR' || this.isAccepted(hashCallerToken(caller))
  }

  /** Whether the token of this hash was accepted lately. */
  isAccepted(hash: string): boolean {
    return this.#accepted.get(hash) === true
  }

  /** The refusal of the token of this hash within the last minute; null where there was none. */
  rejectionFor(hash: string): Error | null {
    return this.#refused.get(hash) ?? null
  }

  /** Takes in what an answer says of a token. `judge` is asked only where it may say anything new. */
  recordResponse(token: string, status: number, judge: () => TokenCheckResult): void {
    const hash = hashToken(token)
    const verdict = status < 400 && this.isAccepted(hash) ? 'accepted' : judge()
    if (verdict === null) return
    if (verdict === 'accepted') {
      this.#accepted.set(hash, true)
      this.#refused.delete(hash)
      return
    }
    this.#accepted.delete(hash)
    this.#refused.set(hash, verdict)
  }

  /** Who causes a request that carries this visitor's token: the visitor, or who reads as the visitor. */
  requestCaller(token: string, call: CallContext): RequestCaller {
    const { caller, clientAddress } = call
    if (caller.role !== 'VISITOR' || caller.token !== token) return callerWithoutToken(call)
    return new VisitorCaller(hashCallerToken(caller), clientAddress ?? '', this)
  }
}

/** A visitor whose token the request carries: what is known of it may change while the request waits. */
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
