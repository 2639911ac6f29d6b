import { createClient as createSocket } from 'graphql-ws'
import { Client, fetchExchange, subscriptionExchange } from 'urql'
import { subscribeResuming } from '../../shared/resuming-socket.ts'
import { Connection } from './connection.ts'

/** The gateway's client of one operator. */
export interface Gateway {
  readonly client: Client
  readonly connection: Connection
  /** Reads a file of a message with the operator's key, which a link could not send. Rejects if it cannot be read. */
  readFile(url: string): Promise<Blob>
  close(): void
}

/** Queries and mutations use HTTP. Subscriptions use one WebSocket that always reconnects. */
export function connect(key: string): Gateway {
  const authorization = `Bearer ${key}`
  const connection = new Connection()
  const socket = createSocket({
    url: new URL('graphql', location.href.replace(/^http/, 'ws')).href,
    connectionParams: { authorization },
    lazy: false,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) =>
      new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** retries, 5_000))),
    on: {
      connected: () => connection.opened(),
      closed: () => connection.lost(),
    },
  })
  const client = new Client({
    url: new URL('graphql', location.href).href,
    fetchOptions: { headers: { authorization } },
    // No cache: components hold their live data, and read everything else when they need it.
    requestPolicy: 'network-only',
    preferGetMethod: false,
    exchanges: [
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: subscribeResuming(
              socket,
              { query, variables },
              {
                next: ({ data = null, errors }) => sink.next({ data, ...(errors && { errors }) }),
                error: (error) => sink.error(error),
                complete: () => sink.complete(),
              },
            ),
          }),
        }),
      }),
    ],
  })
  return {
    client,
    connection,
    readFile: (url) => readFile(url, authorization),
    close: () => void socket.dispose(),
  }
}

/** The address of a file begins at the gateway's root, which may be at a path of its host. */
async function readFile(url: string, authorization: string): Promise<Blob> {
  const response = await fetch(new URL(url.replace(/^\//, ''), location.href), { headers: { authorization } })
  if (!response.ok) throw new Error(`The file cannot be read: ${response.status}`)
  return response.blob()
}
