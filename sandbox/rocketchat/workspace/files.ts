import type { SentFile } from '../../multipart.ts'
import type { FileRef, Message, Room, UserRef } from '../model.ts'
import { createMessage, storeMessage } from './messages.ts'
import type { Workspace } from './workspace.ts'

/** How long a file that no message confirms is kept (docs/providers/rocketchat.md 18.2). */
const TEMPORARY_MS = 24 * 3_600_000

/** An uploaded file. */
export interface StoredFile {
  readonly _id: string
  readonly rid: string
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
  /** When it is removed unless a message confirms it, epoch ms; null for a file of a message. */
  readonly expiresAt: number | null
}

/** Stores a file of a room. `isTemporary` removes it after a day. */
export function storeFile(
  workspace: Workspace,
  rid: string,
  file: SentFile,
  isTemporary: boolean,
): StoredFile {
  const { host } = workspace
  const { name, type, bytes } = file
  const stored = {
    _id: host.newId(),
    rid,
    name,
    type,
    bytes,
    expiresAt: isTemporary ? host.now() + TEMPORARY_MS : null,
  }
  workspace.files.set(stored._id, stored)
  return stored
}

/** A file that has not expired. */
export function findFile(workspace: Workspace, id: string): StoredFile | undefined {
  const file = workspace.files.get(id)
  return file && (file.expiresAt === null || file.expiresAt > workspace.host.now()) ? file : undefined
}

/** The fields of a message that shows a file: a visitor's, or an agent's with what only agents' have. */
export function fileFields(
  file: Omit<StoredFile, 'rid' | 'expiresAt'>,
  by: 'visitor' | 'agent',
): Partial<Message> {
  const { _id, name, type, bytes } = file
  const path = `/file-upload/${_id}/${encodeURIComponent(name)}`
  const ref: FileRef = { _id, name, type, ...(by === 'agent' && { size: bytes.length }) }
  const image = type.startsWith('image/') && { image_url: path, image_type: type, image_size: bytes.length }
  const ofAgent = by === 'agent' && {
    fileId: _id,
    size: bytes.length,
    format: name.split('.').at(-1)?.toUpperCase(),
  }
  const thumbnail = { ...ref, _id: `${_id}-thumb`, name: `thumb-${name}` }
  return {
    file: ref,
    files: by === 'agent' && image ? [ref, thumbnail] : [ref],
    groupable: false,
    attachments: [
      { title: name, type: 'file', title_link: path, title_link_download: true, ...image, ...ofAgent },
    ],
  }
}

/** The author and the texts of a file's message. */
export interface FileMessageDraft {
  readonly by: 'visitor' | 'agent'
  readonly author: UserRef
  readonly token?: string
  readonly msg: string
  readonly description: string | undefined
}

/** Stores the message of a file. The server chooses its id. */
export async function sendFileMessage(
  workspace: Workspace,
  room: Room,
  file: StoredFile,
  { by, author, token, msg, description }: FileMessageDraft,
): Promise<Message> {
  workspace.files.set(file._id, { ...file, expiresAt: null })
  const { attachments = [], ...fields } = fileFields(file, by)
  const draft = {
    _id: workspace.host.newId(),
    rid: room._id,
    msg,
    u: author,
    ...(token !== undefined && { token }),
  }
  const message: Message = {
    ...createMessage(workspace, draft),
    ...fields,
    attachments: attachments.map((shown) => ({
      ...shown,
      ...(description !== undefined && { description }),
    })),
  }
  await workspace.gate.pass()
  storeMessage(workspace, message, 'api')
  return message
}
