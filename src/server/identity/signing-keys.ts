import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import type { Logger } from 'pino'

/** Milliseconds that one request for the keys may take. */
const TIMEOUT_MS = 5_000
/** After a request that failed, the next one is made no sooner. */
const RETRY_MS = 10_000
/** However many tokens name unknown keys, the keys are fetched for them once in this time. */
const UNKNOWN_KEY_MS = 30_000
/** Keys of this age are fetched again before they are used. An issuer takes a key back by publishing others. */
const REFRESH_MS = 10 * 60_000
/** Keys of this age are not used any more, though no others can be fetched. */
const LONGEST_USE_MS = 24 * 60 * 60_000

/** The issuer's keys cannot be fetched, and those that are known do not suffice. */
export class SigningKeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable'
}

/**
 * The keys that an issuer publishes at its JWKS address (RFC 7517). They are fetched when a token first needs one,
 * refreshed in time, and kept while the address does not answer. Requests are bounded, whatever tokens are sent.
 * All times are milliseconds of `performance.now()`.
 */
export class SigningKeys {
  readonly #remote: ReturnType<typeof createRemoteJWKSet>
  readonly #log: Logger
  #fetchedAt: number | null = null
  #isFailing = false
  #nextFetchAt = 0
  #nextUnknownKeyAt = 0
  #fetching: Promise<void> | null = null

  constructor(url: string, log: Logger) {
    // This class decides when to fetch: the library's own refreshes begin anew with each token while the address fails.
    const never = { cooldownDuration: Number.POSITIVE_INFINITY, cacheMaxAge: Number.POSITIVE_INFINITY }
    this.#remote = createRemoteJWKSet(new URL(url), { timeoutDuration: TIMEOUT_MS, ...never })
    this.#log = log
  }

  /** The key that a token's header names. Rejects with KeysUnavailable, and with the errors of `jose`. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    await this.#prepare()
    try {
      return await this.#remote(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !(await this.#fetchForUnknownKey())) throw error
      return this.#remote(header, token)
    }
  }

  async #prepare(): Promise<void> {
    const age = this.#fetchedAt === null ? Number.POSITIVE_INFINITY : performance.now() - this.#fetchedAt
    if (age < REFRESH_MS) return
    try {
      await this.#fetch()
    } catch (error) {
      // That it failed is in the log, and the known keys serve on.
      if (age > LONGEST_USE_MS) throw error
    }
  }

  /** False where the keys were fetched for an unknown key only lately. */
  async #fetchForUnknownKey(): Promise<boolean> {
    const now = performance.now()
    if (this.#fetching === null && now < this.#nextUnknownKeyAt) return false
    this.#nextUnknownKeyAt = now + UNKNOWN_KEY_MS
    try {
      await this.#fetch()
      return true
    } catch (error) {
      // It may be valid: as long as that cannot be known, each such token is answered so.
      this.#nextUnknownKeyAt = 0
      throw error
    }
  }

  /** One request at a time, for all who wait. */
  #fetch(): Promise<void> {
    this.#fetching ??= this.#request().finally(() => {
      this.#fetching = null
    })
    return this.#fetching
  }

  async #request(): Promise<void> {
    if (performance.now() < this.#nextFetchAt) throw new SigningKeysUnavailable()
    try {
      await this.#remote.reload()
      this.#fetchedAt = performance.now()
      if (this.#isFailing) this.#log.info('the keys of JWT_JWKS_URL can be fetched again')
      this.#isFailing = false
    } catch (error) {
      this.#nextFetchAt = performance.now() + RETRY_MS
      if (!this.#isFailing) this.#log.error({ err: error }, 'the keys of JWT_JWKS_URL cannot be fetched')
      this.#isFailing = true
      throw new SigningKeysUnavailable('The keys cannot be fetched.', { cause: error })
    }
  }
}
