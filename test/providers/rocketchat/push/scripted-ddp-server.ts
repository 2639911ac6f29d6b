import { once } from 'node:events'
import { expect, onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'

/** A frame of a client. */
export type ClientFrame = Readonly<Record<string, unknown>>

/** One connection of a client to the scripted server. */
export interface ScriptedConnection {
  /** The next frame that was not taken yet. */
  next(): Promise<ClientFrame>
  /** Sends a value as JSON. */
  send(value: unknown): void
  /** Frames that arrived and were not taken. */
  readonly untaken: readonly ClientFrame[]
  drop(): void
}

/** A WebSocket server without any protocol: a test reads the frames of the client and answers them. */
export async function openScriptedDdpServer(): Promise<{
  readonly url: string
  nextConnection(): Promise<ScriptedConnection>
}> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  const connections: ScriptedConnection[] = []
  onTestFinished(() => {
    for (const client of server.clients) client.terminate()
    server.close()
  })
  server.on('connection', (socket) => {
    const frames: ClientFrame[] = []
    socket.on('message', (data) => {
      frames.push(JSON.parse(String(data)) as ClientFrame)
      socket.emit('framed')
    })
    connections.push({
      untaken: frames,
      async next() {
        while (frames.length === 0) await once(socket, 'framed')
        return frames.shift() ?? expect.fail('two wait for one frame')
      },
      send: (value) => socket.send(JSON.stringify(value)),
      drop: () => socket.terminate(),
    })
    server.emit('arrived')
  })
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `ws://127.0.0.1:${address.port}`,
    async nextConnection() {
      while (connections.length === 0) await once(server, 'arrived')
      return connections.shift() ?? expect.fail('two wait for one connection')
    },
  }
}
