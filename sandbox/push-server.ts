import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { ServerConnection } from './push-connection.ts'
import { type PushConnection, type PushFault, PushFaultInjector } from './push-faults.ts'

/** A frame that crossed a connection, for tests. */
export interface PushFrame {
  readonly connection: number
  /** `in` was received by the sandbox, `out` was sent by it. */
  readonly direction: 'in' | 'out'
  readonly text: string
}

/** What one connection's protocol does with the client's frames. */
export interface ConnectionHandler {
  /** A text frame arrived. */
  onFrame(text: string): void
  /** A WebSocket ping arrived; it is answered already. */
  onPing(): void
  /** The connection is gone for the server. Called once. */
  onClose(): void
}

/** The protocol of a push server. */
export interface ServerProtocol {
  /** True for the paths that can be connected to; the others are answered with 404. */
  acceptsPath(path: string): boolean
  /** A connection was accepted. `query` belongs to its URL. */
  onConnection(
    connection: ServerConnection,
    query: URLSearchParams,
    headers: IncomingMessage['headers'],
  ): ConnectionHandler
}

/** The control of a sandbox's push for tests. Where no `where` is given, all open connections are meant. */
export interface PushControl {
  /** The open connections, oldest first. */
  readonly connections: readonly PushConnection[]
  /** The number of connections accepted since the start. */
  readonly accepted: number
  /** Newest last; bounded to the last 10 000. Swallowed frames are not in it. */
  readonly frames: readonly PushFrame[]
  clearFrames(): void
  /** Makes push fail. The returned function removes the fault. */
  injectFault(fault: PushFault): () => void
  /** Cuts connections without a closing frame. Returns how many. */
  drop(where?: (connection: PushConnection) => boolean): number
  /** Sends a text, or a binary frame, that no protocol has made: garbage, for example. */
  sendRaw(frame: string | Buffer, where?: (connection: PushConnection) => boolean): void
  /** Sends a push-like JSON frame of this many bytes. */
  sendOversized(bytes: number, where?: (connection: PushConnection) => boolean): void
}

/** A WebSocket server on a sandbox's HTTP server. */
export interface PushServer {
  readonly control: PushControl
  readonly faults: PushFaultInjector
  /** Accepts or refuses an upgrade of the HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

const FRAMES_KEPT = 10_000

/** Creates a push server that speaks a protocol. Its `upgrade` is given to the HTTP server. */
export function createPushServer(protocol: ServerProtocol): PushServer {
  // Pings are answered by the connection, because a half-open one does not answer.
  const server = new WebSocketServer({ noServer: true, autoPong: false, perMessageDeflate: false })
  const faults = new PushFaultInjector()
  const connections = new Set<ServerConnection>()
  const frames: PushFrame[] = []
  let accepted = 0

  const record = (frame: PushFrame): void => {
    frames.push(frame)
    if (frames.length > FRAMES_KEPT) frames.shift()
  }
  const chosen = (where: ((connection: PushConnection) => boolean) | undefined): ServerConnection[] =>
    [...connections].filter((connection) => where?.(connection) ?? true)
  const flushAll = (): void => {
    for (const connection of connections) connection.flush()
  }
  const accept = (socket: WebSocket, request: IncomingMessage): void => {
    accepted += 1
    const { pathname, searchParams } = urlOf(request)
    const connection = new ServerConnection(socket, { number: accepted, path: pathname }, faults, record)
    connections.add(connection)
    socket.once('close', () => connections.delete(connection))
    connection.start(protocol.onConnection(connection, searchParams, request.headers))
  }

  return {
    faults,
    upgrade(request, socket, head) {
      const refused = faults.takeUpgradeStatus()
      const status = refused ?? (protocol.acceptsPath(urlOf(request).pathname) ? null : 404)
      if (status === null) server.handleUpgrade(request, socket, head, accept)
      else socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    },
    close() {
      for (const connection of connections) connection.drop()
      server.close()
    },
    control: {
      get connections() {
        return chosen(({ isOpen }: ServerConnection) => isOpen)
      },
      get accepted() {
        return accepted
      },
      frames,
      clearFrames: () => void frames.splice(0),
      injectFault: (fault) => faults.add(fault, flushAll),
      drop(where) {
        const dropped = chosen(where)
        for (const connection of dropped) connection.drop()
        return dropped.length
      },
      sendRaw(frame, where) {
        for (const connection of chosen(where)) connection.sendRaw(frame)
      },
      sendOversized(bytes, where) {
        const frame = JSON.stringify({ filler: 'x'.repeat(bytes) })
        for (const connection of chosen(where)) connection.sendRaw(frame)
      },
    },
  }
}

function urlOf({ url = '/' }: IncomingMessage): URL {
  return new URL(url, 'http://sandbox')
}
