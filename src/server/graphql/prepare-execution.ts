import { type DocumentNode, type ExecutionResult, GraphQLError, getOperationAST } from 'graphql'
import type { GraphQLServer } from './graphql-server.ts'
import type { OperationScope } from './operation-context.ts'
import type { OperationRequest } from './operation-request.ts'

/** Runs a prepared operation once. */
export type Execute = () => Promise<ExecutionResult | AsyncIterable<ExecutionResult>>

/**
 * Parses and validates an operation with the GraphQL engine and all its plugins, without HTTP: the same limits, access rules,
 * reports and error masking apply. Returns the errors of an invalid operation.
 */
export function prepareExecution(
  graphql: GraphQLServer,
  scope: OperationScope,
  request: OperationRequest,
): Execute | readonly GraphQLError[] {
  const engine = graphql.getEnveloped({ ...scope, params: request })
  const { schema } = engine
  try {
    const document: DocumentNode = engine.parse(request.query)
    const errors = engine.validate(schema, document)
    if (errors.length > 0) return errors
    const operation = getOperationAST(document, request.operationName)
    if (!operation) return [unclearOperationError()]
    const operationName = request.operationName ?? null
    const args = { schema, document, operationName, variableValues: request.variables ?? null }
    const start = operation.operation === 'subscription' ? engine.subscribe : engine.execute
    return async () => start({ ...args, contextValue: await engine.contextFactory() })
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    throw error
  }
}

function unclearOperationError(): GraphQLError {
  const extensions = { code: 'OPERATION_RESOLUTION_FAILURE' }
  return new GraphQLError('It is unclear which operation to run.', { extensions })
}
