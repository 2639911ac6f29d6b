import { decodeId } from '../domain/ids.ts'

/** The upstream calls that a field at an operation's root may cost. */
export interface UpstreamCallCost {
  /** What it reads at a call each. Equal names in one operation are read once. */
  readonly readKeys?: readonly string[]
  /** Calls beside those reads. */
  readonly otherCalls?: number
  /** Whether it writes for whoever asks, with or without a credential. */
  readonly isPublicWrite?: boolean
}

type Arguments = Readonly<Record<string, unknown>>

/** Weighs a root field by its arguments, before anything of its operation runs. */
export class CallCostEstimator {
  readonly estimate: (args: Arguments) => UpstreamCallCost

  constructor(weigh: (args: Arguments) => UpstreamCallCost) {
    this.estimate = weigh
  }
}

const NAME = 'callWeigher'

/** Options of a root field whose upstream calls are weighed. */
export function withCallCost(weigh: (args: Arguments) => UpstreamCallCost) {
  return { extensions: { [NAME]: new CallCostEstimator(weigh) } }
}

/** Options of a root field that reads a thing for each global id in this argument; it refuses more than `most`. */
export function withCallCostPerId(argument: string, most = 1) {
  return withCallCost((args) => {
    const ids = [args[argument]].flat()
    return { readKeys: ids.length > most ? [] : ids.filter(isCostly) }
  })
}

/** The weigher among a field's extensions; null for a field that costs no more than it resolves. */
export function callCostEstimatorOf(
  extensions: Readonly<Record<string | symbol, unknown>>,
): CallCostEstimator | null {
  const weigher = extensions[NAME]
  return weigher instanceof CallCostEstimator ? weigher : null
}

/** Providers are known, and all departments of one come with one call. */
function isCostly(id: unknown): id is string {
  const type = typeof id === 'string' ? decodeId(id)?.type : undefined
  return type !== undefined && type !== 'Provider' && type !== 'Department'
}
