import { createHash } from 'node:crypto'
import { ChatError } from '../../domain/errors.ts'
import { TtlCache } from './ttl-cache.ts'

/** How long an account owns a token after it accepted it. */
const OWNED_MS = 24 * 60 * 60_000
const MOST_OWNED = 50_000
/** How long a token stays with an account that was asked and did not answer whether it knows it. */
const UNDECIDED_MS = 60_000
const MOST_UNDECIDED = 10_000

/** One configured account, and the form of its visitors' tokens where its kind of provider has one. */
export interface TokenAccount {
  readonly name: string
  readonly hasTokenFormat: ((token: string) => boolean) | null
}

/** Which visitors' tokens may be sent to one account. */
export interface AccountTokens {
  /**
   * Runs a call that carries the token. Throws UNAUTHENTICATED, as the provider does for a token that it does not
   * know, without a call where the token is another account's. A result other than null says that the account accepted
   * the token; `isRefusal` tells the error with which it says that it does not know it.
   */
  runWithToken<T>(token: string, work: () => Promise<T>, isRefusal: (error: unknown) => boolean): Promise<T>
  /** The account made this token. */
  markAccepted(token: string): void
  /** Whether the token is the account's as far as can be known without a call. */
  ownsToken(token: string): boolean
}

/** Calls with a token that no account has accepted yet; all of them go to one account. */
interface Trial {
  readonly account: string
  readonly ended: Promise<void>
  readonly end: () => void
  calls: number
  refused: boolean
}

interface AccountState extends TokenAccount {
  /** Whether all tokens that the account accepted have its form; null before the first. */
  hasOwnForm: boolean | null
}

/**
 * Keeps visitors' tokens apart. A client sends the provider's own token, which does not name its account, together with
 * ids that name any account. The rule (docs/clients.md): a token is sent to one account, and to another only after the
 * first answered that it does not know it. Holds hashes, never tokens; a token that it no longer holds counts as new.
 */
export class VisitorTokenOwners {
  readonly #accounts: readonly AccountState[]
  readonly #owners = new TtlCache<string>(OWNED_MS, MOST_OWNED)
  readonly #undecided = new TtlCache<string>(UNDECIDED_MS, MOST_UNDECIDED)
  readonly #trials = new Map<string, Trial>()

  constructor(accounts: readonly TokenAccount[]) {
    this.#accounts = accounts.map((account) => ({ ...account, hasOwnForm: null }))
  }

  /** The tokens of the account of that configured name. Throws where there is none. */
  forAccount(name: string): AccountTokens {
    const account = this.#accounts.find((each) => each.name === name)
    if (!account) throw new TypeError(`there is no account ${name}`)
    return {
      runWithToken: (token, work, isRefusal) => this.#present(token, account, work, isRefusal),
      markAccepted: (token) => this.#accept(token, hashOf(token), account),
      ownsToken: (token) => this.#isOwn(token, account),
    }
  }

  async #present<T>(
    token: string,
    account: AccountState,
    work: () => Promise<T>,
    isRefusal: (error: unknown) => boolean,
  ): Promise<T> {
    const key = hashOf(token)
    const trial = await this.#admit(token, key, account)
    try {
      const result = await work()
      if (result !== null) this.#accept(token, key, account)
      return result
    } catch (error) {
      if (trial && isRefusal(error)) trial.refused = true
      throw error
    } finally {
      if (trial) this.#leave(key, trial)
    }
  }

  /** Null for a token that the account has accepted; else the trial that the call is a part of. */
  async #admit(token: string, key: string, account: AccountState): Promise<Trial | null> {
    for (;;) {
      const owner = this.#owners.get(key)
      if (owner === account.name) return null
      const holder = owner ?? this.#undecided.get(key) ?? account.name
      if (holder !== account.name || !this.#hasForm(token, account)) throw unknownToken(account.name)
      const trial = this.#trials.get(key)
      if (!trial || trial.account === account.name) return this.#join(key, trial ?? newTrial(account.name))
      // Another account is being asked. Its calls have deadlines of their own.
      await trial.ended
    }
  }

  #join(key: string, trial: Trial): Trial {
    trial.calls += 1
    this.#trials.set(key, trial)
    return trial
  }

  #leave(key: string, trial: Trial): void {
    trial.calls -= 1
    if (trial.calls > 0) return
    this.#trials.delete(key)
    if (trial.refused) this.#undecided.delete(key)
    else if (this.#owners.get(key) === undefined) this.#undecided.set(key, trial.account)
    trial.end()
  }

  #accept(token: string, key: string, account: AccountState): void {
    this.#owners.set(key, account.name)
    this.#trials.get(key)?.end()
    if (account.hasTokenFormat)
      account.hasOwnForm = (account.hasOwnForm ?? true) && account.hasTokenFormat(token)
  }

  /**
   * A token of one kind's form goes to accounts of that kind only. A token without it goes to no account whose tokens
   * have all had it so far; before the first that is not known, and a vendor may change the form.
   */
  #hasForm(token: string, account: AccountState): boolean {
    if (account.hasTokenFormat?.(token)) return true
    return (
      account.hasOwnForm !== true &&
      !this.#accounts.some(({ hasTokenFormat: isOwnForm }) => isOwnForm?.(token))
    )
  }

  #isOwn(token: string, account: AccountState): boolean {
    const key = hashOf(token)
    const holder = this.#owners.get(key) ?? this.#undecided.get(key)
    if (holder !== undefined) return holder === account.name
    const fitting = this.#accounts.filter(({ hasTokenFormat: isOwnForm }) => isOwnForm?.(token))
    return fitting.length === 1 && fitting[0] === account
  }
}

/** Gives the tokens of a gateway's only account. */
export function singleAccountTokens(account: TokenAccount): AccountTokens {
  return new VisitorTokenOwners([account]).forAccount(account.name)
}

function newTrial(account: string): Trial {
  let end = (): void => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { account, ended, end: () => end(), calls: 0, refused: false }
}

function unknownToken(provider: string): ChatError {
  return new ChatError('UNAUTHENTICATED', 'The visitor token is not known, or has expired.', { provider })
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
