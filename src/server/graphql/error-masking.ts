import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import { ChatError } from '../../domain/errors.ts'
import { UpstreamError } from '../../upstream/errors.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'

/** An expected failure as clients see it in `errors[]`. */
export function toGraphQLError(
  error: ChatError,
  place: Partial<Pick<GraphQLError, 'nodes' | 'path'>> = {},
): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: place.nodes ?? null,
    path: place.path ?? null,
    extensions: {
      code: error.code,
      ...(error.provider === null ? {} : { provider: error.provider }),
      ...(error.field === null ? {} : { field: error.field }),
      ...(error.retryAfterMs === null ? {} : { retryAfterMs: error.retryAfterMs }),
    },
  })
}

/** What errors are masked with. */
export interface ErrorMaskOptions {
  readonly log: Logger
  readonly unexpected: Pick<UnexpectedErrors, 'count'>
}

/**
 * Gives what may leave the gateway of an error: an expected failure with its code, GraphQL's own complaints as
 * they are. Anything else is unexpected: it is counted, the client gets an id, and the log has the rest under it.
 */
export function createMaskError({ log, unexpected }: ErrorMaskOptions): (error: unknown) => GraphQLError {
  return (error) => {
    const place = error instanceof GraphQLError ? error : undefined
    const origin = place ? rootOf(place) : error
    if (origin instanceof ChatError) return toGraphQLError(origin, place)
    if (place && origin instanceof GraphQLError) return place
    const requestId = randomUUID()
    // A caller who left is no fault of ours, and reads no answer.
    if (!isAbort(origin)) {
      unexpected.count('graphql')
      log.error({ err: origin, requestId, path: place?.path }, 'unexpected error')
    }
    return new GraphQLError('Something went wrong.', {
      nodes: place?.nodes ?? null,
      path: place?.path ?? null,
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
    })
  }
}

function rootOf(error: GraphQLError): unknown {
  const { originalError } = error
  if (originalError === undefined || originalError === null) return error
  return originalError instanceof GraphQLError ? rootOf(originalError) : originalError
}

function isAbort(error: unknown): boolean {
  if (error instanceof UpstreamError) return error.failure === 'aborted'
  return error instanceof Error && error.name === 'AbortError'
}
