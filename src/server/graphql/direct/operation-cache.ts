import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  validate,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { documentBytes } from '../../limits/document-bytes.ts'
import { countExpandedSelections } from '../plugins/document-size.ts'
import { compileOperation, MAX_PLANS, type PlannedOperation } from './compiled-operation.ts'

/** Bytes of all cached operations together. */
const MAX_BYTES = 32 * 1024 * 1024
/** Characters of the longest document that is compiled. */
const MAX_DOCUMENT_LENGTH = 16_384
/** Bytes of memory that a plan takes for each selection of the document, with all fragments expanded. Measured. */
const BYTES_PER_SELECTION = 320

/** A query or mutation that is compiled to a plan. */
export interface CompiledOperation extends PlannedOperation {
  readonly schema: GraphQLSchema
  /** Contains no other operation. */
  readonly document: DocumentNode
  readonly kind: 'query' | 'mutation'
  readonly name: string | null
}

interface Entry {
  /** Undefined until the document is sent again; null for a document that cannot be compiled. */
  readonly compiled: CompiledOperation | null | undefined
}

/**
 * The operations that clients send repeatedly, compiled, by the text of their documents. A document is compiled when it
 * is sent for the second time, so that documents that are sent once cost nothing.
 */
export class OperationCache {
  readonly #schema: GraphQLSchema
  readonly #isEnabled: boolean
  readonly #entries = new LRUCache<string, Entry>({ maxSize: MAX_BYTES })

  /** A disabled cache stays empty. */
  constructor(schema: GraphQLSchema, isEnabled = true) {
    this.#schema = schema
    this.#isEnabled = isEnabled
  }

  /** Finds the operation of a document that was compiled before; null for any other document. */
  find(text: string): CompiledOperation | null {
    return this.#entries.get(text)?.compiled ?? null
  }

  /**
   * Records that a document was sent, and was found valid and within all limits. Returns its operation once it is
   * compiled. `measure` runs the compilation.
   */
  record(
    text: string,
    document: DocumentNode,
    measure: <Result>(work: () => Result) => Result,
  ): CompiledOperation | null {
    const known = this.#entries.get(text)
    if (known?.compiled !== undefined) return known.compiled
    if (!this.#isEnabled || text.length > MAX_DOCUMENT_LENGTH) return null
    const bytes = Math.max(1, documentBytes(document))
    if (!known) {
      this.#entries.set(text, { compiled: undefined }, { size: bytes })
      return null
    }
    const compiled = measure(() => this.#compile(document))
    const planBytes = MAX_PLANS * countExpandedSelections(document) * BYTES_PER_SELECTION
    this.#entries.set(text, { compiled }, { size: bytes + planBytes })
    return compiled
  }

  #compile(document: DocumentNode): CompiledOperation | null {
    const operation = onlyOperation(document)
    if (!operation || operation.operation === 'subscription') return null
    // Callers differ in whether they may use introspection, so the GraphQL engine serves it.
    if (validate(this.#schema, document, [NoSchemaIntrospectionCustomRule]).length > 0) return null
    const planned = compileOperation(this.#schema, document, operation)
    const { operation: kind, name } = operation
    return { ...planned, schema: this.#schema, document, kind, name: name?.value ?? null }
  }
}

/** The operation of a document; null if it has several. */
function onlyOperation({ definitions }: DocumentNode): OperationDefinitionNode | null {
  const [operation, ...others] = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  return operation?.kind === Kind.OPERATION_DEFINITION && others.length === 0 ? operation : null
}
