/** A connection to a sandbox's push server, for tests and for the choice of whom a fault applies to. */
export interface PushConnection {
  /** Counts the accepted connections from 1. */
  readonly number: number
  /** The path that was connected to, without its query. */
  readonly path: string
  /** The id of the user that has logged in, as the provider names it; null before the login. */
  readonly user: string | null
  /** Frames and pings of the client that `half-open` has swallowed. */
  readonly swallowed: number
}

/** The connections that a fault applies to: all, those made later included, unless restricted. */
interface FaultTarget {
  readonly where?: (connection: PushConnection) => boolean
}

/**
 * A fault of the push.
 * - `refuse-upgrade` answers the upgrade with this HTTP status, as proxies do.
 * - `refuse-login` answers the login with this error, in the provider's own form.
 * - `refuse-request` answers a request with this error: a subscription or method of DDP, an action of RTM.
 * - `half-open` swallows the frames of both directions, pings included, while the TCP connection stays.
 * - `silent` loses pushes only: requests and pings are answered.
 * - `hold` delays pushes until the fault is removed, `lag` by some milliseconds.
 * - `hold-replies` delays the answers to requests, logins and the protocol's own pings until the fault is removed, so that
 *   pushes arrive before the answer to the request that subscribed to them.
 * - `duplicate` sends each push twice. `reorder` swaps each push with the next; the last one waits for the fault's removal.
 */
export type PushFault =
  | { readonly kind: 'refuse-upgrade'; readonly status: 403 | 404 | 502; readonly times?: number }
  | (FaultTarget & { readonly kind: 'refuse-login'; readonly error: object; readonly times?: number })
  | (FaultTarget & {
      readonly kind: 'refuse-request'
      /** Chooses requests by their name: the method, the action, or `stream/event` of a subscription. All without it. */
      readonly request?: (name: string) => boolean
      readonly error: object
      readonly times?: number
    })
  | (FaultTarget & { readonly kind: PushFaultKind })
  | (FaultTarget & { readonly kind: 'lag'; readonly ms: number })

/** The faults of a connection's frames that have no further argument. */
type PushFaultKind = 'half-open' | 'silent' | 'hold' | 'hold-replies' | 'duplicate' | 'reorder'

interface InjectedFault {
  readonly fault: PushFault
  usesLeft: number
}

/** Holds the injected faults of a push server. */
export class PushFaultInjector {
  #injected: readonly InjectedFault[] = []

  /** Adds a fault. The returned function removes it, and then calls `onRemoved`. */
  add(fault: PushFault, onRemoved: () => void): () => void {
    const times = 'times' in fault ? fault.times : undefined
    const entry = { fault, usesLeft: times ?? Number.POSITIVE_INFINITY }
    this.#injected = [...this.#injected, entry]
    return () => {
      this.#remove(entry)
      onRemoved()
    }
  }

  /** The status to refuse this upgrade with, and counts its use; null where it is accepted. */
  takeUpgradeStatus(): number | null {
    for (const entry of this.#injected) {
      if (entry.fault.kind !== 'refuse-upgrade') continue
      this.#use(entry)
      return entry.fault.status
    }
    return null
  }

  /** The error to refuse this login with, and counts its use; null where it is not refused. */
  takeLoginError(connection: PushConnection): object | null {
    for (const entry of this.#injected) {
      if (entry.fault.kind !== 'refuse-login' || !applies(entry.fault, connection)) continue
      this.#use(entry)
      return entry.fault.error
    }
    return null
  }

  /** The error to refuse this request with, and counts its use; null where it is not refused. */
  takeRequestError(name: string, connection: PushConnection): object | null {
    for (const entry of this.#injected) {
      const { fault } = entry
      if (fault.kind !== 'refuse-request' || !applies(fault, connection)) continue
      if (fault.request?.(name) === false) continue
      this.#use(entry)
      return fault.error
    }
    return null
  }

  /** True if a fault of this kind applies to the connection now. */
  has(kind: PushFaultKind, connection: PushConnection): boolean {
    return this.#injected.some(({ fault }) => fault.kind === kind && applies(fault, connection))
  }

  /** Milliseconds by which pushes to the connection are delayed. */
  lagMs(connection: PushConnection): number {
    return this.#injected.reduce(
      (ms, { fault }) => (fault.kind === 'lag' && applies(fault, connection) ? Math.max(ms, fault.ms) : ms),
      0,
    )
  }

  #use(entry: InjectedFault): void {
    entry.usesLeft -= 1
    if (entry.usesLeft <= 0) this.#remove(entry)
  }

  #remove(entry: InjectedFault): void {
    this.#injected = this.#injected.filter((other) => other !== entry)
  }
}

function applies({ where }: FaultTarget, connection: PushConnection): boolean {
  return where?.(connection) ?? true
}
