import {
  type Attachment,
  type Message,
  type MessageKind,
  type MessageRef,
  NO_PARTICIPANT_DETAILS,
  NO_ROOM_DETAILS,
  type Participant,
  type ParticipantRole,
  type Rating,
  type Room,
} from '../../domain/model.ts'
import { toHttpLink } from '../shared/http-link.ts'
import { toFileUrl } from './files/file-url.ts'
import { buttonsOf, textOf } from './rich-content.ts'
import { systemEventOf } from './system-events.ts'
import type { WireAttachment, WireMessage, WireRoom, WireUser, WireVisitor } from './wire.ts'

/** The provider that sent the mapped documents. */
export interface ProviderOrigin {
  /** The configured name. */
  readonly provider: string
  /** Base address of relative file links. */
  readonly url: string
}

/** Maps a message document to a message, without the visitor token (docs/providers/rocketchat.md 10). */
export function mapMessage(wire: WireMessage, roomId: string, origin: ProviderOrigin): Message {
  const author = mapAuthor(wire)
  const wasDeleted = isDeleted(wire)
  const kind = toMessageKind(wire)
  const ref = { roomId, threadId: null, messageId: wire._id }
  return {
    type: 'Message',
    provider: origin.provider,
    ref,
    position: { micros: wire.ts.getTime() * 1000, id: wire._id },
    kind,
    text: wasDeleted ? '' : textOf(wire),
    author,
    visibility: 'EVERYONE',
    state: wasDeleted ? 'DELETED' : wire.editedAt ? 'EDITED' : 'ACTIVE',
    createdAt: wire.ts,
    editedAt: wire.editedAt,
    editedBy: mapEditor(wire),
    attachments: wasDeleted ? [] : mapAttachments(wire, ref, origin),
    form: null,
    buttons: wasDeleted ? [] : buttonsOf(wire),
    systemEvent: kind === 'SYSTEM' ? systemEventOf(wire) : null,
    // Whatever people and programs write there (docs/providers/rocketchat.md 10: the server parses it into `md`).
    ...(kind !== 'SYSTEM' && { markup: 'ROCKET_CHAT' as const }),
  }
}

/** Whether a message was deleted: replaced by an `rm` mark, or hidden (docs/providers/rocketchat.md 1.4). */
export function isDeleted(wire: WireMessage): boolean {
  return wire.t === 'rm' || wire._hidden === true
}

/** Maps a room document to a room (docs/providers/rocketchat.md 10). */
export function mapRoom(wire: WireRoom, origin: ProviderOrigin): Room {
  const last = wire.lastMessage
  const status = mapRoomStatus(wire)
  return {
    ...NO_ROOM_DETAILS,
    type: 'Room',
    provider: origin.provider,
    nativeId: wire._id,
    status,
    visitor: wire.v ? mapVisitor(wire.v, origin.provider) : null,
    agents: wire.servedBy ? [mapUser(wire.servedBy, 'AGENT', null)] : [],
    departmentId: wire.departmentId,
    tags: wire.tags,
    rating: mapRating(wire.surveyFeedback),
    createdAt: wire.ts,
    closedAt: wire.closedAt,
    lastActivityAt: wire.lm ?? wire._updatedAt,
    // The server reports neither the position nor the time to wait (docs/providers/rocketchat.md 16.2).
    queue: status === 'QUEUED' ? { position: null, estimatedWaitMs: null, since: wire.queuedAt } : null,
    closedBy: status === 'CLOSED' ? mapCloser(wire, origin.provider) : null,
    firstResponseAt: wire.firstResponseAt,
    unansweredSince: wire.waitingResponse ? wire.unansweredSince : null,
    customFields: wire.customFields,
    lastMessage: last && !isDeleted(last) ? mapMessage(last, wire._id, origin) : null,
  }
}

/** A rating without a score is none: the other questions of the server's form are not part of the model. */
function mapRating(feedback: WireRoom['surveyFeedback']): Rating | null {
  const { satisfaction, additionalFeedback } = feedback ?? {}
  if (!satisfaction || !/^[1-5]$/.test(satisfaction)) return null
  return { score: Number(satisfaction), comment: additionalFeedback || null, ratedAt: null }
}

