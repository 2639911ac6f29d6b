import { createHash } from 'node:crypto'
import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql'
import { LRUCache } from 'lru-cache'
import { type Caller, visibilityKey } from '../../domain/caller.ts'
import type { Context } from '../../schema/context.ts'
import { isDependentOnOwnAgent } from '../../schema/shared-subscription-option.ts'
import type { Tracing } from '../../tracing/tracing.ts'
import type { ObserveOperation } from '../diagnostics/operation-report.ts'
import type { GraphQLServer } from '../graphql/graphql-server.ts'
import type { OperationScope } from '../graphql/operation-context.ts'
import type { OperationRequest } from '../graphql/operation-request.ts'
import { findLimitViolation } from '../graphql/plugins/operation-limits.ts'
import { selectsField } from '../graphql/plugins/selected-fields.ts'
import { documentBytes, textBytes } from '../limits/document-bytes.ts'
import { SharedOperation } from './shared-operation.ts'
import { type StartVariable, startVariables } from './start-variables.ts'
import { type SubscriptionRequest, toSubscriptionRequest } from './subscription-request.ts'

/** Bytes of the cached operations together, and of the largest one. */
const MAX_CACHE_BYTES = 16 * 1024 * 1024
const MAX_CACHE_ENTRY_BYTES = 2 * 1024 * 1024

/** Dependencies of shared subscriptions. */
export interface SharedOperationsOptions {
  readonly schema: GraphQLSchema
  readonly graphql: GraphQLServer
  readonly createContext: (scope: OperationScope) => Context
  readonly maskError: (error: unknown) => GraphQLError
  /** Receives a report of each subscriber. */
  readonly observeOperation: ObserveOperation
  /** Null where tracing is off. */
  readonly tracing: Tracing | null
}

interface ValidOperation {
  readonly document: DocumentNode
  readonly isSubscription: boolean
  readonly name: string | null
  /** Names of the declared variables, in order. */
  readonly declaredVariables: readonly string[]
  /** Null for an operation that cannot be shared. */
  readonly startVariables: readonly StartVariable[] | null
  readonly dependsOnOwnAgent: boolean
}

