import { type Caller, hashToken, hashTokenOf } from '../../domain/caller.ts'
import { ChatError } from '../../domain/errors.ts'
import { TtlCache } from './ttl-cache.ts'

/** How long an account owns a token after it accepted it. */
const OWNED_MS = 24 * 60 * 60_000
const MAX_OWNED = 50_000
/** How long a token stays with an account that did not respond whether it knows the token. */
const UNDECIDED_MS = 60_000
const MAX_UNDECIDED = 10_000

/** One configured account, and the format of its visitor tokens; null for kinds of providers without one. */
export interface TokenAccount {
  readonly name: string
  readonly hasTokenFormat: ((token: string) => boolean) | null
}

/** A token, and the caller whose request carries it: its own token, or one that was created for it. */
export interface TokenUse {
  readonly token: string
  readonly caller: Caller
}

/** Decides which visitor tokens may be sent to one account. */
export interface AccountTokens {
  /**
   * Runs work whose request carries the token. For a token of another account it throws UNAUTHENTICATED without a request, as
   * the provider does for an unknown token. A result other than null means that the account accepted the token;
   * `isRejection` recognizes the error for a token that the account does not know.
   */
  runWithToken<T>(use: TokenUse, work: () => Promise<T>, isRejection: (error: unknown) => boolean): Promise<T>
  /** Records that the account created or accepted this token. */
  markAccepted(token: string): void
  /** Whether the token is the account's, as far as is known without a request. */
  ownsToken(token: string): boolean
}

/** Requests with a token that no account has accepted yet; all of them go to one account. */
interface Trial {
  readonly account: string
  readonly ended: Promise<void>
  readonly end: () => void
  requests: number
  isRejected: boolean
}

interface AccountState extends TokenAccount {
  /** Whether all tokens that the account accepted have its format; null before the first. */
  acceptsOnlyFormat: boolean | null
}

/**
 * Keeps the visitor tokens of accounts apart. A client sends the provider's own token, which does not name its account, together
 * with ids that name any account. The rule (docs/clients.md): a token is sent to one account, and to another only after the first
 * responded that it does not know the token. Holds hashes, never tokens; a token that it no longer holds counts as new.
 */
export class VisitorTokenOwners {
  readonly #accounts: readonly AccountState[]
  readonly #owners = new TtlCache<string>(OWNED_MS, MAX_OWNED)
  readonly #undecided = new TtlCache<string>(UNDECIDED_MS, MAX_UNDECIDED)
  readonly #trials = new Map<string, Trial>()

  constructor(accounts: readonly TokenAccount[]) {
    this.#accounts = accounts.map((account) => ({ ...account, acceptsOnlyFormat: null }))
  }

  /** Returns the tokens of the account with this configured name. Throws TypeError if there is none. */
  forAccount(name: string): AccountTokens {
    const account = this.#accounts.find((each) => each.name === name)
    if (!account) throw new TypeError(`there is no account ${name}`)
    return {
      runWithToken: (use, work, isRejection) => this.#run(use, account, work, isRejection),
      markAccepted: (token) => this.#markAccepted(token, hashToken(token), account),
      ownsToken: (token) => this.#ownsToken(token, account),
    }
  }

  async #run<T>(
    { token, caller }: TokenUse,
    account: AccountState,
    work: () => Promise<T>,
    isRejection: (error: unknown) => boolean,
  ): Promise<T> {
    const key = hashTokenOf(caller, token)
    const trial = await this.#startTrial(token, key, account)
    try {
      const result = await work()
      if (result !== null) this.#markAccepted(token, key, account)
      return result
    } catch (error) {
      if (trial && isRejection(error)) trial.isRejected = true
      throw error
    } finally {
      if (trial) this.#endRequest(key, trial)
    }
  }

  /** Returns the trial that the request is a part of, or null for a token that the account has accepted. */
  async #startTrial(token: string, key: string, account: AccountState): Promise<Trial | null> {
    for (;;) {
      const owner = this.#owners.get(key)
      if (owner === account.name) return null
      const holder = owner ?? this.#undecided.get(key) ?? account.name
      if (holder !== account.name || !this.#fitsFormat(token, account)) throw unknownToken(account.name)
      const trial = this.#trials.get(key)
      if (!trial || trial.account === account.name)
        return this.#addRequest(key, trial ?? newTrial(account.name))
      // Another account is being tried. Its requests have timeouts of their own.
      await trial.ended
    }
  }

  #addRequest(key: string, trial: Trial): Trial {
    trial.requests += 1
    this.#trials.set(key, trial)
    return trial
  }

  #endRequest(key: string, trial: Trial): void {
    trial.requests -= 1
    if (trial.requests > 0) return
    this.#trials.delete(key)
    if (trial.isRejected) this.#undecided.delete(key)
    else if (this.#owners.get(key) === undefined) this.#undecided.set(key, trial.account)
    trial.end()
  }

  #markAccepted(token: string, key: string, account: AccountState): void {
    this.#owners.set(key, account.name)
    this.#trials.get(key)?.end()
    if (account.hasTokenFormat)
      account.acceptsOnlyFormat = (account.acceptsOnlyFormat ?? true) && account.hasTokenFormat(token)
  }

  /**
   * A token in one kind's format goes to accounts of that kind only. A token in another format goes to no account whose tokens
   * have all had the kind's format so far. Before the first token that is unknown, and a vendor may change the format.
   */
  #fitsFormat(token: string, account: AccountState): boolean {
    if (account.hasTokenFormat?.(token)) return true
    return (
      account.acceptsOnlyFormat !== true &&
      !this.#accounts.some(({ hasTokenFormat }) => hasTokenFormat?.(token))
    )
  }

  #ownsToken(token: string, account: AccountState): boolean {
    const key = hashToken(token)
    const holder = this.#owners.get(key) ?? this.#undecided.get(key)
    if (holder !== undefined) return holder === account.name
    const candidates = this.#findCandidates(token)
    return candidates.length === 1 && candidates[0] === account
  }

  /** The accounts whose tokens look like this one: in a kind's format, else in none, as far as it is known of each account. */
  #findCandidates(token: string): readonly AccountState[] {
    const fitting = this.#accounts.filter(({ hasTokenFormat }) => hasTokenFormat?.(token))
    if (fitting.length > 0) return fitting
    return this.#accounts.filter(
      ({ hasTokenFormat, acceptsOnlyFormat }) => hasTokenFormat === null || acceptsOnlyFormat === false,
    )
  }
}

function newTrial(account: string): Trial {
  let end = (): void => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { account, ended, end: () => end(), requests: 0, isRejected: false }
}

function unknownToken(provider: string): ChatError {
  return new ChatError('UNAUTHENTICATED', 'The visitor token is not known, or has expired.', { provider })
}

/** Creates the member `ownsToken` of an account's adapter. */
export function ownsTokenWith({ ownsToken }: AccountTokens): (caller: Caller) => boolean {
  return (caller) => caller.role === 'VISITOR' && ownsToken(caller.token)
}
