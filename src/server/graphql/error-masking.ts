import { randomUUID } from 'node:crypto'
import { GraphQLError, type GraphQLErrorOptions } from 'graphql'
import type { Logger } from 'pino'
import { ChatError } from '../../domain/errors.ts'
import { UpstreamError } from '../../upstream/errors.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'

/** The place of an error: its field's path in the result, and its location in the document. */
type ErrorLocation = Pick<GraphQLErrorOptions, 'nodes' | 'source' | 'positions' | 'path'>

/** Copies the location of an error. */
export function locationOf(error: GraphQLError | undefined): ErrorLocation {
  const { nodes = null, source = null, positions = null, path = null } = error ?? {}
  return { nodes, source, positions, path }
}

/** Converts an expected error to the form in which clients see it in `errors[]`. */
export function toGraphQLError(error: ChatError, location: ErrorLocation = {}): GraphQLError {
  return new GraphQLError(error.message, {
    ...location,
    extensions: {
      code: error.code,
      ...(error.provider === null ? {} : { provider: error.provider }),
      ...(error.field === null ? {} : { field: error.field }),
      ...(error.retryAfterMs === null ? {} : { retryAfterMs: error.retryAfterMs }),
    },
  })
}

/** The log and the counter of masked errors. */
export interface ErrorMaskOptions {
  readonly log: Logger
  readonly unexpected: Pick<UnexpectedErrors, 'count'>
}

/**
 * Creates the function that decides what clients see of an error: an expected error with its code, and GraphQL's own
 * errors unchanged. Any other error is counted and logged, and the client gets only the request id of the log line.
 */
export function createMaskError({ log, unexpected }: ErrorMaskOptions): (error: unknown) => GraphQLError {
  return (error) => {
    const graphQLError = error instanceof GraphQLError ? error : undefined
    const cause = graphQLError ? rootCause(graphQLError) : error
    if (cause instanceof ChatError) return toGraphQLError(cause, locationOf(graphQLError))
    if (graphQLError && cause instanceof GraphQLError) return graphQLError
    const requestId = randomUUID()
    // A client that disconnected is not a defect of the gateway.
    if (!isAbort(cause)) {
      unexpected.count('graphql')
      log.error(
        { err: cause, requestId, path: graphQLError?.path },
        'unexpected error in a GraphQL operation',
      )
    }
    return new GraphQLError('Something went wrong.', {
      ...locationOf(graphQLError),
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
    })
  }
}

/**
 * The code of the first error as clients see it, for metrics and logs; `OK` if there is none. `codeOfGraphQL` is that of
 * errors of the GraphQL engine without a code.
 */
export function codeOfErrors(errors: readonly unknown[], codeOfGraphQL = 'BAD_REQUEST'): string {
  if (errors.length === 0) return 'OK'
  const [error] = errors
  const cause = error instanceof GraphQLError ? rootCause(error) : error
  if (cause instanceof ChatError) return cause.code
  if (!(cause instanceof GraphQLError)) return isAbort(cause) ? 'ABORTED' : 'INTERNAL_SERVER_ERROR'
  const { code } = cause.extensions
  return typeof code === 'string' ? code : codeOfGraphQL
}

function rootCause(error: GraphQLError): unknown {
  const { originalError } = error
  if (originalError === undefined || originalError === null) return error
  return originalError instanceof GraphQLError ? rootCause(originalError) : originalError
}

function isAbort(error: unknown): boolean {
  if (error instanceof UpstreamError) return error.failure === 'aborted'
  return error instanceof Error && error.name === 'AbortError'
}
