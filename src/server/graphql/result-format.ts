import type { ExecutionResult, FormattedExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql'

/** Formats a result for a stream or socket: the HTTP status of errors is removed. */
export function formatResult({ data, errors, extensions }: ExecutionResult): FormattedExecutionResult {
  return {
    ...(data !== undefined && { data }),
    ...(errors && { errors: errors.map(formatError) }),
    ...(extensions && { extensions }),
  }
}

/** Formats an error for a stream or socket. */
export function formatError(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...rest } = error.toJSON()
  const { http: _, ...publicExtensions } = extensions ?? {}
  // Only syntax errors have no code.
  return { ...rest, extensions: { code: 'GRAPHQL_PARSE_FAILED', ...publicExtensions } }
}
