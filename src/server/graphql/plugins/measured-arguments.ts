import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  visit,
} from 'graphql'
import { callCostEstimatorOf } from '../../../schema/call-cost.ts'
import { selectsField } from './selected-fields.ts'

/**
 * Whether the weight or the upstream calls of a valid operation depend on its variables: whether an argument that decides
 * them contains one. Conditions (`@skip`, `@include`) do not count, because they are ignored when operations are measured.
 */
export function hasMeasuredVariable(schema: GraphQLSchema, document: DocumentNode): boolean {
  return selectsField(
    schema,
    document,
    (field, node) => hasMeasuredArguments(field) && containsVariable(node),
  )
}

function hasMeasuredArguments({ extensions }: GraphQLField<unknown, unknown>): boolean {
  return (
    typeof extensions['complexity'] === 'function' || !!callCostEstimatorOf(extensions)?.dependsOnArguments
  )
}

function containsVariable({ arguments: nodes = [] }: FieldNode): boolean {
  let isFound = false
  const enter = () => {
    isFound = true
  }
  for (const node of nodes) visit(node, { [Kind.VARIABLE]: { enter } })
  return isFound
}
