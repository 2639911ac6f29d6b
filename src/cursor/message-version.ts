import type { Attachment, Message } from '../domain/model.ts'
import { shortHash } from '../domain/short-hash.ts'

/** Characters of a whole SHA-1 hash as base64url. */
const WHOLE_HASH_LENGTH = 27

/**
 * Whether a change of a field makes a new version of its message, which subscribers receive as an update. A new field of
 * `Message` does not compile until it is classified here. Versions are part of issued cursors: keep the order of the fields.
 */
const isVersioned: Readonly<Record<keyof Message, boolean>> = {
  text: true,
  state: true,
  kind: true,
  editedAt: true,
  attachments: true,
  visibility: true,
  // They never change.
  type: false,
  provider: false,
  ref: false,
  position: false,
  createdAt: false,
  markup: false,
  reopens: false,
  // It is the version.
  versionHash: false,
  // Their content is part of `text` or `kind`, which are versioned.
  form: false,
  buttons: false,
  systemEvent: false,
  // They follow changes of the profile, or of `editedAt`.
  author: false,
  editedBy: false,
}
const versionedFields = Object.keys(isVersioned)
  .filter(isField)
  .filter((field) => isVersioned[field])

function isField(name: string): name is keyof Message {
  return name in isVersioned
}

/**
 * The version of a message: equal to another one's if a client can see no difference. Link previews and read receipts are
 * not part of it. It is the serialized content, or `fileVersionHash` where there is one.
 */
export function messageVersion(message: Message): string {
  return fileVersionHash(message) ?? serializeVersion(message)
}

/** The first `length` characters (27 at most) of the hash of a message's version, as cursors contain it. */
export function hashMessageVersion(message: Message, length: number): string {
  return fileVersionHash(message)?.slice(0, length) ?? shortHash(serializeVersion(message), length)
}

/**
 * The version of a message with a file that its provider keeps: a hash, because the file's address is part of the version
 * and other processes must not get it. Undefined for other messages.
 */
export function fileVersionHash(message: Message): string | undefined {
  if (message.versionHash !== undefined) return message.versionHash
  const hasProviderFile = message.attachments.some(({ providerUrl }) => providerUrl !== null)
  return hasProviderFile ? shortHash(serializeVersion(message), WHOLE_HASH_LENGTH) : undefined
}

function serializeVersion(message: Message): string {
  const values: unknown[] = []
  for (const field of versionedFields) {
    const value = field === 'attachments' ? message.attachments.map(attachmentVersion) : message[field]
    values.push(value instanceof Date ? value.getTime() : value)
  }
  return JSON.stringify(values)
}

/** The parts of an attachment that can change, in the form that issued cursors contain. */
function attachmentVersion({ providerUrl, externalUrl, name, contentType, size }: Attachment) {
  return { url: providerUrl ?? externalUrl, name, contentType, size }
}

/** The time of a message's last change, in microseconds of provider time. */
export function lastChangedMicros({ position, editedAt }: Message): number {
  return Math.max(position.micros, (editedAt?.getTime() ?? 0) * 1000)
}
