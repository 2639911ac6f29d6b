import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, handleProtocols } from 'graphql-ws'
import type { Logger } from 'pino'
import { type RawData, WebSocketServer } from 'ws'
import type { SecurityLog } from '../diagnostics/security-log.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import { createMaskError } from '../graphql/error-masking.ts'
import { GRAPHQL_PATH, type GraphQLServer, MAX_REQUEST_BYTES } from '../graphql/graphql-server.ts'
import type { TrustedDocuments } from '../graphql/trusted-documents.ts'
import type { IdentifyCaller } from '../identity/caller-identification.ts'
import type { SocketQuota } from '../limits/socket-quota.ts'
import type { WorkLimits } from '../limits/work-limits.ts'
import type { RequestChecks } from '../request-checks/request-checks.ts'
import type { SubscriptionServices } from '../shared-subscriptions/subscription-services.ts'
import { ClosingSocket } from './closing-socket.ts'
import { Session, type SessionOptions } from './session.ts'
import { SocketWriter } from './socket-writer.ts'

const GOING_AWAY = 1001
/**
 * Milliseconds that a closing handshake may take: a peer that reads nothing never takes in our part of it. The
 * library's types do not know the option.
 */
const CLOSING = { closeTimeout: 5_000 } as const
/** The code of the library's error for a message above `maxPayload`. */
const TOO_LARGE = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
/** Small frames do not shrink, and a dictionary per connection would cost 200 KB. */
const COMPRESSION = {
  threshold: 1024,
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
} as const

/** The status of an upgrade that one of the limits on sockets refuses. */
const SOCKETS_EXCEEDED = { all: '503 Service Unavailable', address: '429 Too Many Requests' } as const

/** What sockets are served with. */
export interface WebSocketOptions extends RequestChecks {
  readonly graphql: GraphQLServer
  readonly documents: TrustedDocuments
  readonly subscriptions: SubscriptionServices
  readonly identify: IdentifyCaller
  readonly security: SecurityLog
  readonly socketQuota: SocketQuota
  readonly maxSubscriptionsPerSocket: number
  /** Whether permessage-deflate is offered. */
  readonly compression: boolean
  /** Milliseconds within which a client must introduce itself. */
  readonly initTimeoutMs: number
  /** Milliseconds that a client has to close its side when the gateway stops. */
  readonly drainMs: number
  readonly log: Logger
  readonly unexpected: UnexpectedErrors
  readonly workLimits: WorkLimits
}

/** Serves graphql-transport-ws at the GraphQL path; the returned function closes every socket. */
export function serveWebSockets(server: Server, options: WebSocketOptions): () => Promise<void> {
  const sockets = new WebSocketServer({
    ...CLOSING,
    WebSocket: ClosingSocket,
    noServer: true,
    maxPayload: MAX_REQUEST_BYTES,
    handleProtocols,
    perMessageDeflate: options.compression && COMPRESSION,
  })
  const session = { ...options, maskError: createMaskError(options) }
  const upgrade = (request: IncomingMessage, transport: Duplex, head: Buffer): void => {
    transport.on('error', () => transport.destroy())
    const address = options.clientAddress(request)
    const refusal = refuse(request, address, options)
    if (refusal) return void end(transport, refusal)
    const admission = options.socketQuota.acquire(address)
    if ('exceeded' in admission) {
      options.security.recordRefusal('sockets', { address })
      return void end(transport, SOCKETS_EXCEEDED[admission.exceeded], admission.message)
    }
    transport.once('close', admission.release)
    sockets.handleUpgrade(request, transport, head, (socket) => serve(socket, transport, address, session))
  }
  server.on(
    'upgrade',
    options.unexpected.guard('upgrade', upgrade, (_request, transport) => transport.destroy()),
  )
  return () => closeAll(sockets, options.drainMs)
}

/** Answers an upgrade that is refused, and closes its connection. */
function end(transport: Duplex, status: string, text = ''): void {
  const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: text/plain\r\n`
  transport.end(`${head}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
}

/** Puts an accepted socket behind the protocol. What breaks is told to the log. */
function serve(
  socket: ClosingSocket,
  transport: Duplex,
  address: string,
  options: WebSocketOptions & SessionOptions,
): void {
  const { log, unexpected } = options
  // A frame that is too big or malformed: `ws` closes with the fitting code by itself.
  socket.on('error', (err) => {
    if ('code' in err && err.code === TOO_LARGE) options.security.recordRefusal('request_size', { address })
    log.debug({ err }, 'a peer broke the WebSocket protocol')
  })
  if (socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL)
    return void socket.close(CloseCode.SubprotocolNotAcceptable, 'Subprotocol not acceptable')
  const { keepAlive } = options.subscriptions
  const session = new Session(options, socket, new SocketWriter(socket, transport), address)
  socket.on(
    'message',
    unexpected.guard(
      'websocket',
      (data: RawData) => session.receive(data),
      () => socket.terminate(),
    ),
  )
  socket.on('pong', () => session.onPong())
  const leave = unexpected.guard('websocket', () => {
    keepAlive.remove(session)
    session.onClose()
  })
  socket.once('closing', leave)
  socket.once('close', leave)
  // Who hangs up without the handshake may read no more either, and the library would wait until all is read.
  transport.once('end', () => socket.isClosing || socket.terminate())
  keepAlive.add(session)
}

/** Says goodbye to every client, and to those who do not answer no longer than `drainMs`. */
async function closeAll(sockets: WebSocketServer, drainMs: number): Promise<void> {
  for (const client of sockets.clients) client.close(GOING_AWAY, 'Going away')
  const impatient = setTimeout(() => {
    for (const client of sockets.clients) client.terminate()
  }, drainMs)
  await new Promise((resolve) => sockets.close(resolve))
  clearTimeout(impatient)
}

/** The status with which an upgrade is refused; null for one that is accepted. */
function refuse(
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
