import { type DocumentNode, type GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql'
import { createLRUCache } from 'graphql-yoga'
import { type Caller, viewOf } from '../../chat/caller.ts'
import type { Context } from '../../schema/context.ts'
import type { OperationScope } from '../context.ts'
import { DOCUMENTS_KEPT, type GraphQLServer, LONGEST_KEPT } from '../graphql.ts'
import { weigh } from '../plugins/limits.ts'
import { type StartVariable, startVariables } from './shareable.ts'
import { SharedOperation } from './shared-operation.ts'

/** What a client asks for, as both transports understand it. */
export interface Asked {
  readonly query: string
  readonly operationName?: string | null | undefined
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
}

/** What shared subscriptions are executed with. */
export interface SharedOperationsOptions {
  readonly schema: GraphQLSchema
  readonly graphql: GraphQLServer
  readonly makeContext: (scope: OperationScope) => Context
  readonly maskError: (error: unknown) => GraphQLError
}

/** What is known of a valid operation. */
interface Known {
  readonly document: DocumentNode
  readonly isSubscription: boolean
  /** Null for an operation that cannot be shared. */
  readonly startVariables: readonly StartVariable[] | null
}

/** The subscriptions that are under way and can be shared, by what they ask and on whose behalf. */
export class SharedOperations {
  readonly #options: SharedOperationsOptions
  readonly #known = createLRUCache<{ readonly operation: Known | null }>({ max: DOCUMENTS_KEPT })
  readonly #underWay = new Map<string, SharedOperation>()

  constructor(options: SharedOperationsOptions) {
    this.#options = options
  }

  /** How many different subscriptions are under way. */
  get size(): number {
    return this.#underWay.size
  }

  /** Whether this is a valid subscription, shared or not. */
  isSubscription(caller: Caller, address: string, asked: Asked): boolean {
    return this.#read(caller, address, asked)?.isSubscription ?? false
  }

  /** The one execution for all who ask this as this caller; null where it cannot be shared, or is invalid. */
  find(caller: Caller, address: string, asked: Asked): SharedOperation | null {
    const known = this.#read(caller, address, asked)
    if (!known?.startVariables) return null
    const key = keyOf(caller, asked, known.startVariables)
    if (key === null) return null
    return this.#underWay.get(key) ?? this.#make(key, caller, asked, known.document)
  }

  #make(key: string, caller: Caller, asked: Asked, document: DocumentNode): SharedOperation | null {
    const { schema, makeContext, maskError } = this.#options
    const operationName = asked.operationName ?? null
    const operation = { schema, document, operationName, variableValues: asked.variables ?? {} }
    const contextValue = makeContext({ caller, clientAddress: null, signal: new AbortController().signal })
    if (weigh({ ...operation, contextValue }, contextValue)) return null
    const shared: SharedOperation = new SharedOperation({
      operation,
      caller,
      makeContext,
      maskError,
      onBegun: () => void this.#underWay.set(key, shared),
      onEmpty: () => {
        if (this.#underWay.get(key) === shared) this.#underWay.delete(key)
      },
    })
    return shared
  }

  /** What is valid for an operator may be none for a visitor, who sees less of the schema. */
  #read(caller: Caller, address: string, { query, operationName }: Asked): Known | null {
    const key = JSON.stringify([caller.role, operationName ?? null, query])
    const kept = this.#known.get(key)
    if (kept) return kept.operation
    const operation = this.#parse(caller, address, query, operationName ?? null)
    if (query.length <= LONGEST_KEPT) this.#known.set(key, { operation })
    return operation
  }

  #parse(caller: Caller, address: string, query: string, operationName: string | null): Known | null {
    const { schema, graphql } = this.#options
    const { signal } = new AbortController()
    const scope = { caller, clientAddress: null, preparedFor: address, signal }
    const engine = graphql.getEnveloped({ ...scope, params: { query } })
    try {
      const document: DocumentNode = engine.parse(query)
      if (engine.validate(schema, document).length > 0) return null
      const isSubscription = getOperationAST(document, operationName)?.operation === 'subscription'
      return { document, isSubscription, startVariables: startVariables(schema, document, operationName) }
    } catch {
      // It is invalid: who runs it by itself will say how.
      return null
    }
  }
}

/**
 * What two subscribers must have in common to be given the same answers: what they ask, and their view of it. Null for a start that is no text at all: what is wrong with it is that subscriber's matter.
 */
function keyOf(
  caller: Caller,
  { query, operationName, variables }: Asked,
  starts: readonly StartVariable[],
): string | null {
  if (!starts.every((start) => isStart(variables?.[start.name], start))) return null
  const own = new Set(starts.map(({ name }) => name))
  const common = Object.entries(variables ?? {}).filter(([name]) => !own.has(name))
  return JSON.stringify([viewOf(caller), operationName ?? null, query, common])
}

function isStart(value: unknown, { isRequired }: StartVariable): boolean {
  return typeof value === 'string' || (!isRequired && (value === undefined || value === null))
}
