import type { ExecutionResult, FormattedExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql'

/** An answer as it goes out live: what errors say for HTTP's sake stays here. */
export function formatResult({ data, errors, extensions }: ExecutionResult): FormattedExecutionResult {
  return {
    ...(data !== undefined && { data }),
    ...(errors && { errors: errors.map(formatError) }),
    ...(extensions && { extensions }),
  }
}

/** An error as it goes out live. */
export function formatError(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...rest } = error.toJSON()
  const { http: _, ...told } = extensions ?? {}
  // Only of a syntax error does nobody say what it is.
  return { ...rest, extensions: { code: 'GRAPHQL_PARSE_FAILED', ...told } }
}
