import { createHash } from 'node:crypto'
import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql'
import { LRUCache } from 'lru-cache'
import { type Caller, visibilityKey } from '../../domain/caller.ts'
import type { Context } from '../../schema/context.ts'
import { documentBytes, textBytes } from '../graphql/document-cache.ts'
import type { GraphQLServer } from '../graphql/graphql-server.ts'
import type { OperationScope } from '../graphql/operation-context.ts'
import { findLimitViolation } from '../graphql/plugins/operation-limits.ts'
import { SharedOperation } from './shared-operation.ts'
import { type StartVariable, startVariables } from './start-variables.ts'
import {
  type OperationRequest,
  type SubscriptionRequest,
  toSubscriptionRequest,
} from './subscription-request.ts'

/** Bytes of what is known of the operations that came last, and of the largest of them. */
const MAX_KNOWN_BYTES = 16 * 1024 * 1024
const MAX_KNOWN_ENTRY_BYTES = 2 * 1024 * 1024

/** What shared subscriptions are executed with. */
export interface SharedOperationsOptions {
  readonly schema: GraphQLSchema
  readonly graphql: GraphQLServer
  readonly createContext: (scope: OperationScope) => Context
  readonly maskError: (error: unknown) => GraphQLError
}

/** What is known of a valid operation. */
interface Known {
  readonly document: DocumentNode
  readonly isSubscription: boolean
  /** The names of the declared variables, in their order. */
  readonly declared: readonly string[]
  /** Null for an operation that cannot be shared. */
  readonly startVariables: readonly StartVariable[] | null
}

/** The subscriptions that are under way and can be shared, by what they ask and on whose behalf. */
export class SharedOperations {
  readonly #options: SharedOperationsOptions
  readonly #known = new LRUCache<string, { readonly operation: Known | null }>({
    maxSize: MAX_KNOWN_BYTES,
    maxEntrySize: MAX_KNOWN_ENTRY_BYTES,
    sizeCalculation: ({ operation }, key) =>
      textBytes(key) + (operation ? documentBytes(operation.document) : 0),
  })
  /** By a hash of what subscribers have in common: their tokens and variables are kept nowhere as keys. */
  readonly #underWay = new Map<string, SharedOperation>()

  constructor(options: SharedOperationsOptions) {
    this.#options = options
  }

  /** How many different subscriptions are under way. */
  get size(): number {
    return this.#underWay.size
  }

  /**
   * The valid subscription in what a client asks, shared or not, reduced to what is kept of it; an error where it is
   * refused, and null for any other operation.
   */
  parseSubscription(
    caller: Caller,
    address: string,
    asked: OperationRequest,
  ): SubscriptionRequest | GraphQLError | null {
    const known = this.#read(caller, address, asked)
    if (known instanceof GraphQLError) return known
    return known?.isSubscription ? toSubscriptionRequest(asked, known.document, known.declared) : null
  }

  /** The one execution for all who ask this as this caller; null where it cannot be shared. */
  findOrCreate(caller: Caller, address: string, asked: SubscriptionRequest): SharedOperation | null {
    const known = this.#read(caller, address, asked)
    if (known instanceof GraphQLError || !known?.startVariables) return null
    const key = keyOf(caller, asked, known.startVariables)
    if (key === null) return null
    return this.#underWay.get(key) ?? this.#make(key, caller, asked, known.document)
  }

  #make(
    key: string,
    caller: Caller,
    asked: SubscriptionRequest,
    document: DocumentNode,
  ): SharedOperation | null {
    const { schema, createContext: makeContext, maskError } = this.#options
    const operationName = asked.operationName ?? null
    const operation = { schema, document, operationName, variableValues: asked.variables }
    const contextValue = makeContext({ caller, clientAddress: null, signal: new AbortController().signal })
    if (findLimitViolation({ ...operation, contextValue }, contextValue)) return null
    const shared: SharedOperation = new SharedOperation({
      operation,
      caller,
      createContext: makeContext,
      maskError,
      onFirstSubscriber: () => void this.#underWay.set(key, shared),
      onLastSubscriberLeft: () => {
        if (this.#underWay.get(key) === shared) this.#underWay.delete(key)
      },
    })
    return shared
  }

  /**
   * What is valid for an operator may be none for a visitor, who sees less of the schema. Null for what is not valid:
   * the engine says how when it is run by itself.
   */
  #read(
    caller: Caller,
    address: string,
    { query, operationName }: OperationRequest,
  ): Known | GraphQLError | null {
    const key = JSON.stringify([caller.role, operationName ?? null, query])
    const kept = this.#known.get(key)
    if (kept) return kept.operation
    try {
      const operation = this.#parse(caller, address, query, operationName ?? null)
      this.#known.set(key, { operation })
      return operation
    } catch (error) {
      // What is refused for a limit is valid later: nothing of it is remembered.
      return error instanceof GraphQLError && error.extensions['code'] === 'RATE_LIMITED' ? error : null
    }
  }

  #parse(caller: Caller, address: string, query: string, operationName: string | null): Known | null {
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
      declared: operation?.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [],
      startVariables: startVariables(schema, document, operationName),
    }
  }
}

/**
 * A hash of what two subscribers must have in common to be given the same answers: what they ask, and their view of it.
 * Null for a start that is no text at all: what is wrong with it is that subscriber's matter.
 */
function keyOf(
  caller: Caller,
  { query, operationName, variables }: SubscriptionRequest,
  starts: readonly StartVariable[],
): string | null {
  if (!starts.every((start) => isStart(variables[start.name], start))) return null
  const own = new Set(starts.map(({ name }) => name))
  const common = Object.entries(variables).filter(([name]) => !own.has(name))
  const parts = JSON.stringify([visibilityKey(caller), operationName ?? null, query, common])
  return createHash('sha256').update(parts).digest('base64')
}

function isStart(value: unknown, { isRequired }: StartVariable): boolean {
  return typeof value === 'string' || (!isRequired && (value === undefined || value === null))
}
