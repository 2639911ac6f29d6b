import { ChatError, notFound } from '../../domain/errors.ts'
import type { FileRange, OpenedFile } from '../../domain/files.ts'
import type { FileResponse } from '../../upstream/file-client.ts'
import { rateLimited, serverError } from './errors.ts'

/** How long a client waits after a rate-limit response without a time, in milliseconds. */
const DEFAULT_RETRY_MS = 1_000
const CONTENT_RANGE = /^bytes (\d+-\d+|\*)\/(\d+|\*)$/
const ETAG = /^(W\/)?"[\x21\x23-\x7e]*"$/

/** Headers of a request for a file. Bytes arrive as they are stored, so that ranges and lengths are those of the file. */
export function toFileHeaders({ range, ifRange }: FileRange): Readonly<Record<string, string>> {
  return {
    'accept-encoding': 'identity',
    ...(range !== null && { range }),
    ...(range !== null && ifRange !== null && { 'if-range': ifRange }),
  }
}

/**
 * Converts a provider's response to an opened file. Throws NOT_FOUND for an absent file, and for one that the provider denies
 * a visitor; destroys the body before it throws.
 */
export function toOpenedFile(response: FileResponse, provider: string, isVisitor: boolean): OpenedFile {
  const { status, headers, body } = response
  const isEncoded = (headerText(headers['content-encoding']) ?? 'identity') !== 'identity'
  if ((status !== 200 && status !== 206 && status !== 416) || isEncoded) {
    body.on('error', () => {}).destroy()
    throw toFileError(response, provider, isVisitor)
  }
  return {
    status,
    contentType: headerText(headers['content-type']),
    // The provider's text about a part that is absent is not passed on.
    contentLength: status === 416 ? 0 : toLength(headerText(headers['content-length'])),
    contentRange: matching(headerText(headers['content-range']), CONTENT_RANGE),
    etag: matching(headerText(headers['etag']), ETAG),
    lastModified: toHttpDate(headerText(headers['last-modified'])),
    acceptsRanges: headerText(headers['accept-ranges']) === 'bytes',
    body,
  }
}

function toFileError({ status, headers }: FileResponse, provider: string, isVisitor: boolean): ChatError {
  if (status === 404 || status === 410 || (status === 403 && isVisitor)) return notFound('file', provider)
  if (status === 403) {
    return new ChatError('FORBIDDEN', 'The provider does not show this file to the configured account.', {
      provider,
    })
  }
  if (status === 429) {
    const seconds = Number(headerText(headers['retry-after']) ?? Number.NaN)
    return rateLimited(provider, Number.isFinite(seconds) ? seconds * 1_000 : DEFAULT_RETRY_MS, null)
  }
  if (status >= 500) return serverError(provider, status, null)
  return new ChatError(
    'PROVIDER_ERROR',
    `The provider responded with status ${status} instead of the file.`,
    {
      provider,
    },
  )
}

function headerText(value: string | string[] | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function matching(text: string | null, pattern: RegExp): string | null {
  return text !== null && pattern.test(text) ? text : null
}

function toLength(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}

function toHttpDate(text: string | null): string | null {
  const time = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? null : new Date(time).toUTCString()
}
