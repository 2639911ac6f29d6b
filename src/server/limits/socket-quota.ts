import type { Logger } from 'pino'

/** The largest numbers of open WebSockets and event streams; 0 is unlimited. */
export interface SocketLimits {
  readonly maxSockets: number
  readonly maxSocketsPerAddress: number
}

export type SocketTransport = 'websocket' | 'event_stream'

/** Success with a function to call when the socket closes, or the limit that would be exceeded. */
export type SocketQuotaResult =
  | { readonly release: () => void }
  | { readonly exceeded: 'all' | 'address'; readonly message: string }

/** Limits the open WebSockets and event streams, in total and by client address. */
export class SocketQuota {
  readonly #limits: SocketLimits
  readonly #log: Logger
  readonly #openByAddress = new Map<string, number>()
  readonly #openByTransport = { websocket: 0, event_stream: 0 }
  #hasWarned = false

  constructor(limits: SocketLimits, log: Logger) {
    this.#limits = limits
    this.#log = log
  }

  /** The numbers of open sockets. */
  get open(): Readonly<Record<SocketTransport, number>> {
    return this.#openByTransport
  }

  /** Counts one more socket of a client address, unless a limit would be exceeded. */
  acquire(address: string, transport: SocketTransport): SocketQuotaResult {
    const { maxSockets, maxSocketsPerAddress } = this.#limits
    const { websocket, event_stream } = this.#openByTransport
    if (maxSockets > 0 && websocket + event_stream >= maxSockets) {
      return { exceeded: 'all', message: `At most ${maxSockets} WebSockets and event streams at a time.` }
    }
    if (maxSocketsPerAddress > 0 && this.#openOf(address) >= maxSocketsPerAddress) {
      this.#warnOfProxy(address)
      const message = `At most ${maxSocketsPerAddress} WebSockets and event streams at a time for one address.`
      return { exceeded: 'address', message }
    }
    this.#count(address, transport, 1)
    let isOpen = true
    return {
      release: () => {
        if (isOpen) this.#count(address, transport, -1)
        isOpen = false
      },
    }
  }

  #openOf(address: string): number {
    return this.#openByAddress.get(address) ?? 0
  }

  #count(address: string, transport: SocketTransport, by: 1 | -1): void {
    this.#openByTransport[transport] += by
    const open = this.#openOf(address) + by
    if (open > 0) this.#openByAddress.set(address, open)
    else this.#openByAddress.delete(address)
  }

  /** Warns once: an address with this many sockets is usually a proxy that is not configured. */
  #warnOfProxy(address: string): void {
    if (this.#hasWarned) return
    this.#hasWarned = true
    this.#log.warn(
      { address, maxSocketsPerAddress: this.#limits.maxSocketsPerAddress },
      'one address has reached MAX_SOCKETS_PER_ADDRESS; if it is a proxy, add it to TRUSTED_PROXIES',
    )
  }
}
