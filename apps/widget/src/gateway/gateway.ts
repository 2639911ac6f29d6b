import type { TypedDocumentString } from '../../generated/graphql.ts'
import { createObstacleFinder, type Obstacle } from './reachability.ts'
import { ResumingSocket } from './resuming-socket.ts'
import { RetryPause } from './retry-pause.ts'

/** Milliseconds for a request; the gateway's own time limits are shorter. */
const TIMEOUT_MS = 30_000

/** Why an operation has no data: what kept the request away, or the code of the gateway's error. */
export interface Failure {
  readonly code: Obstacle | (string & {})
  /** The input field of an INVALID_INPUT. */
  readonly field?: string | null | undefined
  /** Milliseconds after which a RATE_LIMITED operation can succeed. */
  readonly retryAfterMs?: number | null | undefined
}

/** The result of an operation. Both can be null: then the object does not exist. */
export interface OperationResult<Data> {
  readonly data: Data | null
  /** The error of the operation, or the typed error of a mutation; null if there is none. */
  readonly failure: Failure | null
}

/** The handlers of a subscription. */
export interface Listener<Data> {
  event(data: Data): void
  /** The gateway has ended the subscription, with the error's code if there is one. */
  end(code: string | null): void
  connection(isOpen: boolean): void
}

/** The gateway's client of a visitor, before and after the conversation starts. */
export interface Gateway {
  /** Absolute address of a path at the gateway. */
  urlOf(path: string): string
  readonly pause: RetryPause
  /** Sends an operation. Never rejects. */
  ask<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    token?: string,
  ): Promise<OperationResult<Data>>
  /**
   * Subscribes to the visitor's room, and reconnects as often as needed; all subscriptions of a token share one socket.
   * Returns the function that unsubscribes: no handler is called after it.
   */
  listen<Data extends object, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    token: string,
    on: Listener<Data>,
  ): () => void
}

/** `url` is the gateway's GraphQL address. */
export function createGateway(url: string): Gateway {
  const pause = new RetryPause()
  const findObstacle = createObstacleFinder(url)
  const sockets = new Map<string, ResumingSocket>()
  const socketOf = (token: string): ResumingSocket => {
    const known = sockets.get(token)
    if (known) return known
    const socket = new ResumingSocket(url.replace(/^http/, 'ws'), token, pause)
    sockets.set(token, socket)
    return socket
  }
  return {
    urlOf: (path) => new URL(path.replace(/^\//, ''), url).href,
    pause,

    async ask<Data, Variables>(
      document: TypedDocumentString<Data, Variables>,
      variables: Variables,
      token?: string,
    ): Promise<OperationResult<Data>> {
      const headers = {
        'content-type': 'application/json',
        ...(token !== undefined && { 'x-visitor-token': token }),
      }
      const body = JSON.stringify({ query: document.toString(), variables })
      try {
        const signal = AbortSignal.timeout(TIMEOUT_MS)
        const response = await fetch(url, { method: 'POST', headers, body, signal })
        // The document's own type is generated from the gateway's schema.
        const { data, errors }: { data?: Data | null; errors?: unknown } = await response.json()
        return { data: data ?? null, failure: failureOf(errors) ?? typedErrorOf(data) }
      } catch {
        // A proxy in front of a gateway that is away responds with a page of its own, which is no JSON.
        return { data: null, failure: { code: await findObstacle() } }
      }
    },

    listen<Data extends object, Variables extends Record<string, unknown>>(
      document: TypedDocumentString<Data, Variables>,
      variables: Variables,
      token: string,
      on: Listener<Data>,
    ) {
      return socketOf(token).subscribe<Data>(
        { query: document.toString(), variables },
        {
          next: ({ data }) => data && on.event(data),
          end: (errors) => on.end(failureOf(errors)?.code ?? null),
          connection: on.connection,
        },
      )
    },
  }
}

/** The typed error of a mutation; null where there is none. */
function typedErrorOf(data: unknown): Failure | null {
  const [result] = Object.values(Object(data))
  const { code, field, retryAfterMs } = Object(result)
  return typeof code === 'string' ? { code, field, retryAfterMs } : null
}

/** The first error of an operation; null where there is none. */
function failureOf(errors: unknown): Failure | null {
  if (!Array.isArray(errors) || errors.length === 0) return null
  const { code, field, retryAfterMs } = Object(Object(errors[0]).extensions)
  return { code: typeof code === 'string' ? code : 'PROVIDER_ERROR', field, retryAfterMs }
}
