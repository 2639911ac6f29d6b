import type { Client } from 'graphql-ws'
import { onTestFinished } from 'vitest'
import type { TypedDocumentString } from '../generated/graphql.ts'
import { type OperationResult, openSocketClient } from '../support/graphql-client.ts'
import { asVisitor } from '../support/test-gateway.ts'

/** A running subscription. */
export interface Stream<Data> {
  /** Takes this many results, in order; fails where the stream ends earlier. */
  take(count: number): Promise<readonly OperationResult<Data>[]>
  /** Takes everything until the gateway ends the stream. */
  rest(): Promise<readonly OperationResult<Data>[]>
  /** Ends the subscription. */
  stop(): Promise<void>
}

/** A transport, to subscribe as the visitor with a token. */
export interface Transport {
  readonly name: string
  subscribe<Data, Variables extends Record<string, unknown>>(
    url: string,
    token: string,
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Stream<Data>
}

export const overWebSocket: Transport = {
  name: 'WebSocket',
  subscribe: (url, token, document, variables) =>
    subscribeOn(openSocketClient(url, { visitorToken: token }), document, variables),
}

export const overSse: Transport = {
  name: 'SSE',
  subscribe(url, token, document, variables) {
    const leaving = new AbortController()
    onTestFinished(() => leaving.abort())
    const response = fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...asVisitor(token) },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: leaving.signal,
    })
    // A subscriber that leaves before the response does not read it.
    response.catch(() => {})
    return streamOf(readSse(chunksOf(response)), async () => leaving.abort())
  },
}

export const transports: readonly Transport[] = [overWebSocket, overSse]

/** Subscribes on an existing socket. */
export function subscribeOn<Data, Variables extends Record<string, unknown>>(
  client: Client,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Stream<Data> {
  const events = client.iterate<Data>({ query: document.toString(), variables })
  return streamOf(readSocket<Data>(events), async () => {
    await events.return?.()
  })
}

async function* readSocket<Data>(events: AsyncIterable<unknown>): AsyncGenerator<OperationResult<Data>> {
  try {
    for await (const event of events) yield event as OperationResult<Data>
  } catch (failure) {
    // graphql-ws throws the errors of an error message as a list, and otherwise what broke the connection.
    if (!Array.isArray(failure)) throw failure
    yield { data: null, errors: failure }
  }
}

async function* chunksOf(response: Promise<Response>): AsyncGenerator<Uint8Array> {
  const reader = (await response).body?.getReader()
  for (;;) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) return
    yield chunk.value
  }
}

/** Parses the results of an SSE response until its `complete` event. */
export async function* readSse<Data>(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<OperationResult<Data>> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of chunks) {
    const blocks = (text + decoder.decode(chunk, { stream: true })).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const [, event, data = ''] = /^event: (\w+)\n(?:id: [^\n]*\n)?data:(.*)$/s.exec(block) ?? []
      if (event === 'next') yield JSON.parse(data) as OperationResult<Data>
      if (event === 'complete') return
    }
  }
}

function streamOf<Data>(
  results: AsyncGenerator<OperationResult<Data>>,
  stop: () => Promise<void>,
): Stream<Data> {
  return {
    async take(count) {
      const taken: OperationResult<Data>[] = []
      while (taken.length < count) {
        const next = await results.next()
        if (next.done) throw new Error(`the stream ended after ${taken.length} of ${count} answers`)
        taken.push(next.value)
      }
      return taken
    },
    async rest() {
      const taken: OperationResult<Data>[] = []
      for await (const result of results) taken.push(result)
      return taken
    },
    stop,
  }
}
