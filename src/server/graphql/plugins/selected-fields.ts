import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** Whether a valid document selects a field that `matches`, in any of its operations and fragments. */
export function selectsField(
  schema: GraphQLSchema,
  document: DocumentNode,
  matches: (field: GraphQLField<unknown, unknown>, node: FieldNode) => boolean,
): boolean {
  const types = new TypeInfo(schema)
  let isFound = false
  const enter = (node: FieldNode) => {
    const field = types.getFieldDef()
    isFound ||= Boolean(field && matches(field, node))
  }
  visit(document, visitWithTypeInfo(types, { Field: { enter } }))
  return isFound
}
