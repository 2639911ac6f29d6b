import type { ExecutionResult, GraphQLError } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Caller } from '../../../domain/caller.ts'
import type { Context } from '../../../schema/context.ts'
import type { ObserveOperation } from '../../diagnostics/operation-report.ts'
import { textBytes } from '../../limits/document-bytes.ts'
import { codeOfErrors, createMaskError, type ErrorMaskOptions } from '../error-masking.ts'
import {
  createOperationContext,
  type OperationContextDependencies,
  type OperationScope,
} from '../operation-context.ts'
import { requestsCost } from '../plugins/cost-extension.ts'
import { type Introspection, mayIntrospect, withoutSuggestion } from '../plugins/introspection.ts'
import { hasMeasuredVariable } from '../plugins/measured-arguments.ts'
import { findCallExcessError, measureOperation } from '../plugins/operation-limits.ts'
import { withPartialFailures } from '../plugins/partial-failures.ts'
import type { CallEstimate } from '../plugins/upstream-call-limit.ts'
import type { TrustedDocuments } from '../trusted-documents.ts'
import type { PreparedVariables } from './compiled-operation.ts'
import { readDirectParams } from './direct-params.ts'
import { stringifyWithTexts } from './json-text.ts'
import type { LazyAbort } from './lazy-abort.ts'
import { ObjectTexts, TextReuse } from './object-texts.ts'
import type { CompiledOperation, OperationCache } from './operation-cache.ts'
import type { SharedQueries } from './shared-queries.ts'

/** Bytes of all request bodies that are remembered, and of the largest one. */
const MAX_BYTES = 8 * 1024 * 1024
const MAX_ENTRY_BYTES = 32 * 1024
/** Bytes of memory that a request takes in addition to its body. */
const BYTES_PER_REQUEST = 1_024

/**
 * A request with a compiled operation that is within the limits of every caller. It refers to the operation by its text
 * only: clients choose how many requests are remembered, and an operation takes far more memory than a body.
 */
export interface DirectRequest {
  /** The text of the document. */
  readonly text: string
  readonly kind: CompiledOperation['kind']
  readonly name: string | null
  readonly calls: CallEstimate
  readonly variables: PreparedVariables
  /** Differs from that of every other request. */
  readonly id: number
}

/** The result of a request: as JSON, or not serialized if it has errors. */
export type DirectResult = Buffer | ExecutionResult

/** The client that sent a request. */
export interface DirectClient {
  readonly caller: Caller
  readonly clientAddress: string
  /** Aborts when the client disconnects. */
  readonly disconnection: LazyAbort
}

/** Dependencies of the direct execution. */
export interface DirectExecutionOptions extends OperationContextDependencies, ErrorMaskOptions {
  readonly introspection: Introspection
  readonly documents: TrustedDocuments
  readonly operations: OperationCache
  readonly observeOperation: ObserveOperation
  readonly sharedQueries: SharedQueries<DirectResult | null>
}

/**
 * Executes compiled operations without the GraphQL engine and its plugins, with the same results. It serves only what the
 * engine has accepted before: for anything else, and for every request that is rejected, its methods return null, and
 * the engine must serve the request. Nothing was executed then.
 */