/** The active subscriptions that subscribers share: those that send the same operation and may see the same. */
export class SharedOperationRegistry {
  readonly #options: SharedOperationsOptions
  readonly #parsedOperations = new LRUCache<string, { readonly operation: ValidOperation | null }>({
    maxSize: MAX_CACHE_BYTES,
    maxEntrySize: MAX_CACHE_ENTRY_BYTES,
    sizeCalculation: ({ operation }, key) =>
      textBytes(key) + (operation ? documentBytes(operation.document) : 0),
  })
  /** The key is a hash, so that no token and no variables are kept as keys. */
  readonly #activeByKey = new Map<string, SharedOperation>()

  constructor(options: SharedOperationsOptions) {
    this.#options = options
  }

  /** The number of active shared operations. */
  get size(): number {
    return this.#activeByKey.size
  }

  /**
   * Parses a request if it is a valid subscription, shared or not, and reduces it to what must be kept. Returns an error
   * if a limit rejects it, and null for any other operation.
   */
  parseSubscription(
    caller: Caller,
    address: string,
    request: OperationRequest,
  ): SubscriptionRequest | GraphQLError | null {
    const parsed = this.#parseCached(caller, address, request)
    if (parsed instanceof GraphQLError) return parsed
    return parsed?.isSubscription
      ? toSubscriptionRequest(request, parsed.document, parsed.declaredVariables)
      : null
  }

  /** The one execution for all clients that send this operation and may see the same; null if it cannot be shared. */
  findOrCreate(caller: Caller, address: string, request: SubscriptionRequest): SharedOperation | null {
    const parsed = this.#parseCached(caller, address, request)
    if (parsed instanceof GraphQLError || !parsed?.startVariables) return null
    const { startVariables, dependsOnOwnAgent } = parsed
    const key = sharingKey(visibilityKey(caller, dependsOnOwnAgent), request, startVariables)
    if (key === null) return null
    const shared = this.#activeByKey.get(key) ?? this.#create(key, caller, request, parsed.document)
    if (shared)
      this.#options.observeOperation({
        type: 'subscription',
        name: parsed.name,
        caller,
        code: 'OK',
        seconds: null,
      })
    return shared
  }

  #create(
    key: string,
    caller: Caller,
    request: SubscriptionRequest,
    document: DocumentNode,
  ): SharedOperation | null {
    const { schema, createContext, maskError, tracing } = this.#options
    const operationName = request.operationName ?? null
    const operation = { schema, document, operationName, variableValues: request.variables }
    const contextValue = createContext({ caller, clientAddress: null, signal: new AbortController().signal })
    if (findLimitViolation({ ...operation, contextValue }, contextValue)) return null
    const shared: SharedOperation = new SharedOperation({
      operation,
      caller,
      createContext,
      maskError,
      tracing,
      onFirstSubscriber: () => void this.#activeByKey.set(key, shared),
      onLastSubscriberLeft: () => {
        if (this.#activeByKey.get(key) === shared) this.#activeByKey.delete(key)
      },
    })
    return shared
  }

  /**
   * Caches by role, because visitors see less of the schema than operators. Null for an invalid operation: the GraphQL
   * engine reports its errors when it runs by itself.
   */
  #parseCached(
    caller: Caller,
    address: string,
    { query, operationName }: OperationRequest,
  ): ValidOperation | GraphQLError | null {
    const key = JSON.stringify([caller.role, operationName ?? null, query])
    const cached = this.#parsedOperations.get(key)
    if (cached) return cached.operation
    try {
      const operation = this.#parse(caller, address, query, operationName ?? null)
      this.#parsedOperations.set(key, { operation })
      return operation
    } catch (error) {
      // An operation that a rate limit rejects may be valid later, so it is not cached.
      return error instanceof GraphQLError && error.extensions['code'] === 'RATE_LIMITED' ? error : null
    }
  }

  #parse(
    caller: Caller,
    address: string,
    query: string,
    operationName: string | null,
  ): ValidOperation | null {
    const { schema, graphql } = this.#options
    const { signal } = new AbortController()
    const scope = { caller, clientAddress: null, preparingAddress: address, signal }
    const engine = graphql.getEnveloped({ ...scope, params: { query } })
    const document: DocumentNode = engine.parse(query)
    if (engine.validate(schema, document).length > 0) return null
    const operation = getOperationAST(document, operationName)
    return {
      document,
      isSubscription: operation?.operation === 'subscription',
      name: operation?.name?.value ?? null,
      declaredVariables: operation?.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [],
      startVariables: startVariables(schema, document, operationName),
      dependsOnOwnAgent: selectsField(schema, document, ({ extensions }) =>
        isDependentOnOwnAgent(extensions),
      ),
    }
  }
}

/**
 * Hashes what two subscribers must have in common to receive the same results: the operation, and what the caller may
 * see. Null if a start value is not a string: then only this subscriber gets the error.
 */
function sharingKey(
  visibility: readonly unknown[],
  { query, operationName, variables }: SubscriptionRequest,
  starts: readonly StartVariable[],
): string | null {
  if (!starts.every((start) => isValidStart(variables[start.name], start))) return null
  const startNames = new Set(starts.map(({ name }) => name))
  const commonVariables = Object.entries(variables).filter(([name]) => !startNames.has(name))
  const parts = JSON.stringify([visibility, operationName ?? null, query, commonVariables])
  return createHash('sha256').update(parts).digest('base64')
}

function isValidStart(value: unknown, { isRequired }: StartVariable): boolean {
  return typeof value === 'string' || (!isRequired && (value === undefined || value === null))
}
