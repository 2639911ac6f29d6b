import * as z from 'zod/mini'

/** Reads and sends files with the operator's key, which a link or a form could not send. */
export interface Files {
  /** Reads a file of a message. Rejects if it cannot be read. */
  read(url: string, signal?: AbortSignal): Promise<Blob>
  /** Sends a file to a room. Never rejects. */
  send(roomId: string, file: File, options: SendFileOptions): Promise<SentFile>
}

export interface SendFileOptions {
  /** Idempotency key: sent again with it, the file is delivered once. */
  readonly key: string
  /** Aborts the transfer. */
  readonly signal: AbortSignal
  /** Called with the share that was sent, from 0 to 1. */
  readonly onProgress: (share: number) => void
}

/** The outcome of a transfer. `detail` is the gateway's explanation; null if it was not reached. */
export type SentFile =
  | { readonly outcome: 'sent' | 'aborted' }
  | { readonly outcome: 'failed'; readonly detail: string | null }

/** A response to an upload that has failed (docs/clients.md, "Files"). */
const failure = z.object({ detail: z.string() })

const MAX_NAME_LENGTH = 200

/** `onRefused` is called if the gateway refuses the key. */
export function createFiles(authorization: string, onRefused: () => void): Files {
  return {
    async read(url, signal) {
      const response = await fetch(addressOf(url), { headers: { authorization }, signal: signal ?? null })
      if (response.status === 401) onRefused()
      if (!response.ok) throw new Error(`The file cannot be read: ${response.status}`)
      return response.blob()
    },
    send: (roomId, file, { key, signal, onProgress }) =>
      new Promise((resolve) => {
        // `fetch` reports no progress of what it sends.
        const request = new XMLHttpRequest()
        const name = encodeURIComponent(file.name.slice(-MAX_NAME_LENGTH))
        request.open('POST', addressOf(`/rooms/${roomId}/files?name=${name}`))
        request.setRequestHeader('authorization', authorization)
        request.setRequestHeader('idempotency-key', key)
        request.setRequestHeader('content-type', file.type || 'application/octet-stream')
        request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
        request.onload = () => {
          if (request.status === 401) onRefused()
          if (request.status === 201) resolve({ outcome: 'sent' })
          else resolve({ outcome: 'failed', detail: detailOf(request.responseText) })
        }
        request.onerror = () => resolve({ outcome: 'failed', detail: null })
        request.onabort = () => resolve({ outcome: 'aborted' })
        signal.addEventListener('abort', () => request.abort())
        request.send(file)
      }),
  }
}

/** The address of a path that begins at the gateway's root, which may be at a path of its host. */
function addressOf(path: string): URL {
  return new URL(path.replace(/^\//, ''), location.href)
}

function detailOf(body: string): string | null {
  try {
    const parsed = failure.safeParse(JSON.parse(body))
    return parsed.success ? parsed.data.detail : null
  } catch {
    return null
  }
}
