import { createHash } from 'node:crypto'
import { GraphQLError, Kind, parse } from 'graphql'
import { z } from 'zod'
import type { Caller } from '../../domain/caller.ts'
import { refusalDetails, type SecurityLog } from '../diagnostics/security-log.ts'
import type { OperationScope } from './operation-context.ts'

/** The callers that may run only trusted documents: none, visitors and anonymous callers, or all. */
export type TrustedDocumentsMode = 'off' | 'public' | 'all'

type Sender = Pick<OperationScope, 'caller' | 'clientAddress'>

/** Settings and dependencies of trusted documents. */
export interface TrustedDocumentsOptions {
  readonly mode: TrustedDocumentsMode
  /** Texts of the documents by their SHA-256 in lower-case hex. */
  readonly textById: ReadonlyMap<string, string>
  readonly security: SecurityLog
}

/** The members of a request that identify its document: `documentId` of GraphQL over HTTP, and Apollo's form. */
const requestMembers = z.object({
  query: z.string().nullish(),
  documentId: z.string().nullish(),
  extensions: z
    .object({ persistedQuery: z.object({ sha256Hash: z.string() }).nullish() })
    .nullish()
    .catch(null),
})

/** The documents that the gateway's configuration trusts. Clients identify them by id, and cannot add any. */
export class TrustedDocuments {
  readonly mode: TrustedDocumentsMode
  readonly #textById: ReadonlyMap<string, string>
  readonly #texts: ReadonlySet<string>
  readonly #security: SecurityLog

  constructor({ mode, textById, security }: TrustedDocumentsOptions) {
    this.mode = mode
    this.#textById = textById
    this.#texts = new Set(textById.values())
    this.#security = security
  }

  /**
   * Finds the text of the document that a request identifies by id; null for a request that contains its text. `params`
   * are the unchecked members of the request, from any transport.
   */
  resolveText(params: unknown, sender: Sender): string | null | GraphQLError {
    const reference = referenceIn(params)
    if (reference === null) return null
    if (reference.text !== null)
      return hashOf(reference.text) === reference.id
        ? null
        : documentError('BAD_REQUEST', 'The id is not the text’s SHA-256.')
    // After this response Apollo's client stops sending ids. After PERSISTED_QUERY_NOT_FOUND it sends the text.
    if (this.#textById.size === 0)
      return documentError('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported')
    const text = this.#textById.get(reference.id)
    if (text !== undefined) return text
    if (this.#restricts(sender.caller)) this.#record(sender)
    return documentError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
  }

  /** Whether the caller may run a document. */
  isAllowed(text: string, caller: Caller): boolean {
    return !this.#restricts(caller) || this.#texts.has(text)
  }

  /** Returns an error if the sender may not run a document. */
  rejectUntrusted(text: string, sender: Sender): GraphQLError | null {
    if (this.isAllowed(text, sender.caller)) return null
    this.#record(sender)
    return documentError(
      'UNTRUSTED_DOCUMENT',
      'Only trusted documents are allowed here: send the id or the exact text of one.',
    )
  }

  #restricts({ role }: Caller): boolean {
    return this.mode === 'all' || (this.mode === 'public' && role !== 'OPERATOR')
  }

  /** Skips shared executions: each client's own request is rejected too, and recorded then. */
  #record({ caller, clientAddress }: Sender): void {
    if (clientAddress === null) return
    this.#security.recordRefusal('untrusted_document', refusalDetails(caller, clientAddress))
  }
}

interface DocumentReference {
  /** Lower-case hex, without the prefix of GraphQL over HTTP. */
  readonly id: string
  readonly text: string | null
}

/** Null for a request without a document id, and for a malformed one, which the GraphQL engine rejects. */
function referenceIn(params: unknown): DocumentReference | null {
  if (typeof params !== 'object' || params === null) return null
  // Most requests have neither, and need no further check.
  if (!('documentId' in params || 'extensions' in params)) return null
  const { data } = requestMembers.safeParse(params)
  const id = data?.documentId ?? data?.extensions?.persistedQuery?.sha256Hash
  return id === undefined ? null : { id: id.replace(/^sha256:/, ''), text: data?.query || null }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function documentError(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } })
}

/** The names of the operations in valid documents. */
export function* operationNames(texts: Iterable<string>): Iterable<string> {
  for (const text of texts)
    for (const definition of parse(text, { noLocation: true }).definitions)
      if (definition.kind === Kind.OPERATION_DEFINITION && definition.name) yield definition.name.value
}
