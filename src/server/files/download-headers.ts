import { create } from 'content-disposition'
import type { OpenedFile } from '../../domain/files.ts'
import type { Attachment } from '../../domain/model.ts'
import { toSafeLine } from '../../domain/text.ts'

/** Types that a browser shows without running anything of the file. SVG images, HTML and XML can contain scripts. */
const HARMLESS_TYPE =
  /^(image\/(png|jpeg|gif|webp|avif|bmp)|(audio|video)\/[a-z0-9][a-z0-9.+-]{0,80}|text\/plain|application\/pdf)$/
const UNKNOWN_TYPE = 'application/octet-stream'
const MAX_NAME_LENGTH = 200

/**
 * The headers of a file that anybody may have sent: a browser neither guesses its type nor runs it, and stores it under a
 * plain name. Nothing but validated values of the provider's response is part of them.
 */
export function downloadHeaders(
  file: OpenedFile,
  { name }: Attachment,
): Readonly<Record<string, string | number>> {
  const { contentLength, contentRange, etag, lastModified, acceptsRanges } = file
  return {
    'content-type': toHarmlessType(file.contentType),
    'content-disposition': create(toFileName(name)),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    // The file is for this caller only, and access to it can end.
    'cache-control': 'private, no-store',
    ...(contentLength !== null && { 'content-length': contentLength }),
    ...(contentRange !== null && { 'content-range': contentRange }),
    ...(acceptsRanges && { 'accept-ranges': 'bytes' }),
    ...(etag !== null && { etag }),
    ...(lastModified !== null && { 'last-modified': lastModified }),
  }
}

/** The type of a harmless file, without parameters; bytes of an unknown type otherwise. */
function toHarmlessType(contentType: string | null): string {
  const [type = ''] = (contentType ?? '').toLowerCase().split(';', 1)
  return HARMLESS_TYPE.test(type.trim()) ? type.trim() : UNKNOWN_TYPE
}

/** A name that is no path and not hidden. */
function toFileName(name: string | null): string {
  const plain = toSafeLine(name ?? '')
    .replace(/[/\\]/g, '_')
    .replace(/^[.\s]+/, '')
  return [...plain].slice(0, MAX_NAME_LENGTH).join('') || 'file'
}
