import type { GraphQLSchema } from 'graphql'
import { createYoga, type YogaServerInstance } from 'graphql-yoga'
import type { Context } from '../../schema/context.ts'
import type { ObserveOperation } from '../diagnostics/operation-report.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import type { GraphiQLPage } from '../pages/graphiql.ts'
import type { OperationCache } from './direct/operation-cache.ts'
import { createDocumentCache } from './document-cache.ts'
import { createMaskError } from './error-masking.ts'
import {
  createOperationContext,
  type OperationContextDependencies,
  type OperationScope,
} from './operation-context.ts'
import { compiledOperationsPlugin } from './plugins/compiled-operations.ts'
import { getRequestsPlugin } from './plugins/get-requests.ts'
import { type Introspection, introspectionPlugin, mayIntrospect } from './plugins/introspection.ts'
import { operationLimitPlugins } from './plugins/operation-limits.ts'
import { operationReportsPlugin } from './plugins/operation-reports.ts'
import { type ParsingLimitOptions, parsingLimitPlugin } from './plugins/parsing-limit.ts'
import { partialFailuresPlugin } from './plugins/partial-failures.ts'
import { trustedDocumentsPlugin } from './plugins/trusted-documents.ts'
import type { TrustedDocuments } from './trusted-documents.ts'

/** Path of GraphQL over HTTP and WebSockets. */
export const GRAPHQL_PATH = '/graphql'

/** Settings and dependencies of the GraphQL server. */
export interface GraphQLServerOptions extends OperationContextDependencies, ParsingLimitOptions {
  readonly unexpected: UnexpectedErrors
  readonly schema: GraphQLSchema
  readonly introspection: Introspection
  readonly documents: TrustedDocuments
  readonly operations: OperationCache
  readonly graphiql: GraphiQLPage
  readonly observeOperation: ObserveOperation
}

/** The GraphQL engine. */
export type GraphQLServer = YogaServerInstance<OperationScope, Context>

/** Creates the GraphQL engine that all transports use, so that limits, access rules and error masking are the same. */
export function createGraphQLServer(options: GraphQLServerOptions): GraphQLServer {
  const { introspection, documents, graphiql } = options
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
      operationReportsPlugin(options.observeOperation),
      compiledOperationsPlugin(options.operations, options.workLimits),
    ],
    parserAndValidationCache: { documentCache: createDocumentCache(), errorCache: emptyCache },
    graphiql: (_request, scope) =>
      // GraphiQL is useless where only trusted documents run.
      scope !== undefined &&
      documents.mode !== 'all' &&
      mayIntrospect(introspection, scope.caller) &&
      graphiql.options,
    renderGraphiQL: graphiql.render,
    landingPage: false,
    // There are no uploads, and a page of another origin may send multipart requests without a preflight.
    multipart: false,
    // Replaced by the text before the engine runs: see trusted-documents.ts.
    extraParamNames: ['documentId'],
    batching: false,
    // Both are done before the engine runs: see http/graphql-handler.ts.
    maxRequestBodySize: false,
    cors: false,
    // Unexpected errors are logged when they are masked, with the request id that the client receives.
    logging: false,
  })
}

/** Disables the cache of errors: a syntax error that was created for a WebSocket lacks the HTTP status. */
const emptyCache = { get: () => undefined, set: () => {} }
