import { type Credential, headersOf } from './credential.ts'
import { addressOf, type Endpoint } from './endpoint.ts'
import { environment } from './environment.ts'
import { GatewayError, NetworkError } from './errors.ts'
import {
  type AttemptResult,
  createIdempotencyKey,
  type Outcome,
  type WriteOptions,
  write,
} from './outcome.ts'
import { type Abortable, withCurrentCredential } from './request.ts'

const CREATED = 201
const UNAUTHORIZED = 401
const MAX_NAME_LENGTH = 200

/** Options of an upload. */
export interface UploadOptions extends WriteOptions {
  /** The file's name; by default that of a `File`. */
  readonly name?: string | undefined
  /** A text that is sent with the file. */
  readonly text?: string | undefined
  /** Called with the share that was sent, from 0 to 1. Without XMLHttpRequest, as in Node, only at the end. */
  readonly onProgress?: ((share: number) => void) | undefined
}

/** The response to an upload (docs/clients.md, "Files"). */
export interface UploadPayload {
  readonly message: {
    readonly id: string
    readonly attachments: readonly {
      readonly id: string
      readonly url: string
      readonly externalUrl: string | null
      readonly name: string | null
      readonly contentType: string | null
      readonly size: number | null
    }[]
  }
  /** Why the text was not sent although the file was; absent if it was. */
  readonly textError?: { readonly code: string; readonly detail: string }
}

interface Transfer {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly file: Blob
  readonly signal: AbortSignal | undefined
  readonly onProgress: (share: number) => void
}

interface FileResponse {
  readonly status: number
  readonly text: string
  /** The header `Retry-After`. */
  readonly retryAfter: string | null
}

/** Sends a file to a room, again with the same key if no response arrives. */
export async function uploadFile(
  endpoint: Endpoint,
  roomId: string,
  file: Blob & { readonly name?: string },
  {
    name = file.name ?? 'file',
    text,
    idempotencyKey = createIdempotencyKey(),
    onProgress = () => {},
    signal,
  }: UploadOptions = {},
): Promise<Outcome<UploadPayload>> {
  const query = new URLSearchParams({
    name: name.slice(-MAX_NAME_LENGTH),
    ...(text !== undefined && { text }),
  })
  const url = addressOf(endpoint, `/rooms/${roomId}/files?${query}`)
  const contentType = file.type || 'application/octet-stream'
  const send = (credential: Credential) => {
    const headers = {
      ...headersOf(credential),
      'content-type': contentType,
      'idempotency-key': idempotencyKey,
    }
    const transfer = { url, headers, file, signal, onProgress }
    return environment.XMLHttpRequest
      ? sendByXhr(environment.XMLHttpRequest, transfer)
      : sendByFetch(transfer)
  }
  const attempt = async () =>
    readUpload(await withCurrentCredential(endpoint, send, ({ status }) => status === UNAUTHORIZED))
  return write(idempotencyKey, attempt, signal)
}

/** Reads a file of a message, by the `url` of its attachment. Rejects if it cannot be read. */
export async function downloadFile(
  endpoint: Endpoint,
  url: string,
  { signal }: Abortable = {},
): Promise<Blob> {
  const send = (credential: Credential) =>
    fetch(addressOf(endpoint, url), { headers: headersOf(credential), signal: signal ?? null })
  try {
    const response = await withCurrentCredential(endpoint, send, ({ status }) => status === UNAUTHORIZED)
    if (response.ok) return await response.blob()
    throw errorOf({
      status: response.status,
      text: await response.text(),
      retryAfter: response.headers.get('retry-after'),
    })
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof GatewayError || cause instanceof NetworkError) throw cause
    throw new NetworkError('The file cannot be read.', { cause })
  }
}

/** `fetch` reports no progress of what it sends. */
function sendByXhr(
  XMLHttpRequest: NonNullable<typeof environment.XMLHttpRequest>,
  { url, headers, file, signal, onProgress }: Transfer,
): Promise<FileResponse> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const abort = () => request.abort()
    request.open('POST', url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }: { readonly loaded: number; readonly total: number }) =>
      onProgress(total > 0 ? loaded / total : 1)
    request.onloadend = () => {
      signal?.removeEventListener('abort', abort)
      const { status, responseText: text } = request
      // There is no status without a response, or after an abort.
      if (status === 0) return reject(new NetworkError('The gateway sent no response.'))
      resolve({ status, text, retryAfter: request.getResponseHeader('retry-after') })
    }
    signal?.addEventListener('abort', abort)
    request.send(file)
  })
}

async function sendByFetch({ url, headers, file, signal, onProgress }: Transfer): Promise<FileResponse> {
  try {
    const response = await fetch(url, { method: 'POST', headers, body: file, signal: signal ?? null })
    const text = await response.text()
    onProgress(1)
    return { status: response.status, text, retryAfter: response.headers.get('retry-after') }
  } catch (cause) {
    throw new NetworkError('The gateway sent no response.', { cause })
  }
}

function readUpload(response: FileResponse): AttemptResult<UploadPayload> {
  if (response.status !== CREATED) return { error: errorOf(response) }
  const payload: UploadPayload = JSON.parse(response.text)
  return { payload }
}

/** The error in a response. A proxy in front of a gateway that is away responds with a page of its own: throws then. */
function errorOf({ status, text, retryAfter }: FileResponse): GatewayError {
  const { code, detail, field } = readJson(text)
  const retryAfterMs = retryAfter === null ? null : 1_000 * Number(retryAfter)
  if (typeof code === 'string')
    return new GatewayError({ code, message: String(detail), field, retryAfterMs })
  throw new NetworkError(`The response with the status ${status} is not the gateway's.`)
}

function readJson(text: string) {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
