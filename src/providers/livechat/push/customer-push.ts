import type { Caller } from '../../../domain/caller.ts'
import { hashCallerToken } from '../../../domain/caller.ts'
import type { ChatError } from '../../../domain/errors.ts'
import type { PushSubscription } from '../../../domain/push.ts'
import { TtlCache } from '../../shared/ttl-cache.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import { type CustomerPushOptions, CustomerSocket, type Visitor } from './customer-socket.ts'
import { concernsAllCustomers } from './disconnect-reasons.ts'
import type { PushHealth } from './push-health.ts'
import type { RoomSubscriber } from './watched-room.ts'

/** The most sockets of customers; each is one of the account's online visitors. Rooms beyond are polled. */
const MAX_SOCKETS = 5_000
/** How long a token that was refused is not tried again, and how many such tokens are kept. */
const REFUSED_MS = 60_000
const MAX_REFUSED = 20_000

interface Refusal {
  readonly reason: string
  readonly error: ChatError | null
}

export interface CustomerSocketsOptions extends CustomerPushOptions {
  readonly accountTokens: AccountTokens
  /** Whether LiveChat has accepted the caller's token lately. */
  isVerified(caller: Caller): boolean
  readonly health: PushHealth
  readonly maxSockets?: number
}

/**
 * Push to customers: one socket per visitor token, which all subscriptions of that token share, and which closes with the last of
 * them. LiveChat has no connection for several customers (docs/providers/livechat.md 25.1).
 */
export class CustomerPush {
  readonly #options: CustomerSocketsOptions
  /** By the hash of the token. */
  readonly #sockets = new Map<string, CustomerSocket>()
  readonly #refused = new TtlCache<Refusal>(REFUSED_MS, MAX_REFUSED)
  #isClosed = false

  constructor(options: CustomerSocketsOptions) {
    this.#options = options
  }

  /** Subscribes to a room with a visitor's token. The receiver is called later. */
  subscribe(chatId: string, visitor: Visitor, subscriber: RoomSubscriber): PushSubscription {
    const key = hashCallerToken(visitor)
    let isClosed = false
    let socket: CustomerSocket | null = null
    queueMicrotask(() => {
      if (isClosed || this.#isClosed) return
      const refusal = this.#findRefusal(key, visitor)
      if (refusal) {
        subscriber.receiver.onDown(refusal.reason, true, refusal.error ?? undefined)
        return
      }
      socket = this.#sockets.get(key) ?? this.#open(key, visitor)
      socket.add(chatId, subscriber)
    })
    return {
      get aliveAt() {
        return isClosed ? null : (socket?.aliveAt(chatId) ?? null)
      },
      close: () => {
        if (isClosed) return
        isClosed = true
        if (socket) this.#leave(key, socket, chatId, subscriber)
      },
    }
  }

  close(): void {
    this.#isClosed = true
    for (const socket of this.#sockets.values()) socket.close()
    this.#sockets.clear()
  }

  #findRefusal(key: string, visitor: Visitor): Refusal | null {
    const { accountTokens, isVerified, health, maxSockets = MAX_SOCKETS } = this.#options
    if (this.#sockets.has(key)) return null
    const refused = this.#refused.get(key)
    if (refused) return refused
    if (health.refusalReason !== null) return { reason: health.refusalReason, error: null }
    // A read proves a token first, because reads bound what invented tokens cost (docs/limits.md): each would open a socket here.
    if (!isVerified(visitor) || !accountTokens.ownsToken(visitor.token)) {
      return { reason: 'LiveChat has not accepted the visitor’s token yet.', error: null }
    }
    if (this.#sockets.size < maxSockets) return null
    return { reason: 'Too many visitors are connected to LiveChat’s push.', error: null }
  }

  #open(key: string, visitor: Visitor): CustomerSocket {
    const { accountTokens, health } = this.#options
    const socket = new CustomerSocket(visitor, this.#options, {
      onAccepted: () => {
        accountTokens.markAccepted(visitor.token)
        health.markAccepted()
      },
      onRefused: (reason, word, error) => {
        if (this.#sockets.get(key) === socket) this.#sockets.delete(key)
        if (concernsAllCustomers(word)) health.markRefused(reason)
        else this.#refused.set(key, { reason, error })
      },
    })
    this.#sockets.set(key, socket)
    return socket
  }

  #leave(key: string, socket: CustomerSocket, chatId: string, subscriber: RoomSubscriber): void {
    socket.delete(chatId, subscriber)
    if (!socket.isEmpty) return
    socket.close()
    if (this.#sockets.get(key) === socket) this.#sockets.delete(key)
  }
}
