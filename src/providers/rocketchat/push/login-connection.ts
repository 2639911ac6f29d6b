import type { PushSocketOptions } from '../../../upstream/push-socket.ts'
import { DdpConnection, type DdpLogin } from './ddp-connection.ts'
import type { StreamName } from './ddp-frames.ts'
import type { SharedSubscription } from './shared-subscription.ts'

/** What the connection carries. */
type Subscription = Pick<SharedSubscription<never>, 'attach' | 'detach'>

/** How long a connection that carries nothing is kept for methods. */
const KEPT_FOR_METHODS_MS = 60_000

/** The connection of one configured user. It is opened when it is needed, and closed when it is not. */
export class LoginConnection {
  readonly #url: string
  readonly #login: DdpLogin
  readonly #socketOptions: PushSocketOptions
  readonly #subscriptions = new Set<Subscription>()
  #connection: DdpConnection | null = null
  #downReason: string | null = null
  #keptUntil = 0
  #timer: NodeJS.Timeout | null = null
  #isClosed = false

  constructor(url: string, login: DdpLogin, socketOptions: PushSocketOptions) {
    this.#url = url
    this.#login = login
    this.#socketOptions = socketOptions
  }

  /** The connection while it is up. */
  get current(): DdpConnection | null {
    return this.#connection?.isUp ? this.#connection : null
  }

  /** Why it is not up; null while it is, is being made, or is not needed. */
  get downReason(): string | null {
    return this.#downReason
  }

  /** Carries a subscription until it is removed. */
  add(subscription: Subscription): void {
    this.#subscriptions.add(subscription)
    const { current } = this
    if (current) subscription.attach(current)
    else if (this.#downReason !== null) subscription.detach(this.#downReason)
    this.#open()
  }

  /** The subscription has ended. */
  remove(subscription: Subscription): void {
    if (this.#subscriptions.delete(subscription)) this.#closeUnneeded()
  }

  /** Calls a method. Returns false if the connection is not up or does not accept it now; then it is kept for the next. */
  call(method: StreamName, params: readonly unknown[]): boolean {
    this.#keptUntil = performance.now() + KEPT_FOR_METHODS_MS
    this.#open()
    this.#closeUnneeded()
    return this.#connection?.call(method, params) ?? false
  }

  close(): void {
    this.#isClosed = true
    if (this.#timer) clearTimeout(this.#timer)
    this.#connection?.close()
    this.#connection = null
  }

  #open(): void {
    if (this.#connection || this.#isClosed) return
    const listener = { onUp: () => this.#onUp(), onDown: (reason: string) => this.#onDown(reason) }
    this.#connection = new DdpConnection(this.#url, this.#login, listener, this.#socketOptions)
  }

  #closeUnneeded(): void {
    if (this.#subscriptions.size > 0) return
    const remainingMs = this.#keptUntil - performance.now()
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (remainingMs > 0) {
      this.#timer = setTimeout(() => this.#closeUnneeded(), remainingMs)
      this.#timer.unref()
      return
    }
    this.#connection?.close()
    this.#connection = null
    this.#downReason = null
  }

  #onUp(): void {
    this.#downReason = null
    for (const subscription of [...this.#subscriptions]) {
      const { current } = this
      if (current && this.#subscriptions.has(subscription)) subscription.attach(current)
    }
  }

  #onDown(reason: string): void {
    this.#downReason = reason
    for (const subscription of [...this.#subscriptions]) subscription.detach(reason)
  }
}