/** Maps the status: CLOSED if `open` is absent or false, UNKNOWN if unreadable (docs/providers/rocketchat.md 10). */
export function mapRoomStatus(wire: WireRoom): Room['status'] {
  if (wire.open === null) return 'UNKNOWN'
  if (!wire.open) return 'CLOSED'
  if (wire.onHold) return 'ON_HOLD'
  return wire.servedBy ? 'OPEN' : 'QUEUED'
}

function mapVisitor(visitor: WireVisitor, provider: string): Participant {
  const { _id, token, email, phone, customFields } = visitor
  const participant = { ...mapUser(visitor, 'VISITOR', token), email, phone, customFields }
  return _id === token ? participant : { ...participant, detailsProvider: provider }
}

function mapCloser({ closedBy, closer, v }: WireRoom, provider: string): Participant | null {
  if (!closedBy) return null
  if (closer !== 'visitor') return mapUser(closedBy, userRole(closedBy), null)
  return v?._id === closedBy._id ? mapVisitor(v, provider) : mapUser(closedBy, 'VISITOR', v?.token ?? null)
}

/** `token` is the visitor token. Old responses show it as the visitor's id; then the username stands in for the id. */
function mapUser(user: WireUser, role: ParticipantRole, token: string | null): Participant {
  const nativeId = user._id === token ? (user.username ?? '') : user._id
  return {
    nativeId,
    name: user.name ?? user.username ?? null,
    email: null,
    avatarUrl: null,
    role,
    ...NO_PARTICIPANT_DETAILS,
  }
}

/** Maps the author of a message; null if the document names none. */
export function mapAuthor(wire: WireMessage): Participant | null {
  if (!wire.u) return null
  const author = mapUser(wire.u, authorRole(wire, wire.u), wire.token)
  return wire.alias ? { ...author, name: wire.alias } : author
}

function mapEditor(wire: WireMessage): Participant | null {
  const { editedBy, u } = wire
  if (!editedBy) return null
  const isAuthor = u?._id === editedBy._id
  return mapUser(editedBy, isAuthor ? authorRole(wire, editedBy) : 'UNKNOWN', wire.token)
}

/** Every Rocket.Chat server has the bot rocket.cat. */
function userRole({ _id }: WireUser): ParticipantRole {
  return _id === 'rocket.cat' ? 'BOT' : 'AGENT'
}

type AuthorMarks = Pick<WireMessage, 'token' | 'isFromBot' | 't'>

function authorRole({ token, isFromBot, t }: AuthorMarks, user: WireUser): ParticipantRole {
  if (token) return 'VISITOR'
  const role = isFromBot ? 'BOT' : userRole(user)
  // The server writes system messages in the name of an agent or a visitor, without the visitor's token.
  return role === 'AGENT' && isSystem(t) ? 'UNKNOWN' : role
}

function toMessageKind(wire: WireMessage): MessageKind {
  if (wire.t === 'e2e') return 'UNKNOWN'
  if (isSystem(wire.t)) return 'SYSTEM'
  if (wire.blocks.length > 0) return 'RICH'
  if (wire.file || wire.files.length > 0 || wire.attachments.some(isFile)) return 'FILE'
  return wire.attachments.some(isCard) ? 'RICH' : 'TEXT'
}

function isSystem(type: WireMessage['t']): boolean {
  return Boolean(type) && type !== 'rm' && type !== 'e2e'
}

function isFile(attachment: WireAttachment): boolean {
  return attachment.type === 'file'
}

/** An attachment that was not uploaded, with more than a title and an image. */
function isCard({ type, content }: WireAttachment): boolean {
  return type === null && (content.texts.length > 0 || content.buttons.length > 0)
}

function mapAttachments(wire: WireMessage, ref: MessageRef, { provider, url }: ProviderOrigin): Attachment[] {
  return wire.attachments.map((attachment, index) => {
    const file = wire.files[index] ?? (index === 0 ? wire.file : null)
    const link = attachment.title_link ?? attachment.image_url ?? attachment.audio_url ?? attachment.video_url
    const providerUrl = toFileUrl(link, url)
    return {
      provider,
      ref,
      index,
      providerUrl,
      externalUrl: providerUrl === null ? toHttpLink(link, `${url}/`) : null,
      name: attachment.title ?? file?.name ?? null,
      contentType:
        attachment.image_type ?? attachment.audio_type ?? attachment.video_type ?? file?.type ?? null,
      size: attachment.image_size ?? attachment.audio_size ?? attachment.video_size ?? file?.size ?? null,
    }
  })
}
