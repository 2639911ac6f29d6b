import { ApiError } from '../api-error.ts'
import type { FileStore } from '../files/file-store.ts'
import type { EventDraft, Properties, Visibility } from '../store/model.ts'
import { listOf, object, oneOf, reader, type Schema, shape, text } from './input.ts'

/** Raw UTF-8 bytes that a message may have (docs/providers/livechat.md 3.5). */
const MAX_TEXT_BYTES = 16 * 1024

const field: Schema = {
  type: 'object',
  required: ['id', 'type', 'label'],
  properties: { id: text, type: text, label: { type: 'string' } },
}
const form = { 'form_id!': text, form_type: text, 'fields!': listOf(field) }
const element: Schema = { type: 'object', properties: { buttons: listOf(object, 13) } }

/** The fields of each type that a client may send; `system` is never sendable (docs/providers/livechat.md 3.5). */
const FIELDS: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  message: { 'text!': text, postback: object },
  file: { 'url!': text, alternative_text: text },
  rich_message: {
    'template_id!': oneOf('cards', 'sticker', 'quick_replies', 'ecommerce'),
    elements: listOf(element, 10),
  },
  filled_form: form,
  form,
  custom: { 'content!': object },
  system_message: { 'system_message_type!': text, text: { type: 'string' }, text_vars: object },
}

interface Common {
  readonly type: string
  readonly custom_id?: string
  readonly visibility?: Visibility
  readonly properties?: Properties
  readonly author_id?: string
}

const common = {
  'type!': oneOf(...Object.keys(FIELDS)),
  custom_id: { type: 'string' },
  visibility: oneOf('all', 'agents'),
  // The customer samples of the documentation still send it. It adds nothing to the visibility.
  recipients: { type: 'string' },
  properties: { type: 'object', additionalProperties: object },
  author_id: text,
} satisfies Record<string, Schema>

const readCommon = reader<Common>({ ...shape(common), additionalProperties: true })
const readers = new Map(
  Object.entries(FIELDS).map(([type, fields]) => [
    type,
    reader<Readonly<Record<string, unknown>>>(shape({ ...common, ...fields })),
  ]),
)

/**
 * Reads an event that a client sends. Throws validation where it is misshapen, too long, or of a type that cannot
 * be sent.
 */
export function readEvent(value: unknown, path: string, files: FileStore): EventDraft {
  const { type, custom_id, visibility, properties, author_id } = readCommon(value, path)
  const whole = readers.get(type)?.(value, path) ?? {}
  const fields = Object.fromEntries(Object.entries(whole).filter(([name]) => !isCommon(name)))
  return {
    type,
    ...(author_id !== undefined && { authorId: author_id }),
    ...(visibility && { visibility }),
    ...(custom_id !== undefined && { customId: custom_id }),
    ...(properties && { properties }),
    fields: type === 'file' ? fileFields(fields, files) : checkLength(fields),
  }
}

function isCommon(name: string): boolean {
  return name in common || `${name}!` in common
}

function checkLength(fields: Readonly<Record<string, unknown>>) {
  const { text: said } = fields
  if (typeof said === 'string' && Buffer.byteLength(said) > MAX_TEXT_BYTES) {
    throw new ApiError('validation', '`event.text` is too long, maximum is 16 KB')
  }
  return fields
}

/**
 * The data of a file on LiveChat's own host: name and content type, and thumbnails of an image
 * (docs/providers/livechat.md 3.5).
 */
function fileFields(fields: Readonly<Record<string, unknown>>, files: FileStore) {
  const url = String(fields['url'])
  if (!files.isFileAddress(url)) throw new ApiError('validation', '`event.url` must be a LiveChat file')
  const known = files.describe(url)
  const name = known?.name ?? url.slice(url.lastIndexOf('/') + 1)
  const content_type = known?.type ?? typeByExtension(name)
  if (!content_type.startsWith('image/')) return { ...fields, name, content_type }
  const thumbnails = { thumbnail_url: `${url}?thumb`, thumbnail2x_url: `${url}?thumb2x` }
  return {
    ...fields,
    name,
    content_type,
    size: known?.size ?? 123_444,
    width: 640,
    height: 480,
    ...thumbnails,
  }
}

function typeByExtension(name: string): string {
  const extension = /\.(png|jpe?g|gif)$/i.exec(name)?.[1]?.toLowerCase()
  return extension ? `image/${extension === 'jpg' ? 'jpeg' : extension}` : 'application/octet-stream'
}
