import { type Client, createClient } from 'graphql-ws'
import { onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { TypedDocumentString } from '../generated/graphql.ts'

/** The result of an operation. `data` has the document's type. */
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

/** Sends one operation over HTTP, and returns its data. Throws if the result has errors. */
export async function fetchData<Data, Variables>(
  ...args: Parameters<typeof sendOperation<Data, Variables>>
): Promise<Data> {
  const { data, errors } = await sendOperation(...args)
  if (errors || data === null) throw new Error(`the gateway answered with errors: ${JSON.stringify(errors)}`)
  return data
}

/** Creates a graphql-ws client of the gateway. It is closed at the end of the test. */
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

/** A running subscription. */
export interface EventStream<Data> {
  take(count: number): Promise<readonly OperationResult<Data>[]>
  /** Unsubscribes. */
  stop(): Promise<void>
}

/** Subscribes over a WebSocket. Returns at once; `take` waits for the next events, in order. */
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

/** Milliseconds between two tests of a condition. One that sends a request costs processor time at both ends. */
const INTERVAL_MS = 5
const REQUEST_INTERVAL_MS = 20

/** Waits until a condition is true. The test's own timeout is the limit. */
export async function waitUntil(condition: () => boolean | Promise<boolean>): Promise<void> {
  const first = condition()
  if (await first) return
  const interval = first instanceof Promise ? REQUEST_INTERVAL_MS : INTERVAL_MS
  await vi.waitUntil(condition, { interval, timeout: 600_000 })
}
