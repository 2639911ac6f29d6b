import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { createClient as createSocket, type Client as Socket } from 'graphql-ws'
import { Client, fetchExchange, stringifyDocument } from 'urql'
import { isCredentialRefusal } from '../../shared/credential-refusal.ts'
import { subscribeResuming } from '../../shared/resuming-socket.ts'
import { Connection } from './connection.ts'
import { createFiles, type Files } from './files.ts'
import { type DisplayedError, errorFrom, isErrorList, unreachable } from './ui/displayed-errors.ts'

/** Receives the events of a subscription, then its end. */
export interface EventSink<Data> {
  event(data: Data): void
  /** The gateway ended the subscription, with its error if it had one. */
  end(error: DisplayedError | null): void
}

/** Starts a subscription that survives lost connections. Returns the function that ends it. */
export type Subscribe = <Data extends object, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  sink: EventSink<Data>,
) => () => void

/** The gateway's client of one operator. */
export interface Gateway {
  readonly client: Client
  readonly connection: Connection
  readonly files: Files
  readonly subscribe: Subscribe
  close(): void
}

/**
 * Queries and mutations use HTTP. Subscriptions use one WebSocket, which reconnects until the gateway refuses the key.
 * `onRefused` is called then, and if it refuses a request: the key was replaced, or has expired.
 */
export function connect(key: string, onRefused: () => void): Gateway {
  const authorization = `Bearer ${key}`
  const request: typeof fetch = async (...args) => {
    const response = await fetch(...args)
    if (response.status === 401) onRefused()
    return response
  }
  const connection = new Connection()
  const socket = createSocket({
    url: new URL('graphql', location.href.replace(/^http/, 'ws')).href,
    connectionParams: { authorization },
    lazy: false,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: (ended) => !isCredentialRefusal(ended),
    retryWait: (retries) =>
      new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** retries, 5_000))),
    on: {
      connected: () => connection.opened(),
      closed: (ended) => {
        connection.lost()
        if (isCredentialRefusal(ended)) onRefused()
      },
    },
    // `closed` has handled it. The default writes to the browser's console.
    onNonLazyError: () => {},
  })
  const client = new Client({
    url: new URL('graphql', location.href).href,
    fetch: request,
    fetchOptions: { headers: { authorization } },
    // No cache: components hold their live data, and read everything else when they need it.
    requestPolicy: 'network-only',
    preferGetMethod: false,
    exchanges: [fetchExchange],
  })
  return {
    client,
    connection,
    files: createFiles(authorization, onRefused),
    subscribe: (document, variables, sink) => subscribe(socket, document, variables, sink),
    close: () => void socket.dispose(),
  }
}

function subscribe<Data extends object, Variables extends Record<string, unknown>>(
  socket: Socket,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  sink: EventSink<Data>,
): () => void {
  // The error of a result without data. It says why the stream ends, unless an event follows.
  let lastError: DisplayedError | null = null
  // graphql-ws completes a subscription also if the client ends it.
  let isWanted = true
  const end = (error: DisplayedError | null) => {
    if (isWanted) sink.end(error)
  }
  const unsubscribe = subscribeResuming<Data>(
    socket,
    { query: stringifyDocument(document), variables },
    {
      next: ({ data, errors }) => {
        const [first] = errors ?? []
        lastError = !data && first ? errorFrom(first) : null
        if (data) sink.event(data)
      },
      error: (error) => {
        const [first] = isErrorList(error) ? error : []
        end(first ? errorFrom(first) : unreachable)
      },
      complete: () => end(lastError),
    },
  )
  return () => {
    isWanted = false
    unsubscribe()
  }
}
