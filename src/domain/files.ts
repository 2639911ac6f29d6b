import type { Readable } from 'node:stream'
import type { ChatError } from './errors.ts'
import type { Message } from './model.ts'

/** Files on their way to and from a provider. */

/** A file to send. */
export interface FileDraft {
  readonly roomId: string
  /** One line without path separators. */
  readonly name: string
  /** MIME type without parameters. */
  readonly contentType: string
  /** Bytes; null where the client does not announce it. */
  readonly size: number | null
  /** Read at most once, as fast as the provider takes it. */
  readonly body: AsyncIterable<Uint8Array>
  /** Text that accompanies the file. */
  readonly text: string | null
  readonly idempotencyKey: string | null
}

/** A file that the provider accepted. */
export interface SentFile {
  /** The message with the file. */
  readonly message: Message
  /** Why the text of the draft was not sent, where the provider takes it separately; otherwise null. */
  readonly textError: ChatError | null
}

/** A part of a file, as the client requested it; each is null where the client did not send it. */
export interface FileRange {
  /** Value of `Range`. */
  readonly range: string | null
  /** Value of `If-Range`. */
  readonly ifRange: string | null
}

/** A file, or a part of it, that is being read. */
export interface OpenedFile {
  /** 200: the whole file; 206: the requested part; 416: the file has no such part, and there is no body. */
  readonly status: 200 | 206 | 416
  /** MIME type as the provider reports it, with parameters. */
  readonly contentType: string | null
  /** Bytes of the body. */
  readonly contentLength: number | null
  /** Value of `Content-Range`. */
  readonly contentRange: string | null
  readonly etag: string | null
  readonly lastModified: string | null
  readonly acceptsRanges: boolean
  /** Must be read or destroyed. It is read with back-pressure, and fails where the provider breaks off. */
  readonly body: Readable
}
