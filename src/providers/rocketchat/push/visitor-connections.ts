import type { PushSocketTimes } from '../../../upstream/push-socket.ts'
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
/** So that the end of one connection interrupts few rooms. */
const MAX_ROOMS_PER_CONNECTION = 400
/** How often to look for a connection that accepts more, when none does. */
const RETRY_MS = 1_000
/** How long a connection without rooms is kept for methods. */
const KEPT_FOR_METHODS_MS = 60_000

/** What a connection carries. */
type Subscription = Pick<SharedSubscription<never>, 'fitsOnto' | 'attach' | 'detach'>

/** One connection of the pool, with the subscriptions that it carries. */
interface Member {
  readonly connection: DdpConnection
  readonly subscriptions: Set<Subscription>
}

/**
 * Connections without a login, shared by all visitors. It opens a further connection rather than wait for the server's
 * limits, up to a bound. While none can be made, one tries for all.
 */
export class VisitorConnections {
  readonly #url: string
  readonly #times: Partial<PushSocketTimes>
  readonly #members = new Set<Member>()
  /** Subscriptions that no connection carries, oldest first. */
  readonly #waiting = new Set<Subscription>()
  #downReason: string | null = null
  #isBalancing = false
  #keptUntil = 0
  #timer: NodeJS.Timeout | null = null
  #isClosed = false

  constructor(url: string, times: Partial<PushSocketTimes>) {
    this.#url = url
    this.#times = times
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
    this.#closeUnneeded()
    const now = performance.now()
    if (this.#waiting.size > 0 && this.#hasUp()) this.#balanceAfter(RETRY_MS)
    else if (now < this.#keptUntil) this.#balanceAfter(this.#keptUntil - now)
  }

  #balanceAfter(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#balance(), ms)
    this.#timer.unref()
  }

  /** Attaches what waits to connections that accept it now. */
  #place(): void {
    for (const subscription of this.#waiting) {
      const member = [...this.#members].find(
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
    const count = Math.min(needed, MAX_CONNECTIONS - this.#members.size)
    for (let opened = 0; opened < count; opened += 1) this.#open()
  }

  /** Closes connections that carry nothing and that nobody waits for. While none is up, one tries for all. */
  #closeUnneeded(): void {
    const isCarrying = [...this.#members].some(({ subscriptions }) => subscriptions.size > 0)
    const isKept = !isCarrying && performance.now() < this.#keptUntil
    let toKeep = isKept ? 1 : 0
    if (this.#waiting.size > 0) toKeep = this.#hasUp() ? MAX_CONNECTIONS : 1
    for (const member of this.#members) {
      if (member.subscriptions.size > 0) continue
      toKeep -= 1
      if (toKeep >= 0) continue
      this.#members.delete(member)
      member.connection.close()
    }
  }

  #open(): void {
    const connection = new DdpConnection(
      this.#url,
      null,
      { onUp: () => this.#balanceSoon(), onDown: (reason) => this.#onDown(member, reason) },
      this.#times,
    )
    const member: Member = { connection, subscriptions: new Set() }
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
