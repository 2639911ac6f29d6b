import type { ExecutionResult } from 'graphql'
import type { GraphQLParams } from 'graphql-yoga'
import type { Context, MutationBudget, UpstreamCalls } from '../../../schema/context.ts'

/** What an operation asks for, as `limits` bounds it. */
export interface OperationWeight {
  /** Fields, those of a list as often as it may have entries. */
  readonly complexity: number
  readonly depth: number
  readonly breadth: number
}

/** `extensions.cost` of an answer. */
export interface OperationCost {
  readonly requestedComplexity: number
  readonly depth: number
  readonly breadth: number
  readonly limits: OperationWeight
  readonly upstreamCalls: Pick<UpstreamCalls, 'spent' | 'limit'>
  /** The caller's mutations; null where it is not limited. */
  readonly rateLimit: MutationBudget | null
}

/** The part of an operation's context that its cost is read from. */
type CostContext = Pick<Context, 'initialCaller' | 'clientAddress' | 'mutationLimits'> & {
  readonly upstreamCalls: Pick<UpstreamCalls, 'spent' | 'limit'>
}

/** Whether a request asks for its cost: `"extensions": { "cost": true }`. */
export function requestsCost(params: GraphQLParams | undefined): boolean {
  return params?.extensions?.['cost'] === true
}

/** An answer with the cost of its operation in `extensions.cost`. */
export async function withCost(
  answer: ExecutionResult,
  weight: OperationWeight,
  limits: OperationWeight,
  context: CostContext,
): Promise<ExecutionResult> {
  const cost = await costOf(weight, limits, context)
  return { ...answer, extensions: { ...answer.extensions, cost } }
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
