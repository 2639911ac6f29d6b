import { encodeId } from '../../domain/ids.ts'
import type { Attachment } from '../../domain/model.ts'

/** The global id of an attachment. */
export function attachmentId({ provider, ref, index }: Attachment): string {
  return encodeId({ type: 'Attachment', provider, ref, index })
}

/** The address of an attachment's file, relative to the gateway's. */
export function attachmentUrl(attachment: Attachment): string {
  return `/files/${attachmentId(attachment)}`
}

/** The fields of the schema's `Attachment`, for responses that are not GraphQL. */
export function attachmentFields(attachment: Attachment) {
  const { externalUrl, name, contentType, size } = attachment
  return {
    id: attachmentId(attachment),
    url: attachmentUrl(attachment),
    externalUrl,
    name,
    contentType,
    size,
  }
}
