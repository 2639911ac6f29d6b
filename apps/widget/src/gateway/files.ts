import type { Failure } from './gateway.ts'
import { UNAUTHENTICATED, type Visitor } from './visitor.ts'

/** The outcome of an upload. The message comes with the room's events. */
export interface Upload {
  readonly messageId: string | null
  readonly failure: Failure | null
}

const CREATED = 201

/** Sends a file to the visitor's room. `onProgress` receives the part that is sent, from 0 to 1. Never rejects. */
export async function uploadFile(
  visitor: Visitor,
  file: File,
  key: string,
  onProgress: (part: number) => void,
): Promise<Upload> {
  const { roomId, gateway } = visitor
  const url = gateway.urlOf(`rooms/${roomId}/files?name=${encodeURIComponent(file.name)}`)
  const result = await visitor.run((token) => post(url, file, { token, key }, onProgress))
  return 'messageId' in result ? result : { messageId: null, failure: result.failure }
}

/** `fetch` does not report the progress of an upload. */
function post(
  url: string,
  file: File,
  { token, key }: { readonly token: string; readonly key: string },
  onProgress: (part: number) => void,
): Promise<Upload> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('x-visitor-token', token)
    request.setRequestHeader('idempotency-key', key)
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total)
    request.onloadend = () => {
      const { message, code, field } = Object(request.response)
      if (request.status === CREATED) return resolve({ messageId: Object(message).id, failure: null })
      // Without a response the status is 0. A proxy in front of a gateway that is away responds without a code.
      resolve({ messageId: null, failure: { code: typeof code === 'string' ? code : 'AWAY', field } })
    }
    request.send(file)
  })
}

/** Reads a file of the visitor's room; null if it cannot be read. `url` is relative to the gateway. */
export async function downloadFile(visitor: Visitor, url: string): Promise<Blob | null> {
  const result = await visitor.run(async (token) => {
    try {
      const response = await fetch(visitor.gateway.urlOf(url), { headers: { 'x-visitor-token': token } })
      if (response.ok) return { failure: null, blob: await response.blob() }
      return { failure: { code: response.status === 401 ? UNAUTHENTICATED : 'NOT_FOUND' }, blob: null }
    } catch {
      return { failure: { code: 'AWAY' }, blob: null }
    }
  })
  return 'blob' in result ? result.blob : null
}