export class DirectExecution {
  readonly #options: DirectExecutionOptions
  readonly #maskError: (error: unknown) => GraphQLError
  readonly #texts = new ObjectTexts()
  /** Null for an operation that must be measured with its variables. */
  readonly #callsByOperation = new WeakMap<CompiledOperation, CallEstimate | null>()
  readonly #operatorKeys = new WeakMap<Caller, string>()
  #nextId = 0
  readonly #requests = new LRUCache<string, DirectRequest>({
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_ENTRY_BYTES,
  })

  constructor(options: DirectExecutionOptions) {
    this.#options = options
    this.#maskError = createMaskError(options)
  }

  /** Finds a request by its body, if an equal one was prepared before. */
  find(body: string): DirectRequest | null {
    return this.#requests.get(body) ?? null
  }

  /** Prepares a request from its body and its members, in which the document has its text. */
  prepare(body: string, params: unknown): DirectRequest | null {
    const data = readDirectParams(params)
    if (!data || requestsCost(data)) return null
    const operation = this.#options.operations.find(data.query)
    if (!operation) return null
    const operationName = data.operationName ?? operation.name
    if (operationName !== operation.name) return null
    const { kind } = operation
    const calls = this.#callsOf(operation, data.variables)
    if (!calls) return null
    const variables = operation.prepare(data.variables)
    if (!variables) return null
    const request = { text: data.query, kind, name: operationName, calls, variables, id: this.#nextId }
    this.#nextId += 1
    // The variables of a mutation are texts that people wrote, and are not sent again.
    if (kind === 'query') this.#requests.set(body, request, { size: BYTES_PER_REQUEST + 2 * textBytes(body) })
    return request
  }

  /** Measures an operation, once for all variables if they do not matter; null if it exceeds a limit. */
  #callsOf(
    operation: CompiledOperation,
    variableValues: Readonly<Record<string, unknown>>,
  ): CallEstimate | null {
    const known = this.#callsByOperation.get(operation)
    if (known) return known
    const { schema, document } = operation
    const { calls } = measureOperation({ schema, document, variableValues })
    if (calls && known === undefined)
      this.#callsByOperation.set(operation, hasMeasuredVariable(schema, document) ? null : calls)
    return calls
  }

  /** Executes a request as one caller. Equal queries of a caller at one address may share an execution. */
  async execute(request: DirectRequest, client: DirectClient): Promise<DirectResult | null> {
    const startedAt = performance.now()
    const result = await this.#executeShared(request, client)
    if (result === null) return null
    const code = Buffer.isBuffer(result) ? 'OK' : codeOfErrors(result.errors ?? [])
    const seconds = (performance.now() - startedAt) / 1000
    const { kind: type, name } = request
    this.#options.observeOperation({ type, name, caller: client.caller, code, seconds })
    return result
  }

  /** Not `async`, which would add a promise to each request. */
  #executeShared(request: DirectRequest, client: DirectClient): Promise<DirectResult | null> | null {
    const { caller, clientAddress, disconnection } = client
    if (!this.#options.documents.isAllowed(request.text, caller)) return null
    if (request.kind === 'mutation') return this.#execute(request, scopeOf(client, disconnection.signal))
    const key = `${request.id} ${clientAddress} ${this.#callerKey(caller)}`
    return this.#options.sharedQueries.run(key, disconnection, ({ signal, close }) =>
      this.#execute(request, scopeOf(client, signal, close)),
    )
  }

  /** Differs for callers that may receive different results. An operator is the same object in all its requests. */
  #callerKey(caller: Caller): string {
    if (caller.role !== 'OPERATOR') return JSON.stringify(caller)
    const known = this.#operatorKeys.get(caller)
    if (known !== undefined) return known
    const key = JSON.stringify(caller)
    this.#operatorKeys.set(caller, key)
    return key
  }

  async #execute(request: DirectRequest, scope: OperationScope): Promise<DirectResult | null> {
    const { text, kind, calls, variables } = request
    const operation = this.#options.operations.find(text)
    if (!operation) return null
    const context = createOperationContext(this.#options, scope)
    if (findCallExcessError(calls, context)) return null
    // A mutation returns objects of its own, whose texts nothing would use again.
    const texts = kind === 'query' ? new TextReuse(this.#texts) : undefined
    const result = await operation.execute(variables, context, texts)
    if (result.errors || context.partialFailures.length > 0) return this.#withMaskedErrors(result, context)
    return Buffer.from(texts?.isUsed ? stringifyWithTexts(result) : JSON.stringify(result))
  }

  #withMaskedErrors(result: ExecutionResult, context: Context): ExecutionResult {
    const { errors = [], ...rest } = withPartialFailures(result, context.partialFailures)
    const hidesSchema = !mayIntrospect(this.#options.introspection, context.initialCaller)
    const visible = hidesSchema ? errors.map(withoutSuggestion) : errors
    return { errors: visible.map(this.#maskError), ...rest }
  }
}

function scopeOf(
  { caller, clientAddress }: DirectClient,
  signal: AbortSignal,
  onRead?: () => void,
): OperationScope {
  return { caller, clientAddress, signal, ...(onRead && { onRead }) }
}
