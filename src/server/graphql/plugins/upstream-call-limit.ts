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

/** Public writes of one operation by a caller whose credential nobody has accepted. */
const MOST_PUBLIC_WRITES = 1

/**
 * Why an operation is refused before anything is sent: it asks for more things by their ids, or writes more, than its
 * caller may cause upstream calls; null where it does not. What it costs beyond that shows while it runs.
 */
export function findCallExcess(
  args: ExecutionArgs,
  { limit, callerDescription: owner, isVerified: isProven }: UpstreamCalls,
): string | null {
  const weights = weightsOf(args)
  const reads = new Set(weights.flatMap((weight) => weight.readKeys ?? []))
  const calls = weights.reduce((sum, weight) => sum + (weight.otherCalls ?? 0), reads.size)
  if (calls > limit)
    return `The operation may need ${calls} upstream calls, more than the ${limit} that ${owner} may cause`
  const writes = weights.filter(({ isPublicWrite }) => isPublicWrite).length
  if (isProven || writes <= MOST_PUBLIC_WRITES) return null
  return `The operation has ${writes} of startRoom and sendOfflineMessage, more than the ${MOST_PUBLIC_WRITES} of ${owner}`
}

function weightsOf({
  schema,
  document,
  operationName,
  variableValues,
}: ExecutionArgs): readonly UpstreamCallCost[] {
  const operation = getOperationAST(document, operationName)
  const fields = operation && schema.getRootType(operation.operation)?.getFields()
  if (!fields) return []
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {})
  // Values of the wrong kind: execution refuses the whole operation.
  if (!coerced) return []
  return rootFields(document, operation.selectionSet).flatMap((node) => {
    const field = fields[node.name.value]
    return field ? weightOf(field, node, coerced) : []
  })
}

function weightOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): readonly UpstreamCallCost[] {
  const weigher = callCostEstimatorOf(field.extensions)
  return weigher ? [weigher.estimate(getArgumentValues(field, node, variables))] : []
}
