import { GraphQLError, type GraphQLSchema, parse, validate } from 'graphql'

/** What is wrong with documents that cannot run on this schema, one line for each. */
export function findInvalidDocuments(
  schema: GraphQLSchema,
  textById: ReadonlyMap<string, string>,
): readonly string[] {
  return [...textById].flatMap(([id, text]) => {
    const [fault] = faultsOf(schema, text)
    return fault ? [`document ${id} is not valid here: ${fault.message}`] : []
  })
}

function faultsOf(schema: GraphQLSchema, text: string): readonly GraphQLError[] {
  try {
    return validate(schema, parse(text), undefined, { maxErrors: 1 })
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    throw error
  }
}
