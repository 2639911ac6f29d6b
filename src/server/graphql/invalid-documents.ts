import { GraphQLError, type GraphQLSchema, parse, validate } from 'graphql'

/** Describes the documents that are not valid for a schema, one line for each. */
export function findInvalidDocuments(
  schema: GraphQLSchema,
  textById: ReadonlyMap<string, string>,
): readonly string[] {
  return [...textById].flatMap(([id, text]) => {
    const [error] = validationErrors(schema, text)
    return error ? [`document ${id} is not valid for the schema: ${error.message}`] : []
  })
}

function validationErrors(schema: GraphQLSchema, text: string): readonly GraphQLError[] {
  try {
    return validate(schema, parse(text), undefined, { maxErrors: 1 })
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    throw error
  }
}
