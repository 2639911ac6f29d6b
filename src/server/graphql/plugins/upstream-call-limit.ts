import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  type OperationDefinitionNode,
} from 'graphql'
import { callCostEstimatorOf, type UpstreamCallCost } from '../../../schema/call-cost.ts'
import type { UpstreamCalls } from '../../../schema/context.ts'
import { rootFields } from './root-fields.ts'

/** Public writes per operation of an unverified caller. */
const MAX_PUBLIC_WRITES = 1

/** The calls that an operation may cause at the providers, estimated from the ids and writes at its root. */
export interface CallEstimate {
  readonly calls: number
  /** Writes that callers without a credential may make too. */
  readonly publicWrites: number
}

/** Estimates the upstream calls of an operation with coerced variables. Calls that cannot be estimated are counted while it runs. */
export function estimateCalls(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): CallEstimate {
  const fields = schema.getRootType(operation.operation)?.getFields() ?? {}
  const costs = rootFields(document, operation.selectionSet).flatMap((node) => {
    const field = fields[node.name.value]
    return field ? costOf(field, node, variables) : []
  })
  const reads = new Set(costs.flatMap((cost) => cost.readKeys ?? []))
  return {
    calls: costs.reduce((sum, cost) => sum + (cost.otherCalls ?? 0), reads.size),
    publicWrites: costs.filter(({ isPublicWrite }) => isPublicWrite).length,
  }
}

/** Returns why an operation must be rejected before it runs, or null. */
export function findCallExcess(
  { calls, publicWrites }: CallEstimate,
  { limit, callerDescription, isVerified }: UpstreamCalls,
): string | null {
  if (calls > limit)
    return `The operation may need ${calls} upstream calls, more than the ${limit} that ${callerDescription} may cause`
  if (isVerified || publicWrites <= MAX_PUBLIC_WRITES) return null
  return `The operation has ${publicWrites} of startRoom, sendOfflineMessage and renewVisitor, more than the ${MAX_PUBLIC_WRITES} of ${callerDescription}`
}

function costOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): readonly UpstreamCallCost[] {
  const estimator = callCostEstimatorOf(field.extensions)
  return estimator ? [estimator.estimate(getArgumentValues(field, node, variables))] : []
}
