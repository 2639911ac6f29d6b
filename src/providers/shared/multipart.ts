import { randomUUID } from 'node:crypto'
import { format } from 'content-disposition'
import type { FileDraft } from '../../domain/files.ts'
import type { Upload } from '../../upstream/upload-body.ts'

/** The part of a draft that is uploaded. */
export type FileContent = Pick<FileDraft, 'name' | 'contentType' | 'size' | 'body'>

/**
 * Encodes text fields and one file, in the part `file`, as multipart/form-data, the way browsers do. The file is not held in
 * memory, and its length is announced if it is known.
 */
export function toMultipart(fields: Readonly<Record<string, string>>, file: FileContent): Upload {
  const boundary = `form-${randomUUID()}`
  const fieldParts = Object.entries(fields).map(
    ([name, value]) => `${partHead(boundary, { name })}\r\n${value}\r\n`,
  )
  const fileHead = partHead(boundary, { name: 'file', filename: file.name })
  const head = Buffer.from(`${fieldParts.join('')}${fileHead}Content-Type: ${file.contentType}\r\n\r\n`)
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    contentLength: file.size === null ? null : head.length + file.size + tail.length,
    body: concatenate(head, file.body, tail),
  }
}

/** The boundary and the first header of a part. */
function partHead(boundary: string, parameters: Readonly<Record<string, string>>): string {
  const disposition = format({ type: 'form-data', parameters }, { multipart: true })
  return `--${boundary}\r\nContent-Disposition: ${disposition}\r\n`
}

async function* concatenate(
  head: Uint8Array,
  body: AsyncIterable<Uint8Array>,
  tail: Uint8Array,
): AsyncGenerator<Uint8Array, void, void> {
  yield head
  yield* body
  yield tail
}
