import type { WireRequest } from './wire-server.ts'

/** A file of a form. */
export interface SentFile {
  /** The name of its field. */
  readonly field: string
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
}

/** A form: its texts by field, and its files. */
export interface SentForm {
  readonly fields: Readonly<Record<string, string>>
  readonly files: readonly SentFile[]
}

/** Parses a multipart form; any other body has neither fields nor files. */
export async function parseMultipart({
  headers,
  body,
}: Pick<WireRequest, 'headers' | 'body'>): Promise<SentForm> {
  const contentType = headers['content-type'] ?? ''
  const fields: Record<string, string> = {}
  const files: SentFile[] = []
  if (!contentType.startsWith('multipart/form-data')) return { fields, files }
  const form = await new Response(Uint8Array.from(body), {
    headers: { 'content-type': contentType },
  }).formData()
  for (const [field, value] of form) {
    if (typeof value === 'string') fields[field] = value
    else
      files.push({ field, name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) })
  }
  return { fields, files }
}
