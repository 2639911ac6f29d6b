import type { FileRef, Message } from '../model.ts'
import type { Profile } from '../profiles.ts'

interface FileUpload {
  readonly publicFilePath: string
  readonly type: string
  readonly size?: number
}

/**
 * A message as the visitor's routes show it: with the address of its file, if it has one
 * (docs/providers/rocketchat.md 1.2).
 */
export function withFileUpload(
  message: Message,
  profile: Profile,
  host: string | undefined,
): Message & { readonly fileUpload?: FileUpload; readonly filesUpload?: readonly FileUpload[] } {
  const { file } = message
  if (!file) return message
  const describe = ({ _id, name, type, size }: FileRef): FileUpload => ({
    publicFilePath: `http://${host ?? 'localhost'}/file-upload/${_id}/${encodeURIComponent(name)}`,
    type,
    ...(size !== undefined && { size }),
  })
  return {
    ...message,
    fileUpload: describe(file),
    ...(profile.filesUpload && { filesUpload: (message.files ?? [file]).map(describe) }),
  }
}
