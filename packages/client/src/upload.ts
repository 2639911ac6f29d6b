import { type Credential, headersOf } from './credential.ts'
import { addressOf, type Endpoint } from './endpoint.ts'
import { errorOf, isRefused, sendFile } from './file-transfer.ts'
import { createIdempotencyKey, type Outcome, type WriteOptions, write } from './outcome.ts'
import { withCurrentCredential } from './request.ts'

const CREATED = 201
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

/** Sends a file to a room, again with the same key if no response arrives. */
export async function uploadFile(
  endpoint: Endpoint,
  roomId: string,
  file: Blob & { readonly name?: string },
  options: UploadOptions = {},
): Promise<Outcome<UploadPayload>> {
  const {
    name = file.name ?? 'file',
    text,
    idempotencyKey = createIdempotencyKey(),
    onProgress = () => {},
    signal,
  } = options
  const query = new URLSearchParams({
    name: name.slice(-MAX_NAME_LENGTH),
    ...(text !== undefined && { text }),
  })
  const url = addressOf(endpoint, `/rooms/${encodeURIComponent(roomId)}/files?${query}`)
  const contentType = file.type || 'application/octet-stream'
  const send = (credential: Credential) => {
    const headers = {
      ...headersOf(credential),
      'content-type': contentType,
      'idempotency-key': idempotencyKey,
    }
    return sendFile({ url, headers, file, signal, onProgress })
  }
  const attempt = async () => {
    const response = await withCurrentCredential(endpoint, send, isRefused)
    if (response.status !== CREATED) throw errorOf(response)
    const payload: UploadPayload = JSON.parse(response.text)
    return payload
  }
  return write(endpoint, idempotencyKey, attempt, options)
}
