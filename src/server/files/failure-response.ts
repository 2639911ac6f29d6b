import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { ChatError, type ErrorCode, FileRejected } from '../../domain/errors.ts'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'

const statusByCode: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  INVALID_INPUT: 400,
  NOT_FOUND: 404,
  CONFLICT: 409,
  UNSUPPORTED: 422,
  ROOM_CLOSED: 409,
  RATE_LIMITED: 429,
  PROVIDER_UNAVAILABLE: 503,
  PROVIDER_ERROR: 502,
  OUTCOME_UNKNOWN: 504,
}
const statusByRejection: Readonly<Record<FileRejected['reason'], number>> = {
  size: 413,
  type: 415,
  incomplete: 408,
}

/** The body of a failed request. */
export interface FailureBody {
  readonly code: string
  readonly detail: string
  readonly field: string | null
}

/** An expected error as clients see it. */
export function toFailureBody({ code, message, field }: ChatError): FailureBody {
  return { code, detail: message, field }
}

/** Sends JSON that no cache stores. */
export function sendJson(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  res.end(JSON.stringify(body))
}

/** Responds with an expected error. Any other error is logged, and the client gets only the request id of the log line. */
export function sendFailure(
  res: ServerResponse,
  error: unknown,
  { log, unexpected }: { readonly log: Logger; readonly unexpected: Pick<UnexpectedErrors, 'count'> },
): void {
  if (error instanceof ChatError) {
    const status = error instanceof FileRejected ? statusByRejection[error.reason] : statusByCode[error.code]
    if (error.retryAfterMs !== null) res.setHeader('retry-after', Math.ceil(error.retryAfterMs / 1_000))
    sendJson(res, status, toFailureBody(error))
    return
  }
  const requestId = randomUUID()
  unexpected.count('file_transfer')
  log.error({ err: error, requestId }, 'unexpected error in a file transfer')
  sendJson(res, 500, {
    code: 'INTERNAL_SERVER_ERROR',
    detail: 'Something went wrong.',
    field: null,
    requestId,
  })
}
