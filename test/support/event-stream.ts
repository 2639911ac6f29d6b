import { onTestFinished } from 'vitest'

/** A server-sent event of GraphQL over SSE. */
export interface ServerSentEvent {
  readonly event: string
  /** The cursor; null for an event without an id. */
  readonly id: string | null
  /** Parsed; null if there is none. */
  readonly data: unknown
}

/** A client of one event stream. It reads from its connection only while `next` waits. */
export interface EventStreamClient {
  readonly status: number
  readonly contentType: string | null
  /** Reads the next event, skipping comments. */
  next(): Promise<ServerSentEvent>
  /** Reads to the end; resolves with the events that came before, and the milliseconds of the `retry` field if there was one. */
  end(): Promise<{ readonly events: readonly ServerSentEvent[]; readonly retryMs: number | null }>
  leave(): void
}

/** Subscribes over server-sent events; disconnects at the end of the test. */
export async function openEventStream(
  url: string,
  operation: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventStreamClient> {
  const disconnected = new AbortController()
  onTestFinished(() => disconnected.abort())
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(operation),
    signal: disconnected.signal,
  })
  if (!response.body) throw new Error('no stream')
  // Takes the reader now: `fetch` cancels a body without reader when the response is garbage collected.
  let retryMs: number | null = null
  const events = readEvents(response.body.getReader(), (ms) => {
    retryMs = ms
  })
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    leave: () => disconnected.abort(),
    async next() {
      const { value, done } = await events.next()
      if (done) throw new Error('the stream ended')
      return value
    },
    async end() {
      const rest: ServerSentEvent[] = []
      for await (const event of events) rest.push(event)
      return { events: rest, retryMs }
    },
  }
}

async function* readEvents(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  onRetry: (ms: number) => void,
): AsyncGenerator<ServerSentEvent, void> {
  const decoder = new TextDecoder()
  let text = ''
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const blocks = (text + decoder.decode(chunk.value, { stream: true })).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      if (block.startsWith('event:')) yield parseEvent(block)
      const [, retryMs] = /^retry: (\d+)$/.exec(block) ?? []
      if (retryMs !== undefined) onRetry(Number(retryMs))
    }
  }
}

function parseEvent(block: string): ServerSentEvent {
  const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? null
  const data = field('data')
  return { event: field('event') ?? '', id: field('id'), data: data ? JSON.parse(data) : null }
}
