import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import type { Logger } from 'pino'

/** Timeout of one request for the keys, in milliseconds. */
const TIMEOUT_MS = 5_000
/** Milliseconds between a failed request and the next one. */
const RETRY_MS = 10_000
/** Milliseconds between requests for unknown keys, however many tokens name some. */
const UNKNOWN_KEY_MS = 30_000
/** Keys of this age are fetched again before use: an issuer revokes a key by no longer publishing it. */
const REFRESH_MS = 10 * 60_000
/** Keys of this age are no longer used, even if no others can be fetched. */
const MAX_AGE_MS = 24 * 60 * 60_000

/** The issuer's keys cannot be fetched, and the known ones are too old or do not include the needed one. */
export class SigningKeysUnavailable extends Error {
  override readonly name = 'SigningKeysUnavailable'
}

/**
 * The keys that an issuer publishes at its JWKS address (RFC 7517). They are fetched when a token first needs one,
 * refreshed regularly, and kept while the address does not respond. The rate of requests is bounded, whatever tokens
 * clients send. All times are milliseconds of `performance.now()`.
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
    // This class decides when to fetch: the library itself would send a request for each token while the address fails.
    const never = { cooldownDuration: Number.POSITIVE_INFINITY, cacheMaxAge: Number.POSITIVE_INFINITY }
    this.#remote = createRemoteJWKSet(new URL(url), { timeoutDuration: TIMEOUT_MS, ...never })
    this.#log = log
  }

  /** Finds the key that a token's header names. Rejects with SigningKeysUnavailable, and with the errors of `jose`. */
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
      // The failure is logged, and the known keys stay in use.
      if (age > MAX_AGE_MS) throw error
    }
  }

  /** Resolves to false if the keys were fetched for an unknown key only recently. */
  async #fetchForUnknownKey(): Promise<boolean> {
    const now = performance.now()
    if (this.#fetching === null && now < this.#nextUnknownKeyAt) return false
    this.#nextUnknownKeyAt = now + UNKNOWN_KEY_MS
    try {
      await this.#fetch()
      return true
    } catch (error) {
      // The token may be valid. Until the keys can be fetched, each such token fails as unverifiable.
      this.#nextUnknownKeyAt = 0
      throw error
    }
  }

  /** Sends one request at a time, on which all callers wait. */
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
      if (this.#isFailing) this.#log.info('signing keys of JWT_JWKS_URL can be fetched again')
      this.#isFailing = false
    } catch (error) {
      this.#nextFetchAt = performance.now() + RETRY_MS
      if (!this.#isFailing) this.#log.error({ err: error }, 'cannot fetch the signing keys of JWT_JWKS_URL')
      this.#isFailing = true
      throw new SigningKeysUnavailable('The signing keys cannot be fetched.', { cause: error })
    }
  }
}
