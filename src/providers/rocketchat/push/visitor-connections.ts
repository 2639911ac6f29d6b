import type { PushSocketOptions } from '../../../upstream/push-socket.ts'
import { DdpConnection } from './ddp-connection.ts'
import type { StreamName } from './ddp-frames.ts'
import type { SharedSubscription } from './shared-subscription.ts'

/**
 * The server bounds neither connections nor their subscriptions, only how fast each connection subscribes: about forty rooms
 * at once (docs/providers/rocketchat.md 21.1). Fifty connections make two thousand rooms live at once, and are few for a
 * server that has one per user.
 */
const MAX_CONNECTIONS = 50
const ROOMS_AT_ONCE = 40
/** So many of them are opened, and used, only for tokens that the server has accepted: invented ones can fill all others. */
const CONNECTIONS_FOR_PROVEN = 5
/** So that the end of one connection interrupts few rooms. */
const MAX_ROOMS_PER_CONNECTION = 400
/** How often to look for a connection that accepts more, when none does. */
const RETRY_MS = 1_000
/** How long a connection that is up and carries nothing is kept: a visitor who reloads a page comes back at once. */
const KEPT_IDLE_MS = 10_000
/** How long a connection without rooms is kept for methods. */
const KEPT_FOR_METHODS_MS = 60_000

/** What a connection carries. */
type Subscription = Pick<SharedSubscription<never>, 'isProven' | 'fitsOnto' | 'attach' | 'detach'>

/** One connection of the pool, with the subscriptions that it carries. */
interface Member {
  readonly connection: DdpConnection
  readonly subscriptions: Set<Subscription>
  /** `performance.now()` since which it carries nothing; null while it does. */
  idleSince: number | null
}

/**
 * Connections without a login, shared by all visitors. It opens a further connection rather than wait for the server's
 * limits, up to a bound. While none can be made, one tries for all.
 */
export class VisitorConnections {
  readonly #url: string
  readonly #socketOptions: PushSocketOptions
  readonly #members = new Set<Member>()
  /** Subscriptions that no connection carries, oldest first. */
  readonly #waiting = new Set<Subscription>()
  #downReason: string | null = null
  #isBalancing = false
  #keptUntil = 0
  #timer: NodeJS.Timeout | null = null
  #isClosed = false

  constructor(url: string, socketOptions: PushSocketOptions) {
    this.#url = url
    this.#socketOptions = socketOptions
  }

  /** Why no connection could be made; null while one is up, or none is needed. */
  get downReason(): string | null {
    return this.#waiting.size > 0 && !this.#hasUp() ? this.#downReason : null
  }

