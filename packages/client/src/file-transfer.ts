import { environment } from './environment.ts'
import { type GatewayError, NetworkError, toGatewayError } from './errors.ts'
import { reachGateway } from './network.ts'

/** Milliseconds without progress after which a transfer is given up: a network that vanishes ends no connection. */
const SILENCE_MS = 120_000

/** A file on its way to the gateway. */
export interface Transfer {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly file: Blob
  readonly signal: AbortSignal | undefined
  readonly onProgress: (share: number) => void
}

/** The gateway's response. */
export interface FileResponse {
  readonly status: number
  readonly text: string
  /** The header `Retry-After`. */
  readonly retryAfter: string | null
}

/** Sends a file. Rejects with a `NetworkError` if no response arrives. */
export function sendFile(transfer: Transfer): Promise<FileResponse> {
  const { XMLHttpRequest } = environment
  return XMLHttpRequest ? sendByXhr(XMLHttpRequest, transfer) : sendByFetch(transfer)
}

/** `fetch` reports no progress of what it sends. */
function sendByXhr(
  XMLHttpRequest: NonNullable<typeof environment.XMLHttpRequest>,
  { url, headers, file, signal, onProgress }: Transfer,
): Promise<FileResponse> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const abort = () => request.abort()
    let timer = setTimeout(abort, SILENCE_MS)
    request.open('POST', url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }: { readonly loaded: number; readonly total: number }) => {
      clearTimeout(timer)
      timer = setTimeout(abort, SILENCE_MS)
      onProgress(total > 0 ? loaded / total : 1)
    }
    request.onloadend = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      const { status, responseText: text } = request
      // There is no status without a response, or after an abort.
      if (status === 0) return reject(new NetworkError('The gateway sent no response.'))
      resolve({ status, text, retryAfter: request.getResponseHeader('retry-after') })
    }
    signal?.addEventListener('abort', abort)
    request.send(file)
    if (signal?.aborted) abort()
  })
}

function sendByFetch({ url, headers, file, signal, onProgress }: Transfer): Promise<FileResponse> {
  return reachGateway(signal, async () => {
    const response = await fetch(url, { method: 'POST', headers, body: file, signal: signal ?? null })
    onProgress(1)
    return readResponse(response)
  })
}

/** Reads the response to a request for a file, if it is no file. */
export async function readResponse(response: Response): Promise<FileResponse> {
  const { status, headers } = response
  return { status, text: await response.text(), retryAfter: headers.get('retry-after') }
}

/** Whether the gateway does not accept the credential of a request for a file. */
export function isRefused({ status }: { readonly status: number }): boolean {
  return status === 401
}

/** The error in a response. A proxy in front of a gateway that is away responds with a page of its own: throws then. */
export function errorOf({ status, text, retryAfter }: FileResponse): GatewayError {
  const fields = readJson(text)
  if (typeof fields.code !== 'string') throw new NetworkError(`The status ${status} is not the gateway's.`)
  const retryAfterMs = retryAfter === null ? null : 1_000 * Number(retryAfter)
  return toGatewayError({ ...fields, retryAfterMs }, fields.detail)
}

function readJson(text: string) {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
