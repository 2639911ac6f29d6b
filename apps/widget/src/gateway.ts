import { createClient } from 'graphql-ws'
import { subscribeResuming } from '../../shared/resuming-socket.ts'
import type { TypedDocumentString } from '../generated/graphql.ts'

/** What an operation came to: its data, and why some or all of it is missing, in words for a visitor. */
export interface Answer<Data> {
  readonly data: Data | null
  readonly fault: string | null
}

/** Who is told of what a subscription brings. */
export interface Listener<Data> {
  event(data: Data): void
  /** The gateway has ended it. */
  end(): void
  connection(isOpen: boolean): void
}

/** The gateway, as a visitor (or somebody who is to become one) speaks to it. */
export interface Gateway {
  ask<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    token?: string,
  ): Promise<Answer<Data>>
  /**
   * Tells of what happens in the visitor's room, over as many connections as it takes. Gives the function that leaves:
   * nothing is told from then on.
   */
  listen<Data extends object, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    token: string,
    on: Listener<Data>,
  ): () => void
}

/** `address` is the gateway's GraphQL address, absolute or relative to the page. */
export function connectTo(address: string): Gateway {
  const url = new URL(address, location.href).href
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
        // The document's own type: it was generated from the schema that the gateway answers by.
        const { data, errors }: { data?: Data | null; errors?: { message: string }[] } = await response.json()
        return { data: data ?? null, fault: errors?.[0]?.message ?? (data ? null : 'That did not work.') }
      } catch {
        return { data: null, fault: 'No connection. Please try again.' }
      }
    },

    listen<Data extends object, Variables extends Record<string, unknown>>(
      document: TypedDocumentString<Data, Variables>,
      variables: Variables,
      token: string,
      on: Listener<Data>,
    ) {
      let isWanted = true
      const tellOf = (isOpen: boolean) => isWanted && on.connection(isOpen)
      const end = () => isWanted && on.end()
      const socket = createClient({
        url: url.replace(/^http/, 'ws'),
        connectionParams: { visitorToken: token },
        retryAttempts: Number.POSITIVE_INFINITY,
        shouldRetry: () => true,
        retryWait: (retries) =>
          new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** retries, 5_000))),
        on: { connected: () => tellOf(true), closed: () => tellOf(false) },
      })
      const leave = subscribeResuming<Data>(
        socket,
        { query: document.toString(), variables },
        {
          next: ({ data }) => isWanted && data && on.event(data),
          error: end,
          complete: end,
        },
      )
      return () => {
        // graphql-ws calls who leaves complete, too.
        isWanted = false
        leave()
        void socket.dispose()
      }
    },
  }
}
