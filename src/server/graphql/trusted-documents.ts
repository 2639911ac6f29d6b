import { createHash } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { z } from 'zod'
import type { Caller } from '../../domain/caller.ts'
import { refusalDetails, type SecurityLog } from '../diagnostics/security-log.ts'
import type { OperationScope } from './operation-context.ts'

/** Who may run trusted documents only: nobody, visitors and anonymous callers, or everybody. */
export type TrustedDocumentsMode = 'off' | 'public' | 'all'

/** Whose request it is; the address is null for an execution that several clients share. */
type Sender = Pick<OperationScope, 'caller' | 'clientAddress'>

/** What trusted documents are made of. */
export interface TrustedDocumentsOptions {
  readonly mode: TrustedDocumentsMode
  /** SHA-256 of a document's text, in lower-case hex, to the text. */
  readonly textById: ReadonlyMap<string, string>
  readonly security: SecurityLog
}

/** The members of a request that name its document: GraphQL over HTTP's `documentId`, and Apollo's form. */
const documentMembers = z.object({
  query: z.string().nullish(),
  documentId: z.string().nullish(),
  extensions: z
    .object({ persistedQuery: z.object({ sha256Hash: z.string() }).nullish() })
    .nullish()
    .catch(null),
})

/** The documents that the operator of the gateway trusts. Clients name them by their ids; nobody adds one at run time. */
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
   * The text of the document that a request names by an id, whatever the transport; null for a request that carries
   * its text. `params` are the members of the request as they came.
   */
  resolveText(params: unknown, sender: Sender): string | null | GraphQLError {
    const named = idIn(params)
    if (named === null) return null
    if (named.text !== null)
      return hashOf(named.text) === named.id
        ? null
        : refusal('BAD_REQUEST', 'The id is not the text’s SHA-256.')
    // Apollo's client stops sending ids after this answer, and sends the text after the other.
    if (this.#textById.size === 0)
      return refusal('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported')
    const text = this.#textById.get(named.id)
    if (text !== undefined) return text
    if (this.#restricts(sender.caller)) this.#record(sender)
    return refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
  }

  /** Why a caller may not run a document; null where it may. */
  rejectUntrusted(text: string, sender: Sender): GraphQLError | null {
    if (!this.#restricts(sender.caller) || this.#texts.has(text)) return null
    this.#record(sender)
    return refusal(
      'UNTRUSTED_DOCUMENT',
      'Only trusted documents run here: send one of them, by its id or as its exact text.',
    )
  }

  #restricts({ role }: Caller): boolean {
    return this.mode === 'all' || (this.mode === 'public' && role !== 'OPERATOR')
  }

  /** A shared execution is refused before each client's own, which is recorded then. */
  #record({ caller, clientAddress }: Sender): void {
    if (clientAddress === null) return
    this.#security.recordRefusal('untrusted_document', refusalDetails(caller, clientAddress))
  }
}

interface NamedDocument {
  /** Lower-case hex, without the prefix of GraphQL over HTTP. */
  readonly id: string
  readonly text: string | null
}

/** Null where no document is named, and for a request that is malformed: the engine says how. */
function idIn(params: unknown): NamedDocument | null {
  if (typeof params !== 'object' || params === null) return null
  // Most requests carry their text and neither of these.
  if (!('documentId' in params || 'extensions' in params)) return null
  const { data } = documentMembers.safeParse(params)
  const id = data?.documentId ?? data?.extensions?.persistedQuery?.sha256Hash
  return id === undefined ? null : { id: id.replace(/^sha256:/, ''), text: data?.query || null }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } })
}
