import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import type { GraphQLSchema } from 'graphql'
import { createYoga, type YogaServerInstance } from 'graphql-yoga'
import type { Context } from '../schema/context.ts'
import { type ContextDependencies, createContext, type OperationScope } from './context.ts'
import { createMaskError } from './errors.ts'
import type { IsAllowedOrigin } from './origins.ts'
import { type Introspection, introspectionPlugin, mayIntrospect } from './plugins/introspection.ts'
import { limitPlugins } from './plugins/limits.ts'
import { partialFailuresPlugin } from './plugins/partial-failures.ts'

export const GRAPHQL_PATH = '/graphql'
/** Frames and bodies over this are refused. */
export const LARGEST_REQUEST = 1024 * 1024

export interface GraphQLOptions extends ContextDependencies {
  readonly schema: GraphQLSchema
  readonly introspection: Introspection
  readonly isAllowedOrigin: IsAllowedOrigin
  /** What GraphiQL opens with. */
  readonly exampleQuery: string | null
}

export type GraphQLServer = YogaServerInstance<OperationScope, Context>

/** The GraphQL engine that both transports run operations through: limits, access and masking are the same. */
export function createGraphQL(options: GraphQLOptions): GraphQLServer {
  const { introspection, isAllowedOrigin, log } = options
  return createYoga<OperationScope, Context>({
    schema: options.schema,
    graphqlEndpoint: GRAPHQL_PATH,
    context: (scope) => createContext(options, scope),
    maskedErrors: { maskError: createMaskError(log) },
    plugins: [...limitPlugins(), introspectionPlugin(introspection), partialFailuresPlugin()],
    graphiql: (_request, scope) =>
      scope !== undefined &&
      mayIntrospect(introspection, scope.caller) && {
        title: 'Switchboard',
        subscriptionsProtocol: 'WS',
        ...(options.exampleQuery === null ? {} : { defaultQuery: options.exampleQuery }),
      },
    renderGraphiQL,
    landingPage: false,
    // Uploads have no use here, and a multipart request is one that a foreign page may send.
    multipart: false,
    batching: false,
    maxRequestBodySize: LARGEST_REQUEST,
    cors: (request) => corsOf(request, isAllowedOrigin),
    // Unforeseen errors are logged where they are masked, under the id that the client is given.
    logging: false,
  })
}

function corsOf(request: Request, isAllowedOrigin: IsAllowedOrigin) {
  const origin = request.headers.get('origin')
  if (origin === null || !isAllowedOrigin(origin, request.headers.get('host') ?? undefined)) return false
  return {
    origin,
    credentials: false,
    methods: ['GET', 'POST', 'OPTIONS'],
    allowedHeaders: ['content-type', 'authorization', 'x-visitor-token', 'accept', 'last-event-id'],
    maxAge: 600,
  }
}
