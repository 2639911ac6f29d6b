import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { AdapterRegistry, CallContext } from '../../domain/adapter.ts'
import { restrictRegistry } from '../../domain/adapter-registry.ts'
import { CallAllowance } from '../../domain/call-allowance.ts'
import { ChatError } from '../../domain/errors.ts'
import type { MutationLimits } from '../../schema/context.ts'
import type { Tracing } from '../../tracing/tracing.ts'
import { refusalDetails, type SecurityLog } from '../diagnostics/security-log.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import { authenticationFailureDetails, toHttpResponse } from '../identity/authentication-failure.ts'
import type { IdentifiedClient, IdentifyCaller } from '../identity/caller-identification.ts'
import { credentialsOf } from '../identity/http-credentials.ts'
import { downloadLimits, TransferQuota, uploadLimits } from '../limits/transfer-quota.ts'
import { sourceKey } from '../limits/work-limits.ts'
import { setCorsHeaders } from '../request-checks/cors.ts'
import { disconnectionOf } from '../request-checks/disconnection.ts'
import type { RequestChecks } from '../request-checks/request-checks.ts'
import { sendFile } from './download.ts'
import { sendFailure, sendJson } from './failure-response.ts'
import type { FileTransfer } from './file-transfer.ts'
import { receiveFile } from './upload.ts'

/** Dependencies and limits of file transfers. */
export interface FileHandlerOptions extends RequestChecks {
  readonly registry: AdapterRegistry
  readonly identify: IdentifyCaller
  readonly mutationLimits: Pick<MutationLimits, 'consume'>
  readonly security: SecurityLog
  readonly unexpected: UnexpectedErrors
  readonly log: Logger
  /** Null where tracing is off. */
  readonly tracing: Tracing | null
  /** Called when a file was sent to a room. */
  readonly onFileSent: (provider: string, roomId: string) => void
  /** Called when an upload has ended: a query that begins later must see its effect. */
  readonly onMutationEnd: () => void
  /** Milliseconds after which a transfer whose client neither sends nor takes anything is cut. */
  readonly idleMs?: number
}

/** Serves a path if it is one of files; null for any other path. */
export type ServeFile = (path: string, req: IncomingMessage, res: ServerResponse) => Promise<void> | null

const UPLOAD_PATH = /^\/rooms\/([\w-]+)\/files$/
const DOWNLOAD_PATH = /^\/files\/([\w-]+)$/
const IDLE_MS = 30_000
/** When a client over the limit of transfers may try again. */
const RETRY_MS = 1_000

/** The response headers that a page of an allowed origin may read. */
const EXPOSED_HEADERS = 'content-disposition, content-length, content-range, accept-ranges, etag, retry-after'

/** Runs one transfer of an identified caller. */
type RunTransfer = (transfer: FileTransfer) => Promise<void>

/** Serves `POST /rooms/<room id>/files` and `GET /files/<attachment id>`. */
export function createFileHandler(options: FileHandlerOptions): ServeFile {
  const uploads = new TransferQuota(uploadLimits)
  const downloads = new TransferQuota(downloadLimits)

  const upload = (id: string, req: IncomingMessage, res: ServerResponse): RunTransfer => {
    return async (transfer) => {
      const { caller, clientAddress = null } = transfer.call
      const exceeded = await options.mutationLimits.consume(caller, clientAddress)
      if (exceeded) throw exceeded
      try {
        await receiveFile(id, req, res, transfer, options.onFileSent)
      } finally {
        options.onMutationEnd()
      }
    }
  }

  return (path, req, res) => {
    const [, roomId] = UPLOAD_PATH.exec(path) ?? []
    if (roomId !== undefined) {
      return serve(req, res, { methods: ['POST'], quota: uploads, run: upload(roomId, req, res) }, options)
    }
    const [, attachmentId] = DOWNLOAD_PATH.exec(path) ?? []
    if (attachmentId === undefined) return null
    const run: RunTransfer = (transfer) => sendFile(attachmentId, req, res, transfer)
    return serve(req, res, { methods: ['GET', 'HEAD'], quota: downloads, run }, options)
  }
}

/** How requests to one path are served. */
interface Endpoint {
  readonly methods: readonly string[]
  readonly quota: TransferQuota
  readonly run: RunTransfer
}

async function serve(
  req: IncomingMessage,
  res: ServerResponse,
  { methods, quota, run }: Endpoint,
  options: FileHandlerOptions,
): Promise<void> {
  const clientAddress = options.clientAddress(req)
  if (!setCorsHeaders(req, res, options.isAllowedOrigin))
    options.security.recordRefusal('origin', { address: clientAddress })
  res.setHeader('access-control-expose-headers', EXPOSED_HEADERS)
  if (req.method === 'OPTIONS') return void res.writeHead(204).end()
  if (!methods.includes(req.method ?? '')) return rejectMethod(res, methods)
  const signal = disconnectionOf(req, res)
  try {
    const client = await identifyClient(req, res, clientAddress, options)
    if (client) await runWithinQuota(client, signal, { quota, run }, options)
  } catch (error) {
    if (error instanceof ChatError) options.tracing?.active?.set({ 'switchboard.result.code': error.code })
    // The client is gone, or has received a part of a file.
    if (signal.aborted || res.headersSent) return void res.destroy()
    sendFailure(res, error, options)
  }
}

function rejectMethod(res: ServerResponse, methods: readonly string[]): void {
  res.setHeader('allow', methods.join(', '))
  sendJson(res, 405, { code: 'INVALID_INPUT', detail: `Send ${methods.join(' or ')}.`, field: null })
}

async function runWithinQuota(
  { caller, clientAddress }: IdentifiedClient,
  signal: AbortSignal,
  { quota, run }: Pick<Endpoint, 'quota' | 'run'>,
  options: FileHandlerOptions,
): Promise<void> {
  const release = quota.acquire(sourceKey(caller, clientAddress))
  if (release === null) {
    options.security.recordRefusal('transfers', refusalDetails(caller, clientAddress))
    const detail = 'Too many files are transferred at the moment.'
    throw new ChatError('RATE_LIMITED', detail, { retryAfterMs: RETRY_MS })
  }
  try {
    const { registry, log, tracing, idleMs = IDLE_MS } = options
    const isVerified = () => registry.all.some((adapter) => adapter.isVerified(caller))
    const allowance = new CallAllowance(caller, isVerified)
    const call: CallContext = { caller, clientAddress, signal, log, allowance }
    tracing?.active?.set({ 'switchboard.caller.role': caller.role })
    await run({ call, registry: restrictRegistry(registry, caller), idleMs })
    tracing?.active?.set({ 'switchboard.result.code': 'OK' })
  } finally {
    release()
  }
}

/** Identifies the caller; null if its credential was rejected, and the response says so. */
async function identifyClient(
  req: IncomingMessage,
  res: ServerResponse,
  clientAddress: string,
  { identify, security }: FileHandlerOptions,
): Promise<IdentifiedClient | null> {
  const identity = await identify(credentialsOf(req))
  if (!('credential' in identity)) return { ...identity, clientAddress }
  security.recordRefusal(identity.credential, authenticationFailureDetails(identity, clientAddress))
  const { status, headers, code, message } = toHttpResponse(identity)
  res.setHeaders(new Headers(headers))
  sendJson(res, status, { code, detail: message, field: null })
  return null
}
