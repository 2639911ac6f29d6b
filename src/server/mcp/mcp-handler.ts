import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OperatorCaller } from '../../domain/caller.ts'
import { parseJson } from '../../domain/json.ts'
import { refusalDetails, type SecurityLog } from '../diagnostics/security-log.ts'
import { authenticationFailureDetails, toHttpResponse } from '../identity/authentication-failure.ts'
import type { IdentifyCaller } from '../identity/caller-identification.ts'
import { credentialsOf } from '../identity/http-credentials.ts'
import { bodyWaitMs, chargeOf } from '../limits/large-body.ts'
import type { WorkLimits } from '../limits/work-limits.ts'
import { setCorsHeaders } from '../request-checks/cors.ts'
import { disconnectionOf } from '../request-checks/disconnection.ts'
import { MAX_REQUEST_BYTES, readBody } from '../request-checks/request-body.ts'
import type { RequestChecks } from '../request-checks/request-checks.ts'
import type { ProtocolOptions, ServeProtocol } from './protocol.ts'
import type { McpClient } from './run-document.ts'
import { sendWebResponse, toWebRequest } from './web-exchange.ts'

/** Path of the Model Context Protocol. */
export const MCP_PATH = '/mcp'

/** Dependencies of the handler. */
export interface McpHandlerOptions extends RequestChecks, ProtocolOptions {
  readonly identify: IdentifyCaller
  readonly security: SecurityLog
  readonly workLimits: WorkLimits
}

/** Serves a request to the path of the protocol. */
export type ServeMcp = (req: IncomingMessage, res: ServerResponse) => Promise<void>

/** Codes of JSON-RPC: the message is no JSON; it is no valid request; the server refuses it. */
const PARSE_ERROR = -32_700
const INVALID_REQUEST = -32_600
const SERVER_ERROR = -32_000

/** The request headers of the protocol that a page of an allowed origin may send. */
const REQUEST_HEADERS =
  'content-type, accept, authorization, mcp-protocol-version, mcp-session-id, mcp-method, mcp-name, last-event-id'

/** Creates the handler of the Model Context Protocol. Its library is loaded with the first request of an operator. */
export function createMcpHandler(options: McpHandlerOptions): ServeMcp {
  let protocol: Promise<ServeProtocol> | null = null
  const loadProtocol = async (): Promise<ServeProtocol> => {
    const { createProtocol } = await import('./protocol.ts')
    return createProtocol(options)
  }
  return async (req, res) => {
    const signal = disconnectionOf(req, res)
    try {
      const received = await receive(req, res, options)
      if (!received) return
      protocol ??= loadProtocol()
      const serve = await protocol
      const request = toWebRequest(req, MCP_PATH, signal)
      const response = await serve(request, received.message, received.client)
      if (!signal.aborted) await sendWebResponse(res, response)
    } catch (error) {
      // A client that is gone is not a defect of the gateway.
      if (signal.aborted) return void res.destroy()
      throw error
    }
  }
}

/** A request that passed all checks. */
interface ReceivedRequest {
  readonly client: McpClient
  /** The parsed body; undefined for a method without one. */
  readonly message: unknown
}

/** Checks a request and reads its body; null if it was answered. */
async function receive(
  req: IncomingMessage,
  res: ServerResponse,
  options: McpHandlerOptions,
): Promise<ReceivedRequest | null> {
  const clientAddress = options.clientAddress(req)
  if (!setCorsHeaders(req, res, options.isAllowedOrigin)) {
    options.security.recordRefusal('origin', { address: clientAddress })
    // The protocol demands it: local servers are attacked through pages.
    return reject(res, 403, SERVER_ERROR, 'FORBIDDEN', 'This origin is not allowed: see ALLOWED_ORIGINS.')
  }
  if (req.method === 'OPTIONS') return answerPreflight(res)
  const caller = await identifyOperator(req, res, clientAddress, options)
  if (!caller) return null
  if (req.method !== 'POST') return { client: { caller, clientAddress, charge: null }, message: undefined }
  return readMessage(req, res, { caller, clientAddress }, options)
}

function answerPreflight(res: ServerResponse): null {
  if (res.hasHeader('access-control-allow-headers'))
    res.setHeader('access-control-allow-headers', REQUEST_HEADERS)
  res.writeHead(204).end()
  return null
}

/** Identifies the operator; null if the caller is none, and the response says so. */
async function identifyOperator(
  req: IncomingMessage,
  res: ServerResponse,
  address: string,
  { identify, security }: McpHandlerOptions,
): Promise<OperatorCaller | null> {
  const identity = await identify(credentialsOf(req))
  if ('credential' in identity) {
    security.recordRefusal(identity.credential, authenticationFailureDetails(identity, address))
    const { status, headers, code, message } = toHttpResponse(identity)
    res.setHeaders(new Headers(headers))
    return reject(res, status, SERVER_ERROR, code, message)
  }
  if (identity.caller.role === 'OPERATOR') return identity.caller
  res.setHeader('www-authenticate', 'Bearer')
  return reject(
    res,
    401,
    SERVER_ERROR,
    'UNAUTHENTICATED',
    'Send the key or the JWT of an operator as Bearer.',
  )
}

/** Reads and parses the body within the limits of a GraphQL request; null if one of them rejects it. */
async function readMessage(
  req: IncomingMessage,
  res: ServerResponse,
  sender: Pick<McpClient, 'caller' | 'clientAddress'>,
  { security, workLimits }: McpHandlerOptions,
): Promise<ReceivedRequest | null> {
  const bytes = await readBody(req, MAX_REQUEST_BYTES)
  if (!bytes) {
    security.recordRefusal('request_size', { address: sender.clientAddress })
    return reject(res, 413, SERVER_ERROR, 'REQUEST_ENTITY_TOO_LARGE', 'Send 1 MiB at most.')
  }
  const body = bytes.toString()
  const waitMs = bodyWaitMs(body, sender, workLimits)
  if (waitMs > 0) {
    security.recordRefusal('rate_limit', refusalDetails(sender.caller, sender.clientAddress))
    res.setHeader('retry-after', Math.ceil(waitMs / 1_000))
    return reject(res, 429, SERVER_ERROR, 'RATE_LIMITED', 'Too many large requests: send fewer.')
  }
  const charge = chargeOf(body, sender, workLimits)
  const parse = () => parseJson(body)
  const message = charge ? charge(parse) : parse()
  if (message === undefined)
    return reject(res, 400, PARSE_ERROR, 'BAD_REQUEST', 'Send JSON that is not nested deeply.')
  // Each message of a batch would be an operation of its own, and all would run at once.
  if (Array.isArray(message))
    return reject(res, 400, INVALID_REQUEST, 'BAD_REQUEST', 'Send one message per request.')
  return { client: { ...sender, charge }, message }
}

/** Responds with an error of JSON-RPC. */
function reject(res: ServerResponse, status: number, rpcCode: number, code: string, message: string): null {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  const error = { code: rpcCode, message, data: { code } }
  res.end(JSON.stringify({ jsonrpc: '2.0', id: null, error }))
  return null
}
