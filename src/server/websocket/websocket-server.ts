import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, handleProtocols } from 'graphql-ws'
import type { Logger } from 'pino'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Tracing } from '../../tracing/tracing.ts'
import type { SecurityLog } from '../diagnostics/security-log.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import { createMaskError } from '../graphql/error-masking.ts'
import { GRAPHQL_PATH, type GraphQLServer } from '../graphql/graphql-server.ts'
import type { TrustedDocuments } from '../graphql/trusted-documents.ts'
import type { IdentifyCaller } from '../identity/caller-identification.ts'
import type { SocketQuota } from '../limits/socket-quota.ts'
import type { WorkLimits } from '../limits/work-limits.ts'
import { MAX_REQUEST_BYTES } from '../request-checks/request-body.ts'
import type { RequestChecks } from '../request-checks/request-checks.ts'
import type { SubscriptionServices } from '../shared-subscriptions/subscription-services.ts'
import { ClosingSocket, type SocketSession } from './closing-socket.ts'
import { createSessionServices, Session } from './session.ts'
import { SocketWriter } from './socket-writer.ts'

/**
 * Milliseconds that a closing handshake may take, because a peer that reads nothing never receives our close frame.
 * The types of the library lack the option.
 */
const CLOSE_TIMEOUT = { closeTimeout: 5_000 } as const
/** The library's error code for a message above `maxPayload`. */
const MESSAGE_TOO_LARGE = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
/** Small frames do not shrink, and a compression context for each connection would take 200 KB. */
const COMPRESSION = {
  threshold: 1024,
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
} as const

/** The status of an upgrade that exceeds a limit on sockets. */
const STATUS_BY_EXCEEDED_LIMIT = { all: '503 Service Unavailable', address: '429 Too Many Requests' } as const

/** Dependencies of WebSockets. */
export interface WebSocketOptions extends RequestChecks {
  readonly graphql: GraphQLServer
  readonly documents: TrustedDocuments
  readonly subscriptions: SubscriptionServices
  readonly identify: IdentifyCaller
  readonly security: SecurityLog
  readonly socketQuota: SocketQuota
  readonly maxSubscriptionsPerSocket: number
  /** Whether the server offers permessage-deflate. */
  readonly compression: boolean
  /** Milliseconds within which a client must send connection_init. */
  readonly initTimeoutMs: number
  /** Milliseconds that a client has to close its side when the gateway stops. */
  readonly finishMs: number
  readonly log: Logger
  readonly unexpected: UnexpectedErrors
  readonly workLimits: WorkLimits
  /** Null where tracing is off. */
  readonly tracing: Tracing | null
}

/**
 * Serves graphql-transport-ws at the GraphQL path. The returned function waits until all sockets are closed, and accepts no
 * further ones; `OpenConnections` closes those with a session.
 */
export function serveWebSockets(server: Server, options: WebSocketOptions): () => Promise<void> {
  const { unexpected, socketQuota, security } = options
  const sockets = new WebSocketServer({
    ...CLOSE_TIMEOUT,
    WebSocket: ClosingSocket,
    noServer: true,
    maxPayload: MAX_REQUEST_BYTES,
    handleProtocols,
    perMessageDeflate: options.compression && COMPRESSION,
  })
  const openSession = createSessionOpener(options)
  const upgrade = (request: IncomingMessage, transport: Duplex, head: Buffer): void => {
    transport.on('error', destroy)
    const address = options.clientAddress(request)
    const status = rejectionStatus(request, address, options)
    if (status) return void rejectUpgrade(transport, status)
    const quota = socketQuota.acquire(address, 'websocket')
    if ('exceeded' in quota) {
      security.recordRefusal('sockets', { address })
      return void rejectUpgrade(transport, STATUS_BY_EXCEEDED_LIMIT[quota.exceeded], quota.message)
    }
    transport.on('close', quota.release)
    sockets.handleUpgrade(request, transport, head, (socket) => openSession(socket, transport, address))
  }
  server.on(
    'upgrade',
    unexpected.guard('upgrade', upgrade, (_request, transport) => transport.destroy()),
  )
  return () => awaitClosed(sockets, options.finishMs)
}

