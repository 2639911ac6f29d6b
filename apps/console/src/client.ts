import { createClient as createSocket } from 'graphql-ws'
import { Client, fetchExchange, subscriptionExchange } from 'urql'
import { subscribeResuming } from '../../shared/resuming-socket.ts'
import { Connection } from './connection.ts'

/** The gateway's client of one operator. */
export interface Gateway {
  readonly client: Client
  readonly connection: Connection
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
  return { client, connection, close: () => void socket.dispose() }
}
