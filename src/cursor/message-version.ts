import type { Attachment, Message } from '../domain/model.ts'

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
  reopens: false,
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

/** Serializes everything of a message that a client can see change. Link previews and read receipts are not part of it. */
export function messageVersion(message: Message): string {
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
