import { waitUntil } from '../../support/graphql-client.ts'
import { connectAs, type RawSocket } from '../../support/raw-socket.ts'
import type { TransportServer } from './transport-server.ts'

/** Opens sockets that each have one subscription, with the id `1`; resolves when all are subscribed. */
export async function openSubscribers(
  server: TransportServer,
  count: number,
  credentials: Readonly<Record<string, unknown>>,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<readonly RawSocket[]> {
  const before = server.hub.counts.subscribers
  const sockets = await Promise.all(Array.from({ length: count }, () => connectAs(server.url, credentials)))
  for (const socket of sockets) socket.subscribe('1', { query, variables })
  await waitUntil(() => server.hub.counts.subscribers === before + count)
  return sockets
}

/** Reads the payloads of the next `next` messages of a socket. */
export async function nextPayloads(socket: RawSocket, count: number): Promise<readonly unknown[]> {
  const received: unknown[] = []
  while (received.length < count) {
    const { type, payload } = await socket.next()
    if (type !== 'next') throw new Error(`${type} after ${received.length} of ${count}`)
    received.push(payload)
  }
  return received
}
