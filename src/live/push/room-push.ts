import type { Caller } from '../../domain/caller.ts'
import type { ProviderPush, PushedChange, PushSubscription } from '../../domain/push.ts'

/** Push that ended for good is tried again for a subscriber that comes later than this, and otherwise after a read. */
const RETRY_FOR_SUBSCRIBER_MS = 10_000
const RETRY_AFTER_READ_MS = 600_000

export interface RoomPushOptions {
  readonly push: ProviderPush
  readonly roomId: string
  /** The provider pushes with this caller's credential from now on: it has authorized the caller for the room. */
  readonly onLive: (caller: Caller) => void
  readonly onChange: (change: PushedChange) => void
  /** The push of a credential ended, for now or for good. */
  readonly onDown: () => void
}

/** The subscription with one credential. */
interface CredentialPush {
  readonly caller: Caller
  users: number
  subscription: PushSubscription | null
  isLive: boolean
  /** Whether the subscription was live or down before. */
  isAnswered: boolean
  /** Whether the provider has accepted the credential for the room. */
  isAuthorized: boolean
  /** `performance.now()` when it ended for good. */
  endedAt: number
  /** `performance.now()` from which a read tries it again. */
  retryAt: number
}

/**
 * The push of one room: one subscription at the provider per credential, as long as somebody uses the credential. All
 * operators use the account's.
 */
export class RoomPush {
  readonly #options: RoomPushOptions
  readonly #credentials = new Map<string, CredentialPush>()
  #liveSince: number | null = null

  constructor(options: RoomPushOptions) {
    this.#options = options
  }

  /** `performance.now()` since which at least one credential receives push without interruption; null while none does. */
  get liveSince(): number | null {
    return this.#liveSince
  }

  /** `performance.now()` at which a live socket last showed life; null while there is none. */
  get aliveAt(): number | null {
    const times = [...this.#credentials.values()].map(({ isLive, subscription }) =>
      isLive ? (subscription?.aliveAt ?? null) : null,
    )
    return times.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null)
  }

  /** Whether the provider has not said yet whether it pushes with a credential. */
  get isStarting(): boolean {
    return [...this.#credentials.values()].some(({ subscription, isAnswered }) => subscription && !isAnswered)
  }

  /** Whether the provider pushes with this caller's credential now. */
  isLiveFor(caller: Caller): boolean {
    return this.#credentials.get(credentialKey(caller))?.isLive ?? false
  }

  /** Whether the provider pushes with this caller's credential, or may soon. */
  isExpectedFor(caller: Caller): boolean {
    return (this.#credentials.get(credentialKey(caller))?.subscription ?? null) !== null
  }

  /** Keeps the push of a caller's credential running until the returned function is called, once. */
  acquire(caller: Caller): () => void {
    if (this.#options.push.denialReason(caller) !== null) return () => {}
    const key = credentialKey(caller)
    const credential = this.#credentials.get(key) ?? newCredential(caller)
    this.#credentials.set(key, credential)
    credential.users += 1
    const hasEnded = credential.subscription === null
    if (hasEnded && performance.now() - credential.endedAt >= RETRY_FOR_SUBSCRIBER_MS)
      this.#subscribe(credential)
    return () => {
      credential.users -= 1
      if (credential.users > 0) return
      this.#credentials.delete(key)
      credential.subscription?.close()
      this.#setLive(credential, false)
    }
  }

  /**
   * A read with this caller's credential has succeeded. Where push was refused before, the provider may accept it now: some
   * push only to a credential that a read has proved.
   */
  onRead(caller: Caller): void {
    const credential = this.#credentials.get(credentialKey(caller))
    if (!credential) return
    credential.isAuthorized = true
    if (credential.subscription === null && performance.now() >= credential.retryAt)
      this.#subscribe(credential)
  }

  #subscribe(credential: CredentialPush): void {
    const { push, roomId, onLive, onChange, onDown } = this.#options
    credential.isAnswered = false
    credential.subscription = push.subscribeToRoom(roomId, credential.caller, {
      onLive: () => {
        credential.isAuthorized = true
        this.#setLive(credential, true)
        onLive(credential.caller)
      },
      onChange,
      onDown: (_reason, isFinal) => {
        this.#setLive(credential, false)
        if (isFinal) {
          credential.subscription?.close()
          credential.subscription = null
          credential.endedAt = performance.now()
          credential.retryAt = credential.isAuthorized ? credential.endedAt + RETRY_AFTER_READ_MS : 0
        }
        onDown()
      },
    })
  }

  #setLive(credential: CredentialPush, isLive: boolean): void {
    credential.isLive = isLive
    credential.isAnswered = true
    const hasLive = [...this.#credentials.values()].some((one) => one.isLive)
    this.#liveSince = hasLive ? (this.#liveSince ?? performance.now()) : null
  }
}

function newCredential(caller: Caller): CredentialPush {
  return {
    caller,
    users: 0,
    subscription: null,
    isLive: false,
    isAnswered: false,
    isAuthorized: false,
    endedAt: Number.NEGATIVE_INFINITY,
    retryAt: 0,
  }
}

function credentialKey(caller: Caller): string {
  return caller.role === 'VISITOR' ? `VISITOR ${caller.token}` : caller.role
}