  /** Carries a subscription until it is removed. Returns false if there are too many. */
  add(subscription: Subscription): boolean {
    let count = this.#waiting.size
    for (const { subscriptions } of this.#members) count += subscriptions.size
    if (count >= MAX_CONNECTIONS * MAX_ROOMS_PER_CONNECTION) return false
    this.#waiting.add(subscription)
    this.#balanceSoon()
    return true
  }

  /** The subscription has ended. */
  remove(subscription: Subscription): void {
    this.#waiting.delete(subscription)
    for (const { subscriptions } of this.#members) subscriptions.delete(subscription)
    this.#balanceSoon()
  }

  /** Calls a method on any connection. Returns false if none is up, or none accepts it now; then one is kept for the next. */
  call(method: StreamName, params: readonly unknown[]): boolean {
    for (const { connection } of this.#members) if (connection.call(method, params)) return true
    this.#keptUntil = performance.now() + KEPT_FOR_METHODS_MS
    this.#balanceSoon()
    return false
  }

  close(): void {
    this.#isClosed = true
    if (this.#timer) clearTimeout(this.#timer)
    for (const { connection } of this.#members) connection.close()
    this.#members.clear()
  }

  #hasUp(): boolean {
    return [...this.#members].some(({ connection }) => connection.isUp)
  }

  /** Many subscriptions that come together are placed together. */
  #balanceSoon(): void {
    if (this.#isBalancing) return
    this.#isBalancing = true
    queueMicrotask(() => {
      this.#isBalancing = false
      if (!this.#isClosed) this.#balance()
    })
  }

  #balance(): void {
    this.#place()
    this.#openNeeded()
    const now = performance.now()
    const idleMs = this.#closeUnneeded(now)
    const isWaiting = this.#waiting.size > 0 && this.#hasUp()
    const keptMs = now < this.#keptUntil ? this.#keptUntil - now : Number.POSITIVE_INFINITY
    const waitMs = Math.min(isWaiting ? RETRY_MS : keptMs, idleMs)
    if (Number.isFinite(waitMs)) this.#balanceAfter(waitMs)
  }

  #balanceAfter(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#balance(), ms)
    this.#timer.unref()
  }

  /** Attaches what waits to connections that accept it now, first what has a token that the server has accepted. */
  #place(): void {
    const waiting = [...this.#waiting]
    const members = [...this.#members]
    this.#placeOn(
      members,
      waiting.filter(({ isProven }) => isProven),
    )
    this.#placeOn(
      members.slice(0, MAX_CONNECTIONS - CONNECTIONS_FOR_PROVEN),
      waiting.filter(({ isProven }) => !isProven),
    )
  }

  #placeOn(members: readonly Member[], waiting: readonly Subscription[]): void {
    for (const subscription of waiting) {
      const member = members.find(
        ({ connection, subscriptions }) =>
          connection.isUp &&
          subscriptions.size < MAX_ROOMS_PER_CONNECTION &&
          subscription.fitsOnto(connection),
      )
      // Nobody overtakes the oldest.
      if (!member) return
      this.#waiting.delete(subscription)
      member.subscriptions.add(subscription)
      subscription.attach(member.connection)
    }
  }

  #openNeeded(): void {
    const isNeeded = this.#waiting.size > 0 || performance.now() < this.#keptUntil
    if (this.#members.size === 0 && isNeeded) this.#open()
    if (!this.#hasUp()) return
    const opening = [...this.#members].filter(({ connection }) => !connection.isUp).length
    const needed = Math.ceil(this.#waiting.size / ROOMS_AT_ONCE) - opening
    const hasProven = [...this.#waiting].some(({ isProven }) => isProven)
    const max = hasProven ? MAX_CONNECTIONS : MAX_CONNECTIONS - CONNECTIONS_FOR_PROVEN
    const count = Math.min(needed, max - this.#members.size)
    for (let opened = 0; opened < count; opened += 1) this.#open()
  }

  /**
   * Closes connections that carry nothing and that nobody waits for. While none is up, one tries for all. Returns the
   * milliseconds after which another one is idle for too long.
   */
  #closeUnneeded(now: number): number {
    let nextMs = Number.POSITIVE_INFINITY
    const isCarrying = [...this.#members].some(({ subscriptions }) => subscriptions.size > 0)
    const isKept = !isCarrying && now < this.#keptUntil
    let toKeep = isKept ? 1 : 0
    if (this.#waiting.size > 0) toKeep = this.#hasUp() ? MAX_CONNECTIONS : 1
    for (const member of this.#members) {
      const isIdle = member.subscriptions.size === 0
      member.idleSince = isIdle ? (member.idleSince ?? now) : null
      if (!isIdle) continue
      toKeep -= 1
      if (toKeep >= 0) continue
      const keptMs = member.connection.isUp ? (member.idleSince ?? now) + KEPT_IDLE_MS - now : 0
      if (keptMs > 0) {
        nextMs = Math.min(nextMs, keptMs)
        continue
      }
      this.#members.delete(member)
      member.connection.close()
    }
    return nextMs
  }

  #open(): void {
    const connection = new DdpConnection(
      this.#url,
      null,
      { onUp: () => this.#balanceSoon(), onDown: (reason) => this.#onDown(member, reason) },
      this.#socketOptions,
    )
    const member: Member = { connection, subscriptions: new Set(), idleSince: null }
    this.#members.add(member)
  }

  #onDown({ subscriptions }: Member, reason: string): void {
    this.#downReason = reason
    for (const subscription of subscriptions) this.#waiting.add(subscription)
    const interrupted = [...subscriptions]
    subscriptions.clear()
    for (const subscription of interrupted) subscription.detach(reason)
    // Those that wait learn why, unless another connection can take them.
    if (!this.#hasUp()) for (const subscription of this.#waiting) subscription.detach(reason)
    this.#balanceSoon()
  }
}
