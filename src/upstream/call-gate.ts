import type { CallKind } from './call-window.ts'
import type { RequestCaller } from './request-caller.ts'

/** A call that goes through the gate. */
export interface GateCall {
  readonly kind: CallKind
  /** The key of a caller who is not proven; null for all others. */
  readonly probeKey: string | null
}

/** How the gate sees a call of this kind by this caller. */
export function gateCall(kind: CallKind, { isProven, key }: RequestCaller): GateCall {
  return { kind, probeKey: isProven ? null : key }
}

/** Calls that may be under way at once, over all limits of one account. */
export interface CallGateOptions {
  readonly calls: number
  readonly looks: number
}

/** Calls of one caller who is not proven yet that may be under way at once: the first answer speaks for all. */
const PROBES_PER_CALLER = 1

/**
 * Bounds the calls under way. Half of them may be looks, and half calls of callers who are not proven; a quarter is
 * always left to the interactive calls of proven callers.
 */
export class CallGate {
  readonly #most: CallGateOptions
  readonly #mostProbes: number
  readonly #mostOfBoth: number
  readonly #probesByKey = new Map<string, number>()
  #calls = 0
  #looks = 0
  #probes = 0

  constructor(most: CallGateOptions) {
    this.#most = most
    this.#mostProbes = Math.max(1, Math.floor(most.calls / 2))
    this.#mostOfBoth = Math.max(1, most.calls - Math.ceil(most.calls / 4))
  }

  /** Whether such a call may leave now. */
  isOpen({ kind, probeKey }: GateCall): boolean {
    if (this.#calls >= this.#most.calls) return false
    if (kind === 'person' && probeKey === null) return true
    if (this.#looks + this.#probes >= this.#mostOfBoth) return false
    if (probeKey === null) return this.#looks < this.#most.looks
    return this.#probes < this.#mostProbes && (this.#probesByKey.get(probeKey) ?? 0) < PROBES_PER_CALLER
  }

  /** Counts a call that leaves. */
  enter(call: GateCall): void {
    this.#count(call, 1)
  }

  /** Counts a call that is over. */
  leave(call: GateCall): void {
    this.#count(call, -1)
  }

  #count({ kind, probeKey }: GateCall, by: 1 | -1): void {
    this.#calls += by
    if (probeKey === null) {
      if (kind === 'background') this.#looks += by
      return
    }
    this.#probes += by
    const probes = (this.#probesByKey.get(probeKey) ?? 0) + by
    if (probes > 0) this.#probesByKey.set(probeKey, probes)
    else this.#probesByKey.delete(probeKey)
  }
}
