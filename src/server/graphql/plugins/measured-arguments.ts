import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { callCostEstimatorOf } from '../../../schema/call-cost.ts'

/**
 * Whether the weight or the upstream calls of a valid operation depend on its variables: whether an argument that decides
 * them contains one. Conditions (`@skip`, `@include`) do not count, because they are ignored when operations are measured.
 */
export function hasMeasuredVariable(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema)
  let isFound = false
  const enter = (node: FieldNode) => {
    const field = types.getFieldDef()
    isFound ||= Boolean(field && hasMeasuredArguments(field) && containsVariable(node))
  }
  visit(document, visitWithTypeInfo(types, { Field: { enter } }))
  return isFound
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
