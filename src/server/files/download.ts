import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { CallContext, ChatAdapter } from '../../domain/adapter.ts'
import { checkCapability } from '../../domain/capability.ts'
import { ChatError, notFound } from '../../domain/errors.ts'
import type { FileRange } from '../../domain/files.ts'
import { decodeId, type GlobalId, hasSafeParts } from '../../domain/ids.ts'
import type { Attachment } from '../../domain/model.ts'
import { countPassedBytes } from './buffer-garbage.ts'
import { downloadHeaders } from './download-headers.ts'
import type { FileTransfer } from './file-transfer.ts'

const SINGLE_RANGE = /^bytes=(\d{1,15}-\d{0,15}|-\d{1,15})$/
/** An entity tag or a date. */
const VALIDATOR = /^[\x20-\x7e]{1,200}$/

/**
 * Sends the file of an attachment. The message is read with the caller's own credential first, which is the proof of access:
 * any part that the caller may not see is NOT_FOUND, like an absent one.
 */
export async function sendFile(
  id: string,
  req: IncomingMessage,
  res: ServerResponse,
  transfer: FileTransfer,
): Promise<void> {
  const { call, registry, idleMs } = transfer
  const attachmentId = decodeAttachmentId(id)
  const adapter = registry.find(attachmentId.provider)
  if (adapter === null) throw notFound('file')
  const denied = checkCapability(adapter, 'READ_MESSAGES', call.caller)
  if (denied) throw denied
  const attachment = await findAttachment(attachmentId, adapter, call)
  const file = await adapter.openFile(attachment, rangeOf(req), call)
  const headers = downloadHeaders(file, attachment)
  res.writeHead(file.status, headers)
  if (req.method === 'HEAD' || file.status === 416) {
    file.body.on('error', () => {}).destroy()
    return void res.end()
  }
  // A client that reads nothing for this long holds a connection to the provider.
  res.setTimeout(idleMs, () => res.destroy())
  file.body.on('data', (chunk: Buffer) => countPassedBytes(chunk.length))
  await pipeline(file.body, res)
}

type AttachmentId = Extract<GlobalId, { type: 'Attachment' }>

function decodeAttachmentId(text: string): AttachmentId {
  const id = decodeId(text)
  if (id?.type !== 'Attachment' || !hasSafeParts(id)) throw notFound('file')
  return id
}

async function findAttachment(
  { ref, index }: AttachmentId,
  adapter: ChatAdapter,
  call: CallContext,
): Promise<Attachment> {
  const [message = null] = await adapter.getMessages([ref], call)
  if (message instanceof ChatError) throw isHidden(message, call) ? notFound('file') : message
  const attachment = message?.attachments[index]
  if (!attachment) throw notFound('file')
  return attachment
}

/** Whether the provider denies a visitor the message. */
function isHidden({ code }: ChatError, { caller }: CallContext): boolean {
  return code === 'NOT_FOUND' || (code === 'FORBIDDEN' && caller.role === 'VISITOR')
}

/** Only what is well-formed is passed on; a request for several ranges gets the whole file (RFC 9110, 14.2). */
function rangeOf({ headers }: IncomingMessage): FileRange {
  const { range = '', 'if-range': ifRange } = headers
  const validator = typeof ifRange === 'string' ? ifRange : ''
  return {
    range: SINGLE_RANGE.test(range) ? range : null,
    ifRange: VALIDATOR.test(validator) ? validator : null,
  }
}
