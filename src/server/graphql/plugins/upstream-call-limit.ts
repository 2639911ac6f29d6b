import {
  type ExecutionArgs,
  type FieldNode,
  type GraphQLField,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
} from 'graphql'
import { callCostEstimatorOf, type UpstreamCallCost } from '../../../schema/call-cost.ts'
import type { UpstreamCalls } from '../../../schema/context.ts'
import { rootFields } from './root-fields.ts'

/** Public writes per operation of an unverified caller. */
const MAX_PUBLIC_WRITES = 1

/**
 * Estimates the upstream calls of an operation from the ids and writes at its root. Returns why it must be rejected
 * before it runs, or null. Calls that cannot be estimated are counted while it runs.
 */
export function findCallExcess(
  args: ExecutionArgs,
  { limit, callerDescription, isVerified }: UpstreamCalls,
): string | null {
  const costs = costsOf(args)
  const reads = new Set(costs.flatMap((cost) => cost.readKeys ?? []))
  const calls = costs.reduce((sum, cost) => sum + (cost.otherCalls ?? 0), reads.size)
  if (calls > limit)
    return `The operation may need ${calls} upstream calls, more than the ${limit} that ${callerDescription} may cause`
  const writes = costs.filter(({ isPublicWrite }) => isPublicWrite).length
  if (isVerified || writes <= MAX_PUBLIC_WRITES) return null
  return `The operation has ${writes} of startRoom and sendOfflineMessage, more than the ${MAX_PUBLIC_WRITES} of ${callerDescription}`
}

function costsOf({
  schema,
  document,
  operationName,
  variableValues,
}: ExecutionArgs): readonly UpstreamCallCost[] {
  const operation = getOperationAST(document, operationName)
  const fields = operation && schema.getRootType(operation.operation)?.getFields()
  if (!fields) return []
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {})
  // Execution rejects an operation whose variables have the wrong types.
  if (!coerced) return []
  return rootFields(document, operation.selectionSet).flatMap((node) => {
    const field = fields[node.name.value]
    return field ? costOf(field, node, coerced) : []
  })
}

function costOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): readonly UpstreamCallCost[] {
  const estimator = callCostEstimatorOf(field.extensions)
  return estimator ? [estimator.estimate(getArgumentValues(field, node, variables))] : []
}
