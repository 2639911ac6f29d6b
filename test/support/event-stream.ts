import { onTestFinished } from 'vitest'
import type { Operation } from './http.ts'

export interface ServerSentEvent {
  readonly event: string
  /** Parsed; null where there is none. */
  readonly data: unknown
}

export interface EventStreamClient {
  readonly contentType: string | null
  /** The next event; pings are skipped. */
  next(): Promise<ServerSentEvent>
  leave(): void
}

/** Subscribes by server-sent events; left when the test is over. */
export async function openEventStream(
  url: string,
  operation: Operation,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventStreamClient> {
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(operation),
    signal: leaving.signal,
  })
  if (!response.body) throw new Error('no stream')
  const events = eventsOf(response.body)
  return {
    contentType: response.headers.get('content-type'),
    leave: () => leaving.abort(),
    async next() {
      const { value, done } = await events.next()
      if (done) throw new Error('the stream ended')
      return value
    },
  }
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent, void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const blocks = (text + decoder.decode(chunk.value, { stream: true })).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) if (block.startsWith('event:')) yield readEvent(block)
  }
}

function readEvent(block: string): ServerSentEvent {
  const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? ''
  const data = field('data')
  return { event: field('event'), data: data === '' ? null : JSON.parse(data) }
}
