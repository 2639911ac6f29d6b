import { type DocumentNode, GraphQLError } from 'graphql'
import type { OperationRequest } from '../graphql/operation-request.ts'
import { textBytes } from '../limits/document-bytes.ts'
import type { SubscriptionFootprint } from '../limits/subscription-quota.ts'

/** A valid subscription, without anything the client sent that it does not need. */
export interface SubscriptionRequest extends OperationRequest {
  readonly variables: Readonly<Record<string, unknown>>
  readonly footprint: SubscriptionFootprint
}

/** Largest document plus declared variables of a subscription, as JSON: both are kept while it is active. */
export const MAX_SUBSCRIPTION_BYTES = 16_384

/**
 * Reduces a subscription to the variables that it declares: others have no effect, but would be kept as long as the
 * subscription is active. Returns an error if the rest is too large to be kept.
 */
export function toSubscriptionRequest(
  { query, operationName, variables }: OperationRequest,
  document: DocumentNode,
  declaredVariables: readonly string[],
): SubscriptionRequest | GraphQLError {
  const sentNames = declaredVariables.filter((name) => variables && Object.hasOwn(variables, name))
  const reduced = Object.fromEntries(sentNames.map((name) => [name, variables?.[name]]))
  const json = JSON.stringify(reduced)
  const bytes = Buffer.byteLength(query) + Buffer.byteLength(json)
  if (bytes > MAX_SUBSCRIPTION_BYTES) return tooLargeError(bytes)
  const footprint = { document, variableBytes: textBytes(json) }
  return { query, operationName, variables: reduced, footprint }
}

function tooLargeError(bytes: number): GraphQLError {
  const message = `The document and variables of a subscription may have at most ${MAX_SUBSCRIPTION_BYTES} bytes; these have ${bytes}.`
  return new GraphQLError(message, {
    extensions: { code: 'OPERATION_TOO_COMPLEX', http: { spec: true, status: 400 } },
  })
}
