import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { serveCommands } from '../shared/child.ts'
import { clock, heldBytes, usedMicros } from '../shared/usage.ts'

/** The minimum cost of a broadcast: `ws` and nothing else. */
const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 })
sockets.on('connection', (socket) => {
  // The first message is `connection_init`; clients wait for its acknowledgement.
  socket.once('message', () => socket.send('{"type":"connection_ack"}'))
  socket.on('message', () => {})
})
await once(sockets, 'listening')

const commands = {
  url: () => `http://127.0.0.1:${(sockets.address() as AddressInfo).port}/graphql`,
  subscribers: () => sockets.clients.size,
  /** Sends the same bytes to all sockets, `times` over; returns the time before the first. */
  broadcast: ({ text, times }: { readonly text: string; readonly times: number }) => {
    const bytes = Buffer.from(text)
    const at = clock()
    for (let sent = 0; sent < times; sent += 1)
      for (const socket of sockets.clients) socket.send(bytes, { binary: false })
    return at
  },
  usedMicros,
  heldBytes,
}
export type BareCommands = typeof commands
serveCommands(commands)
