import { decodeId } from '../domain/ids.ts'

/** Upstream calls that a root field can cause. */
export interface UpstreamCallCost {
  /** Key of each object that it reads with one call. Equal keys of one operation are read once. */
  readonly readKeys?: readonly string[]
  /** Calls in addition to those reads. */
  readonly otherCalls?: number
  /** Whether it writes for callers without a credential too. */
  readonly isPublicWrite?: boolean
}

type Arguments = Readonly<Record<string, unknown>>

/** Estimates the cost of a root field before its operation runs. */
export class CallCostEstimator {
  readonly estimate: (args: Arguments) => UpstreamCallCost
  /** False if the cost is the same for all arguments. */
  readonly dependsOnArguments: boolean

  constructor(estimate: (args: Arguments) => UpstreamCallCost, dependsOnArguments: boolean) {
    this.estimate = estimate
    this.dependsOnArguments = dependsOnArguments
  }
}

const EXTENSION = 'callCostEstimator'

/** Field options of a root field that causes the same upstream calls whatever its arguments. */
export function withCallCost(cost: UpstreamCallCost) {
  return { extensions: { [EXTENSION]: new CallCostEstimator(() => cost, false) } }
}

/** Field options of a root field whose upstream calls depend on its arguments. */
export function withEstimatedCallCost(estimate: (args: Arguments) => UpstreamCallCost) {
  return { extensions: { [EXTENSION]: new CallCostEstimator(estimate, true) } }
}

/** Field options of a root field that reads one object per global id in the argument, and rejects more than `maxIds`. */
export function withCallCostPerId(argument: string, maxIds = 1) {
  return withEstimatedCallCost((args) => {
    const ids = [args[argument]].flat()
    return { readKeys: ids.length > maxIds ? [] : ids.filter(needsCall) }
  })
}

/** Finds the estimator in a field's extensions; null for a field without a cost of its own. */
export function callCostEstimatorOf(
  extensions: Readonly<Record<string | symbol, unknown>>,
): CallCostEstimator | null {
  const estimator = extensions[EXTENSION]
  return estimator instanceof CallCostEstimator ? estimator : null
}

/** Providers need no call, and one call reads all departments of a provider. */
function needsCall(id: unknown): id is string {
  const type = typeof id === 'string' ? decodeId(id)?.type : undefined
  return type !== undefined && type !== 'Provider' && type !== 'Department'
}
