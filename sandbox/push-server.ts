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
  /** The highest number of connections that were open at a time. */
  readonly peak: number
  /** Newest last; bounded to the last 10 000. Swallowed frames are not in it. */
  readonly frames: readonly PushFrame[]
  clearFrames(): void
  /** Makes push fail. The returned function removes the fault. */
  injectFault(fault: PushFault): () => void
  /** Cuts connections without a closing frame. Returns how many. */
  drop(where?: (connection: PushConnection) => boolean): number
  /** Ends connections with a closing frame. */
  close(code: number, reason?: string, where?: (connection: PushConnection) => boolean): void
  /** Sends a text, or a binary frame, that no protocol has made: garbage, for example. */
  sendRaw(frame: string | Buffer, where?: (connection: PushConnection) => boolean): void
  /** Sends a push-like JSON frame of this many bytes. */
  sendOversized(bytes: number, where?: (connection: PushConnection) => boolean): void
  /** Waits until a condition holds. It is tested now, and after each frame, swallowed ones included, connection and disconnection. */
  until(condition: () => boolean): Promise<void>
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
  const watchers = new Watchers()
  let accepted = 0
  let peak = 0

  const record = (frame: PushFrame): void => {
    frames.push(frame)
    if (frames.length > FRAMES_KEPT) frames.shift()
    watchers.testSoon()
  }
  const chosen = (where: ((connection: PushConnection) => boolean) | undefined): ServerConnection[] =>
    [...connections].filter((connection) => where?.(connection) ?? true)
  const flushAll = (): void => {
    for (const connection of connections) connection.flush()
  }
  const accept = (socket: WebSocket, request: IncomingMessage): void => {
    accepted += 1
    const { pathname, searchParams } = urlOf(request)
    const connection = new ServerConnection(
      socket,
      { number: accepted, path: pathname },
      faults,
      record,
      () => watchers.testSoon(),
    )
    connections.add(connection)
    connection.start(protocol.onConnection(connection, searchParams, request.headers))
    peak = Math.max(peak, [...connections].filter(({ isOpen }) => isOpen).length)
    watchers.testSoon()
    socket.once('close', () => {
      connections.delete(connection)
      watchers.testSoon()
    })
  }

  return {
    faults,
    upgrade(request, socket, head) {
      const refused = faults.takeUpgradeStatus()
      const status = refused ?? (protocol.acceptsPath(urlOf(request).pathname) ? null : 404)
      if (status === null) server.handleUpgrade(request, socket, head, accept)
      else {
        // The client may be gone: an error event without a listener would end the process.
        socket.on('error', () => socket.destroy())
        socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      }
    },
    close() {
      for (const connection of connections) connection.drop()
      server.close()
    },
    control: {
      get connections() {
        return [...connections].filter(({ isOpen }) => isOpen)
      },
      get accepted() {
        return accepted
      },
      get peak() {
        return peak
      },
      frames,
      clearFrames: () => void frames.splice(0),
      injectFault: (fault) => faults.add(fault, flushAll),
      drop(where) {
        const dropped = chosen(where)
        for (const connection of dropped) connection.drop()
        return dropped.length
      },
      close(code, reason, where) {
        for (const connection of chosen(where)) connection.close(code, reason)
      },
      sendRaw(frame, where) {
        for (const connection of chosen(where)) connection.sendRaw(frame)
      },
      sendOversized(bytes, where) {
        const frame = JSON.stringify({ filler: 'x'.repeat(bytes) })
        for (const connection of chosen(where)) connection.sendRaw(frame)
      },
      until: (condition) => watchers.until(condition),
    },
  }
}

/** Conditions that tests wait for. */
class Watchers {
  #waiting: readonly { readonly condition: () => boolean; readonly resolve: () => void }[] = []

  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve()
    return new Promise((resolve) => {
      this.#waiting = [...this.#waiting, { condition, resolve }]
    })
  }

  /** Tests the conditions after the current event was handled completely. */
  testSoon(): void {
    if (this.#waiting.length > 0) queueMicrotask(() => this.#test())
  }

  #test(): void {
    const met = this.#waiting.filter(({ condition }) => condition())
    this.#waiting = this.#waiting.filter((waiting) => !met.includes(waiting))
    for (const { resolve } of met) resolve()
  }
}

function urlOf({ url = '/' }: IncomingMessage): URL {
  return new URL(url, 'http://sandbox')
}
