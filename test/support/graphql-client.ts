import { type Client, createClient } from 'graphql-ws'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { TypedDocumentString } from '../generated/graphql.ts'

/** An answer as it came: `data` is typed by the document, errors as the gateway words them. */
export interface OperationResult<Data> {
  readonly data: Data | null
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions?: Readonly<Record<string, unknown>>
  }[]
}

/** Sends one operation over HTTP. */
export async function sendOperation<Data, Variables>(
  url: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  headers: Readonly<Record<string, string>> = {},
): Promise<OperationResult<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: document.toString(), variables }),
  })
  return (await response.json()) as OperationResult<Data>
}

/** The data of an answer that must have no errors. */
export async function fetchData<Data, Variables>(
  ...args: Parameters<typeof sendOperation<Data, Variables>>
): Promise<Data> {
  const { data, errors } = await sendOperation(...args)
  if (errors || data === null) throw new Error(`the gateway answered with errors: ${JSON.stringify(errors)}`)
  return data
}

/** A graphql-ws client of the gateway; closed when the test is over. */
export function openSocketClient(url: string, connectionParams: Record<string, unknown> = {}): Client {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  })
  onTestFinished(async () => {
    await client.dispose()
  })
  return client
}

/** A running subscription: `take` waits for the next events, in order. */
export interface EventStream<Data> {
  take(count: number): Promise<readonly OperationResult<Data>[]>
  /** Leaves. */
  stop(): Promise<void>
}

/** Subscribes over a socket. Resolves at once; the first `take` waits for events. */
export function subscribe<Data, Variables extends Record<string, unknown>>(
  client: Client,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): EventStream<Data> {
  const events = client.iterate<Data>({ query: document.toString(), variables })
  return {
    async take(count) {
      const taken: OperationResult<Data>[] = []
      while (taken.length < count) {
        const next = await events.next()
        if (next.done) throw new Error(`the stream ended after ${taken.length} of ${count} events`)
        taken.push(next.value as OperationResult<Data>)
      }
      return taken
    },
    async stop() {
      await events.return?.()
    },
  }
}

/** Waits until `holds`, looking every few milliseconds; the test's own timeout is the limit. */
export async function waitUntil(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5))
}