function destroy(this: Duplex): void {
  this.destroy()
}

/** The status with which an upgrade is rejected; null if it is accepted. */
function rejectionStatus(
  request: IncomingMessage,
  address: string,
  { isAllowedHost, isAllowedOrigin, security }: WebSocketOptions,
): string | null {
  const [path] = (request.url ?? '').split('?', 1)
  if (path !== GRAPHQL_PATH) return '404 Not Found'
  const reason = !isAllowedHost(request) ? 'host' : !isAllowedOrigin(request) ? 'origin' : null
  if (reason === null) return null
  security.recordRefusal(reason, { address })
  return reason === 'host' ? '421 Misdirected Request' : '403 Forbidden'
}

/** Responds to a rejected upgrade and closes its connection. */
function rejectUpgrade(transport: Duplex, status: string, text = ''): void {
  const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: text/plain\r\n`
  transport.end(`${head}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
}

/** Returns a function that opens a session on an accepted socket. All sockets share their listeners. */
function createSessionOpener(options: WebSocketOptions) {
  const { keepAlive, openConnections } = options.subscriptions
  const services = createSessionServices({ ...options, maskError: createMaskError(options) })
  const listeners = createListeners(options)
  return (socket: ClosingSocket, transport: Duplex, clientAddress: string): void => {
    socket.clientAddress = clientAddress
    socket.on('error', listeners.onError)
    if (socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL)
      return void socket.close(CloseCode.SubprotocolNotAcceptable, 'Subprotocol not acceptable')
    const session = new Session(services, socket, new SocketWriter(socket, transport), clientAddress)
    socket.session = session
    socket.on('message', listeners.onMessage)
    socket.on('pong', listeners.onPong)
    socket.on('closing', listeners.onClose)
    socket.on('close', listeners.onClose)
    // A peer that ends without the handshake may not read any more, and the library would wait until it has read everything.
    transport.on('end', () => socket.isClosing || socket.terminate())
    keepAlive.add(session)
    openConnections.add(session)
  }
}

/** Creates the listeners of all sockets. Unexpected errors are reported, and end the socket. */
function createListeners({ log, security, subscriptions, unexpected }: WebSocketOptions) {
  const { keepAlive, openConnections } = subscriptions
  const receive = unexpected.guard(
    'websocket',
    (socket: WebSocket, data: RawData) => sessionOf(socket)?.receive(data),
    (socket) => socket.terminate(),
  )
  const close = unexpected.guard('websocket', (socket: WebSocket) => {
    const session = sessionOf(socket)
    if (!session) return
    keepAlive.remove(session)
    openConnections.remove(session)
    session.onClose()
  })
  return {
    // For a frame that is too large or malformed, `ws` itself closes with the fitting code.
    onError(this: WebSocket, err: Error): void {
      const address = this instanceof ClosingSocket ? this.clientAddress : null
      if ('code' in err && err.code === MESSAGE_TOO_LARGE) security.recordRefusal('request_size', { address })
      log.debug({ err }, 'client violated the WebSocket protocol')
    },
    onMessage(this: WebSocket, data: RawData): void {
      receive(this, data)
    },
    onPong(this: WebSocket): void {
      sessionOf(this)?.onPong()
    },
    onClose(this: WebSocket): void {
      close(this)
    },
  }
}

function sessionOf(socket: WebSocket): SocketSession | null {
  return socket instanceof ClosingSocket ? socket.session : null
}

/** Waits until all sockets are closed, and terminates those whose peers have not closed them within `finishMs`. */
async function awaitClosed(sockets: WebSocketServer, finishMs: number): Promise<void> {
  const deadline = setTimeout(() => {
    for (const client of sockets.clients) client.terminate()
  }, finishMs)
  await new Promise((resolve) => sockets.close(resolve))
  clearTimeout(deadline)
}
