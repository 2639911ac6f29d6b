import type { ExecutionResult } from 'graphql'
import type { Context, MutationBudget, UpstreamCalls } from '../../../schema/context.ts'

/** The measures of an operation that its limits bound. */
export interface OperationWeight {
  /** Number of fields, those of a list as often as it may have entries. */
  readonly complexity: number
  readonly depth: number
  readonly breadth: number
}

/** The value of `extensions.cost` in a response. */
export interface OperationCost {
  readonly requestedComplexity: number
  readonly depth: number
  readonly breadth: number
  readonly limits: OperationWeight
  readonly upstreamCalls: Pick<UpstreamCalls, 'spent' | 'limit'>
  /** The caller's remaining mutations; null if they are not limited. */
  readonly rateLimit: MutationBudget | null
}

/** The part of an operation's context from which its cost is read. */
type CostContext = Pick<Context, 'initialCaller' | 'clientAddress' | 'mutationLimits'> & {
  readonly upstreamCalls: Pick<UpstreamCalls, 'spent' | 'limit'>
}

/** Whether a request asks for its cost: `"extensions": { "cost": true }`. */
export function requestsCost(
  params: { readonly extensions?: Readonly<Record<string, unknown>> | null | undefined } | undefined,
): boolean {
  return params?.extensions?.['cost'] === true
}

/** Adds the cost of an operation to its result. */
export async function withCost(
  result: ExecutionResult,
  weight: OperationWeight,
  limits: OperationWeight,
  context: CostContext,
): Promise<ExecutionResult> {
  const cost = await costOf(weight, limits, context)
  return { ...result, extensions: { ...result.extensions, cost } }
}

async function costOf(
  weight: OperationWeight,
  limits: OperationWeight,
  context: CostContext,
): Promise<OperationCost> {
  const { initialCaller, clientAddress, mutationLimits, upstreamCalls } = context
  return {
    requestedComplexity: weight.complexity,
    depth: weight.depth,
    breadth: weight.breadth,
    limits: { complexity: limits.complexity, depth: limits.depth, breadth: limits.breadth },
    upstreamCalls: { spent: upstreamCalls.spent, limit: upstreamCalls.limit },
    rateLimit: await mutationLimits.budget(initialCaller, clientAddress),
  }
}
