import type { Logger } from 'pino'

/** How many WebSockets and event streams may be open at once; 0 is unlimited. */
export interface SocketLimits {
  readonly maxSockets: number
  readonly maxSocketsPerAddress: number
}

/** A socket that was admitted: `release` is called once when it closes. Otherwise which limit it would pass. */
export type SocketQuotaResult =
  | { readonly release: () => void }
  | { readonly exceeded: 'all' | 'address'; readonly message: string }

/** Counts the WebSockets and event streams that are open, in all and by client address. */
export class SocketQuota {
  readonly #limits: SocketLimits
  readonly #log: Logger
  readonly #openByAddress = new Map<string, number>()
  #open = 0
  #isProxyMentioned = false

  constructor(limits: SocketLimits, log: Logger) {
    this.#limits = limits
    this.#log = log
  }

  /** Admits one more socket of a client address, or says which limit it would pass. */
  acquire(address: string): SocketQuotaResult {
    const { maxSockets, maxSocketsPerAddress } = this.#limits
    if (maxSockets > 0 && this.#open >= maxSockets) {
      return { exceeded: 'all', message: `At most ${maxSockets} WebSockets and event streams at a time.` }
    }
    if (maxSocketsPerAddress > 0 && this.#openOf(address) >= maxSocketsPerAddress) {
      this.#mentionProxy(address)
      const message = `At most ${maxSocketsPerAddress} WebSockets and event streams at a time for one address.`
      return { exceeded: 'address', message }
    }
    this.#count(address, 1)
    let isOpen = true
    return {
      release: () => {
        if (isOpen) this.#count(address, -1)
        isOpen = false
      },
    }
  }

  #openOf(address: string): number {
    return this.#openByAddress.get(address) ?? 0
  }

  #count(address: string, by: 1 | -1): void {
    this.#open += by
    const open = this.#openOf(address) + by
    if (open > 0) this.#openByAddress.set(address, open)
    else this.#openByAddress.delete(address)
  }

  /** An address with so many sockets is usually a proxy that the gateway does not know. */
  #mentionProxy(address: string): void {
    if (this.#isProxyMentioned) return
    this.#isProxyMentioned = true
    this.#log.warn(
      { address, maxSocketsPerAddress: this.#limits.maxSocketsPerAddress },
      'one address has as many sockets as MAX_SOCKETS_PER_ADDRESS allows; if it is a proxy, add it to TRUSTED_PROXIES',
    )
  }
}
