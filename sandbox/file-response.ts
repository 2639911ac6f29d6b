import type { WireRequest, WireResponse } from './wire-server.ts'

/** A stored file. */
export interface ServedFile {
  readonly type: string
  readonly bytes: Buffer
}

/** The response with a file, or with the part that a single range names (RFC 9110, 14). */
export function fileResponse(
  { type, bytes }: ServedFile,
  { headers: { range } }: Pick<WireRequest, 'headers'>,
  etag: string,
): WireResponse {
  const headers = { 'content-type': type, 'accept-ranges': 'bytes', etag: `"${etag}"` }
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (first === '' && last === '') return { status: 200, body: bytes, headers }
  const start = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first)
  const end = first === '' || last === '' ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1)
  if (start > end) {
    return { status: 416, body: '', headers: { ...headers, 'content-range': `bytes */${bytes.length}` } }
  }
  const contentRange = `bytes ${start}-${end}/${bytes.length}`
  return {
    status: 206,
    body: bytes.subarray(start, end + 1),
    headers: { ...headers, 'content-range': contentRange },
  }
}

/** The smallest PNG: one transparent pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

/** The smallest PDF that viewers open: one empty page. */
const PAGE = Buffer.from(
  '%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)

/** The content of a file of the demo data. */
export function demoContent(type: string): ServedFile {
  return { type, bytes: type === 'application/pdf' ? PAGE : PIXEL }
}
