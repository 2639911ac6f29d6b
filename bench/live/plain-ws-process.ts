import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { serveCommands } from './child.ts'
import { clock, heldBytes, usedMicros } from './usage.ts'

/** What a broadcast costs at the least: `ws` and nothing else. */
const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 })
sockets.on('connection', (socket) => {
  // The first message is the introduction, which clients wait to have answered.
  socket.once('message', () => socket.send('{"type":"connection_ack"}'))
  socket.on('message', () => {})
})
await once(sockets, 'listening')

const commands = {
  url: () => `http://127.0.0.1:${(sockets.address() as AddressInfo).port}/graphql`,
  watchers: () => sockets.clients.size,
  /** Sends the same bytes to everybody, and gives the moment before the first. */
  broadcast: (text: string) => {
    const bytes = Buffer.from(text)
    const at = clock()
    for (const socket of sockets.clients) socket.send(bytes, { binary: false })
    return at
  },
  usedMicros,
  heldBytes,
}
export type BareCommands = typeof commands
serveCommands(commands)
