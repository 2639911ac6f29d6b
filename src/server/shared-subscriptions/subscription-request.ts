import { type DocumentNode, GraphQLError } from 'graphql'
import { textBytes } from '../graphql/document-cache.ts'

/** What a client asks for, as both transports understand it. */
export interface OperationRequest {
  readonly query: string
  readonly operationName?: string | null | undefined
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
}

/** What a subscription keeps in memory while it lives. */
export interface SubscriptionFootprint {
  /** Subscriptions with the same document keep it together. */
  readonly document: DocumentNode
  /** Bytes of the variables. */
  readonly variableBytes: number
}

/** A valid subscription, without what the client sent and it does not need. */
export interface SubscriptionRequest extends OperationRequest {
  readonly variables: Readonly<Record<string, unknown>>
  readonly footprint: SubscriptionFootprint
}

/** Bytes of the document and the declared variables of a subscription, as JSON: both are kept while it lives. */
export const MAX_SUBSCRIPTION_BYTES = 16_384

/**
 * Reduces a subscription to the variables that it declares: any other has no effect, and would be kept as long as the
 * subscription lives. Gives an error where what is left is too large to be kept.
 */
export function toSubscriptionRequest(
  { query, operationName, variables }: OperationRequest,
  document: DocumentNode,
  declared: readonly string[],
): SubscriptionRequest | GraphQLError {
  const own = declared.filter((name) => variables && Object.hasOwn(variables, name))
  const reduced = Object.fromEntries(own.map((name) => [name, variables?.[name]]))
  const json = JSON.stringify(reduced)
  const bytes = Buffer.byteLength(query) + Buffer.byteLength(json)
  if (bytes > MAX_SUBSCRIPTION_BYTES) return tooLarge(bytes)
  const held = { document, variableBytes: textBytes(json) }
  return { query, operationName, variables: reduced, footprint: held }
}

function tooLarge(bytes: number): GraphQLError {
  const message = `The document and variables of a subscription hold ${MAX_SUBSCRIPTION_BYTES} bytes at most; these are ${bytes}.`
  return new GraphQLError(message, {
    extensions: { code: 'OPERATION_TOO_COMPLEX', http: { spec: true, status: 400 } },
  })
}
