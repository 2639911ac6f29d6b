import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'

/** What a stub does with what it receives. What it leaves open stays open. */
export interface StubHandlers {
  /** `operation` is the parsed body of a request of GraphQL; null for others. */
  readonly onRequest?: (res: ServerResponse, operation: Operation | null, req: IncomingMessage) => void
  readonly onSocket?: (socket: WebSocket) => void
}

/** A request of GraphQL. */
export interface Operation {
  readonly query: string
  readonly variables: { readonly input?: { readonly idempotencyKey?: string } }
}

/** Starts a server in place of a gateway, which does only what the test says. It ends with the test. Returns its address of GraphQL. */
export async function startStub({ onRequest, onSocket }: StubHandlers): Promise<string> {
  const server = createServer(async (req, res) => {
    const isOperation = req.headers['content-type'] === 'application/json'
    // The client's own request.
    onRequest?.(res, isOperation ? ((await json(req)) as Operation) : null, req)
  })
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' })
  sockets.on('connection', (socket) => onSocket?.(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate()
    server.closeAllConnections()
    server.close()
  })
  // A server that listens on a port has an address with it.
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}/graphql`
}

/** Responds with the result of an operation. */
export function respond(res: ServerResponse, result: object): void {
  res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
}
