import { type Client, createClient } from 'graphql-ws'
import { subscribeResuming } from '../../shared/resuming-socket.ts'
import type { TypedDocumentString } from '../generated/graphql.ts'

/** The data of an operation, and an error message for the visitor where data is missing. */
export interface OperationResult<Data> {
  readonly data: Data | null
  readonly error: string | null
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

/** `address` is the gateway's GraphQL address, absolute or relative to the page. */
export function createGateway(address: string): Gateway {
  const url = new URL(address, location.href).href
  const sockets = new Map<string, Client>()
  const socketOf = (token: string): Client => {
    const known = sockets.get(token)
    if (known) return known
    // It connects for the first subscription, and disconnects after the last one.
    const socket = createClient({
      url: url.replace(/^http/, 'ws'),
      connectionParams: { visitorToken: token },
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: (retries) =>
        new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** retries, 5_000))),
    })
    sockets.set(token, socket)
    return socket
  }
  return {
    async ask<Data, Variables>(
      document: TypedDocumentString<Data, Variables>,
      variables: Variables,
      token?: string,
    ) {
      const headers = {
        'content-type': 'application/json',
        ...(token !== undefined && { 'x-visitor-token': token }),
      }
      const body = JSON.stringify({ query: document.toString(), variables })
      try {
        const response = await fetch(url, { method: 'POST', headers, body })
        // The document's own type is generated from the gateway's schema.
        const { data, errors }: { data?: Data | null; errors?: { message: string }[] } = await response.json()
        return { data: data ?? null, error: errors?.[0]?.message ?? (data ? null : 'That did not work.') }
      } catch {
        return { data: null, error: 'No connection. Please try again.' }
      }
    },

    listen<Data extends object, Variables extends Record<string, unknown>>(
      document: TypedDocumentString<Data, Variables>,
      variables: Variables,
      token: string,
      on: Listener<Data>,
    ) {
      let isWanted = true
      let code: string | null = null
      const socket = socketOf(token)
      const stopObserving = [
        socket.on('connected', () => on.connection(true)),
        socket.on('closed', () => on.connection(false)),
      ]
      const leave = subscribeResuming<Data>(
        socket,
        { query: document.toString(), variables },
        {
          next: ({ data, errors }) => {
            code = codeOf(errors)
            if (isWanted && data) on.event(data)
          },
          error: (failure) => isWanted && on.end(codeOf(failure)),
          complete: () => isWanted && on.end(code),
        },
      )
      return () => {
        // graphql-ws also calls `complete` after an unsubscribe.
        isWanted = false
        for (const stop of stopObserving) stop()
        leave()
      }
    },
  }
}

/** The code of the first error; null where there is none. */
function codeOf(errors: unknown): string | null {
  const code: unknown = Array.isArray(errors) ? errors[0]?.extensions?.code : null
  return typeof code === 'string' ? code : null
}
