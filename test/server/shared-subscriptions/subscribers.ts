import { onTestFinished } from 'vitest'
import { waitUntil } from '../../support/graphql-client.ts'
import { connectAs, type RawSocket } from '../../support/raw-socket.ts'
import type { TransportServer } from './transport-server.ts'

/** Sockets that each have one subscription, under the id `1`. */
export async function openSubscribers(
  server: TransportServer,
  count: number,
  login: Readonly<Record<string, unknown>>,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<readonly RawSocket[]> {
  const before = server.hub.counts.subscribers
  const sockets = await Promise.all(Array.from({ length: count }, () => connectAs(server.url, login)))
  for (const socket of sockets) socket.subscribe('1', { query, variables })
  await waitUntil(() => server.hub.counts.subscribers === before + count)
  return sockets
}

/** The payloads of the next `next` messages of a socket. */
export async function nextPayloads(socket: RawSocket, count: number): Promise<readonly unknown[]> {
  const taken: unknown[] = []
  while (taken.length < count) {
    const { type, payload } = await socket.next()
    if (type !== 'next') throw new Error(`${type} after ${taken.length} of ${count}`)
    taken.push(payload)
  }
  return taken
}

/** The events of an SSE stream as they came: their ids and data. Left when the test is over. */
export async function openEventStreamWithIds(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>>,
): Promise<{
  readonly status: number
  take(): Promise<{ id: string | null; event: string; data: unknown }>
  leave(): void
}> {
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(body),
    signal: leaving.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    status: response.status,
    leave: () => leaving.abort(),
    async take() {
      for (;;) {
        const end = text.indexOf('\n\n')
        const block = text.slice(0, Math.max(0, end))
        if (end >= 0) text = text.slice(end + 2)
        if (block.startsWith('event:')) return readEvent(block)
        if (end >= 0) continue
        const chunk = await reader?.read()
        if (!chunk || chunk.done) throw new Error('the stream ended')
        text += chunk.value
      }
    },
  }
}

function readEvent(block: string): { id: string | null; event: string; data: unknown } {
  const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? null
  const data = field('data')
  return { id: field('id'), event: field('event') ?? '', data: data ? JSON.parse(data) : null }
}
