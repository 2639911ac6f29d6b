import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { checkCapability } from '../../domain/capability.ts'
import { FileRejected, invalidInput, notFound } from '../../domain/errors.ts'
import type { FileDraft } from '../../domain/files.ts'
import { decodeId, encodeId, hasSafeParts } from '../../domain/ids.ts'
import type { Message } from '../../domain/model.ts'
import { fileName, idempotencyKey, multiLineText, nullable, parseInput } from '../../schema/input.ts'
import { attachmentFields } from '../../schema/message/attachment-fields.ts'
import { sendJson, toFailureBody } from './failure-response.ts'
import type { FileTransfer } from './file-transfer.ts'
import { RequestContent } from './request-content.ts'

/** Rocket.Chat's default limit, the larger one of the providers' (docs/providers/rocketchat.md 18.1). */
const MAX_FILE_BYTES = 104_857_600

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/
const DEFAULT_TYPE = 'application/octet-stream'

const uploadInput = z.object({
  name: fileName,
  text: nullable(multiLineText),
  idempotencyKey: nullable(idempotencyKey),
})

/** Sends the body of the request as a file to a room, and responds with its message. */
export async function receiveFile(
  id: string,
  req: IncomingMessage,
  res: ServerResponse,
  { call, registry, idleMs }: FileTransfer,
  onSent: (provider: string, roomId: string) => void,
): Promise<void> {
  const room = decodeId(id)
  if (room?.type !== 'Room' || !hasSafeParts(room)) throw invalidInput('roomId', 'Must be the id of a Room.')
  const content = new RequestContent(req, { maxBytes: MAX_FILE_BYTES, idleMs })
  const draft = toDraft(room.roomId, req, content)
  const adapter = registry.find(room.provider)
  if (adapter === null) throw notFound('room')
  const denied = checkCapability(adapter, 'SEND_FILE', call.caller)
  if (denied) throw denied
  const { message, textError } = await adapter.sendFile(draft, call)
  onSent(room.provider, room.roomId)
  // After a repeated key the file was not read. Some clients read no response before they have sent everything.
  await content.drain()
  sendJson(res, 201, {
    message: toJson(message),
    ...(textError && { textError: toFailureBody(textError) }),
  })
}

/** Reads the input strictly. Throws INVALID_INPUT that names the field. */
function toDraft(roomId: string, req: IncomingMessage, content: RequestContent): FileDraft {
  const { headers } = req
  const parameters = new URLSearchParams((req.url ?? '').split('?').slice(1).join('?'))
  const input = parseInput(uploadInput, {
    name: parameters.get('name') ?? '',
    text: parameters.get('text'),
    idempotencyKey: headers['idempotency-key'],
  })
  if (content.size === 0 || (content.size === null && headers['transfer-encoding'] === undefined)) {
    throw invalidInput('file', 'The file is empty.')
  }
  content.assertSize()
  return { roomId, ...input, contentType: mediaTypeOf(headers), size: content.size, body: content }
}

/** The type without its parameters. */
function mediaTypeOf(headers: IncomingMessage['headers']): string {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new FileRejected('type', 'Send the file as it is, without Content-Encoding.')
  }
  const [first = ''] = (headers['content-type'] ?? DEFAULT_TYPE).split(';', 1)
  const type = first.trim().toLowerCase()
  if (!MEDIA_TYPE.test(type))
    throw new FileRejected('type', 'Content-Type must be the media type of the file.')
  if (type === 'multipart/form-data') {
    throw new FileRejected('type', 'Send the file itself as the body, not a form that contains it.')
  }
  return type
}

function toJson({ provider, ref, attachments }: Message) {
  return { id: encodeId({ type: 'Message', provider, ref }), attachments: attachments.map(attachmentFields) }
}
