import type { Credential } from './credential.ts'
import { GatewayError, UNAUTHENTICATED } from './errors.ts'
import type { Operation, Result } from './request.ts'

/** How the stream of one connection ended. */
export type StreamEnd =
  /** No connection was made. */
  | { readonly reason: 'unopened' }
  /** The connection was lost: events may follow over another one, after the pause that the gateway asks for. */
  | { readonly reason: 'lost'; readonly retryMs: number }
  /** The gateway has ended the subscription, with these errors if there are any. */
  | { readonly reason: 'ended'; readonly errors: readonly GatewayError[] }
  /** The gateway does not accept the credential. */
  | { readonly reason: 'refused'; readonly error: GatewayError }
  /** The caller has aborted. */
  | { readonly reason: 'aborted' }

/** A subscription that is to be started over one connection. */
export interface Subscription extends Operation {
  readonly credential: Credential
  readonly signal: AbortSignal | undefined
  /** The connection is open, and the gateway has the subscription. */
  readonly onOpen: () => void
}

/** The results of a subscription over one connection, then how it ended. */
export type ResultStream<Data> = AsyncGenerator<Result<Data>, StreamEnd, void>

/** Starts a subscription over a connection of its own. `url` is the gateway's address of GraphQL. */
export type OpenStream = <Data extends object>(url: string, subscription: Subscription) => ResultStream<Data>

/** The end of a connection whose credential the gateway does not accept, or not any more. */
export function refusedEnd(detail = ''): StreamEnd {
  const message = detail || 'The gateway does not accept the credential.'
  return { reason: 'refused', error: new GatewayError({ code: UNAUTHENTICATED, message }) }
}

export const LOST: StreamEnd = { reason: 'lost', retryMs: 0 }
export const ABORTED: StreamEnd = { reason: 'aborted' }
