import { type CallGate, type GateCall, gateCall } from './call-gate.ts'
import type { CallShare } from './call-window.ts'
import type { CallUnderWay, RouteLimit } from './route-limit.ts'
import type { Applicant } from './waiter.ts'

/** Permission to call, until the call is over. */
export interface Permit {
  readonly call: CallUnderWay
  readonly gateCall: GateCall
}

/** A call as its admission depends on it. */
type Candidate = Pick<Applicant, 'kind' | 'caller'>

/** What decides about admission. Times are milliseconds of one clock that never goes back. */
export interface CallAdmissionOptions {
  readonly limit: RouteLimit
  /** Bounds the calls under way, those of other limits included. */
  readonly gate: CallGate
  /** Whether any poll of a proven caller waits for this limit. */
  readonly isPollWaiting: () => boolean
  readonly now: () => number
}

/** Decides when a call of one limit may leave, and in which share of a window it is counted. */
export class CallAdmission {
  readonly #options: CallAdmissionOptions

  constructor(options: CallAdmissionOptions) {
    this.#options = options
  }

  /** Whether the calls under way leave room for another one of this kind and caller. */
  isGateOpen({ kind, caller }: Candidate): boolean {
    return this.#options.gate.isOpen(gateCall(kind, caller))
  }

  /** The share in which a call may leave now; null while it may not. */
  shareFor(candidate: Candidate): CallShare | null {
    if (!this.isGateOpen(candidate)) return null
    return this.#sharesOf(candidate).find((share) => this.#wait(share) === 0) ?? null
  }

  /** Milliseconds until the limit lets a call leave; Infinity where a call under way must be answered first. */
  waitOf(candidate: Candidate): number {
    return Math.min(...this.#sharesOf(candidate).map((share) => this.#wait(share)))
  }

  /** A call leaves now. */
  begin(share: CallShare, { kind, caller }: Candidate): Permit {
    const { limit, gate, now } = this.#options
    const passing = gateCall(kind, caller)
    gate.enter(passing)
    return { call: limit.begin(share, now()), gateCall: passing }
  }

  /** The share of unproven callers is small, but they may also use what no poll needs. */
  #sharesOf({ kind, caller }: Candidate): readonly CallShare[] {
    if (caller.isProven) return [kind]
    return this.#options.isPollWaiting() ? ['unproven'] : ['unproven', 'background']
  }

  #wait(share: CallShare): number {
    return this.#options.limit.wait(share, this.#options.now())
  }
}
