import type { GraphQLSchema } from 'graphql'
import { createYoga, type YogaServerInstance } from 'graphql-yoga'
import type { Context } from '../../schema/context.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import { createDocumentCache } from './document-cache.ts'
import { createMaskError } from './error-masking.ts'
import { createGraphiQL, type GraphiQLTab } from './graphiql.ts'
import {
  createOperationContext,
  type OperationContextDependencies,
  type OperationScope,
} from './operation-context.ts'
import { getRequestsPlugin } from './plugins/get-requests.ts'
import { type Introspection, introspectionPlugin, mayIntrospect } from './plugins/introspection.ts'
import { operationLimitPlugins } from './plugins/operation-limits.ts'
import { type ParsingLimitOptions, parsingLimitPlugin } from './plugins/parsing-limit.ts'
import { partialFailuresPlugin } from './plugins/partial-failures.ts'
import { trustedDocumentsPlugin } from './plugins/trusted-documents.ts'
import type { TrustedDocuments } from './trusted-documents.ts'

/** Where GraphQL is served, over HTTP and WebSockets. */
export const GRAPHQL_PATH = '/graphql'
/** Frames and bodies of more bytes are refused. */
export const MAX_REQUEST_BYTES = 1024 * 1024

/** What the engine runs operations with. */
export interface GraphQLServerOptions extends OperationContextDependencies, ParsingLimitOptions {
  readonly unexpected: UnexpectedErrors
  readonly schema: GraphQLSchema
  readonly introspection: Introspection
  readonly documents: TrustedDocuments
  /** What GraphiQL opens with; empty for its own welcome. */
  readonly exampleTabs: readonly GraphiQLTab[]
}

/** The engine. */
export type GraphQLServer = YogaServerInstance<OperationScope, Context>

/** The GraphQL engine that both transports run operations through: limits, access and masking are the same. */
export function createGraphQLServer(options: GraphQLServerOptions): GraphQLServer {
  const { introspection, documents } = options
  const graphiql = createGraphiQL(options.exampleTabs)
  return createYoga<OperationScope, Context>({
    schema: options.schema,
    graphqlEndpoint: GRAPHQL_PATH,
    context: (scope) => createOperationContext(options, scope),
    maskedErrors: { maskError: createMaskError(options) },
    plugins: [
      trustedDocumentsPlugin(documents),
      introspectionPlugin(introspection),
      getRequestsPlugin(),
      ...operationLimitPlugins(),
      parsingLimitPlugin(options),
      partialFailuresPlugin(),
      graphiql.plugin,
    ],
    parserAndValidationCache: { documentCache: createDocumentCache(), errorCache: cacheOfNothing },
    graphiql: (_request, scope) =>
      // Where everybody runs trusted documents only, there is nothing to write one for.
      scope !== undefined &&
      documents.mode !== 'all' &&
      mayIntrospect(introspection, scope.caller) &&
      graphiql.options,
    renderGraphiQL: graphiql.render,
    landingPage: false,
    // Uploads have no use here, and a multipart request is one that a foreign page may send.
    multipart: false,
    // Replaced by the text before the engine is asked: see documents.ts.
    extraParamNames: ['documentId'],
    batching: false,
    // Both are done before the engine is asked: see graphql-http.ts.
    maxRequestBodySize: false,
    cors: false,
    // Unforeseen errors are logged where they are masked, under the id that the client is given.
    logging: false,
  })
}

/** A syntax error is given its HTTP status when it is made: one that was made for a socket must not serve HTTP. */
const cacheOfNothing = { get: () => undefined, set: () => {} }
