import type { Message } from '../../domain/model.ts'
import type { WebhookContent } from '../../domain/webhooks.ts'
import { fieldOf, readNonEmptyString, toObject, UnreadableField } from '../shared/read-document.ts'
import { mapMessage, type ProviderOrigin } from './map.ts'
import { readMessage } from './wire.ts'

/** The messages of a webhook that are certain to equal those of a read. */
export interface WebhookMessages extends Pick<WebhookContent, 'missing'> {
  readonly messages: readonly Message[]
}

/** A webhook of this type carries one message; more than these are left to a poll. */
const MAX_MESSAGES = 20

/**
 * Fields of a message that is more than a visitor's text. `agentId` is the author where that is not the visitor. The body
 * has no `editedBy` for an edit, no list `files`, and no token, alias or bot mark of other authors.
 */
const UNCERTAIN_FIELDS = [
  'agentId',
  'closingMessage',
  'navigation',
  'editedAt',
  'file',
  'fileUpload',
  'attachments',
  'blocks',
] as const

/**
 * Reads the messages of a webhook's body (docs/providers/rocketchat.md 7.1.1). The body shows less than a message has, so
 * only a visitor's new text is certain: of such a message the body shows everything that a read shows.
 */
export function readWebhookMessages(body: unknown, roomId: string, origin: ProviderOrigin): WebhookMessages {
  const rows: readonly unknown[] = listOf(fieldOf(body, 'messages'))
  const visitor = fieldOf(body, 'visitor')
  const messages: Message[] = []
  let missing: WebhookContent['missing'] = rows.length > MAX_MESSAGES ? 'ANYTHING' : 'NOTHING'
  for (const row of rows.slice(0, MAX_MESSAGES)) {
    const message = readVisitorText(row, visitor, roomId, origin)
    if (message) messages.push(message)
    else if (!isNewMessage(row)) missing = 'ANYTHING'
    else if (missing === 'NOTHING') missing = 'ADDITIONS'
  }
  return { messages, missing: rows.length === 0 ? 'ANYTHING' : missing }
}

/** Whether a message is certainly new: not edited, and not one that closes the room. */
function isNewMessage(value: unknown): boolean {
  const isOther = ['editedAt', 'closingMessage', 'navigation'].some((name) => isSet(fieldOf(value, name)))
  return readNonEmptyString(fieldOf(value, '_id')) !== null && !isOther
}

/** Null for a message of which the body may not show everything, or that cannot be read. */
function readVisitorText(
  value: unknown,
  visitor: unknown,
  roomId: string,
  origin: ProviderOrigin,
): Message | null {
  const token = readNonEmptyString(fieldOf(visitor, 'token'))
  if (token === null || UNCERTAIN_FIELDS.some((name) => isSet(fieldOf(value, name)))) return null
  try {
    // The server stores the visitor's token in its messages, which decides their author's role.
    const wire = readMessage({ ...toObject(value), token }, new Set())
    const isVisitors = wire.u !== null && wire.u._id === fieldOf(visitor, '_id')
    // A visitor with a name has it as the alias of its messages, and the body has no alias.
    const isNameCertain = isSet(wire.u?.name) || !isSet(fieldOf(visitor, 'name'))
    // A link to a message of the server becomes a quotation, which is an attachment.
    const isPlain = wire.t === null && wire.msg !== '' && !wire.msg.includes('://')
    const isCertain = isVisitors && isNameCertain && isPlain && wire.rid === roomId
    return isCertain ? mapMessage(wire, roomId, origin) : null
  } catch (error) {
    if (error instanceof UnreadableField) return null
    throw error
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}
