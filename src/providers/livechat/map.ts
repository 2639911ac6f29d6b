import {
  type Attachment,
  comparePositions,
  type Message,
  type MessageKind,
  type MessageVisibility,
  type Participant,
} from '../../domain/model.ts'
import { toHttpLink } from '../shared/http-link.ts'
import { toDate } from './timestamps.ts'
import type { WireEvent, WireThread, WireUser } from './wire.ts'

/** Where a message comes from: the provider's name, its room and thread, and who takes part. */
export interface MessageOrigin {
  readonly provider: string
  readonly chatId: string
  readonly threadId: string
  readonly users: ReadonlyMap<string, WireUser>
}

/** The events of a thread that a caller of this view may see, in LiveChat's order. */
export function visibleEvents({ events }: WireThread, view: MessageVisibility): readonly WireEvent[] {
  return events.rows.filter((wire) => isVisibleTo(view, wire))
}

/** Whether a caller of this view may see an event. LiveChat itself hides notes from visitors; so does this. */
export function isVisibleTo(view: MessageVisibility, wire: WireEvent): boolean {
  return view === 'AGENTS' || visibilityOf(wire) === 'EVERYONE'
}

/** An event as a message (docs/providers/livechat.md 3.5). */
export function mapEvent(wire: WireEvent, { provider, chatId, threadId, users }: MessageOrigin): Message {
  const told = wire.type === 'system_message' || wire.type === 'system'
  return {
    type: 'Message',
    provider,
    ref: { roomId: chatId, threadId, messageId: wire.id },
    position: { micros: wire.created_at, id: wire.id },
    kind: kinds.get(wire.type) ?? 'UNKNOWN',
    text: wire.deleted ? '' : textOf(wire),
    author: told || !wire.author_id ? null : mapParticipant(wire.author_id, users.get(wire.author_id)),
    visibility: visibilityOf(wire),
    state: wire.deleted ? 'DELETED' : 'ACTIVE',
    createdAt: toDate(wire.created_at),
    editedAt: null,
    editedBy: null,
    attachments: wire.deleted ? [] : attachmentsOf(wire),
  }
}

/** The newest of some events by time, then by id; null of none. */
export function findNewest<T extends { readonly event: WireEvent }>(rows: readonly T[]): T | null {
  return rows.reduce<T | null>((newest, row) => {
    if (newest === null) return row
    return comparePositions(positionOf(newest.event), positionOf(row.event)) < 0 ? row : newest
  }, null)
}

/** A user of a chat; `user` is undefined for one whom the chat no longer lists. */
export function mapParticipant(nativeId: string, user: WireUser | undefined): Participant {
  return {
    nativeId,
    name: user?.name || null,
    email: user?.email || null,
    avatarUrl: toHttpLink(user?.avatar),
    role: user?.type === 'customer' ? 'VISITOR' : user?.type === 'agent' ? 'AGENT' : 'UNKNOWN',
  }
}

function positionOf({ created_at: micros, id }: WireEvent) {
  return { micros, id }
}

function visibilityOf({ visibility, recipients }: WireEvent): MessageVisibility {
  return visibility || recipients ? 'AGENTS' : 'EVERYONE'
}

const kinds = new Map<string, MessageKind>([
  ['message', 'TEXT'],
  ['file', 'FILE'],
  ['form', 'FORM'],
  ['filled_form', 'FORM'],
  ['rich_message', 'RICH'],
  ['system_message', 'SYSTEM'],
  ['system', 'SYSTEM'],
])

function textOf(wire: WireEvent): string {
  switch (wire.type) {
    case 'file':
      return wire.alternative_text ?? ''
    case 'rich_message':
      return lines(wire.elements.map(({ title }) => title ?? ''))
    case 'form':
    case 'filled_form':
      return lines(wire.fields.map(formLine))
    case 'system_message':
      return wire.text ?? wire.system_message_type ?? ''
    case 'system':
      // Its details are a program's (JSON in a string); what it is about is its subtype.
      return wire.subtype ?? ''
    default:
      return wire.text ?? ''
  }
}

function formLine({ label, answer, answers }: WireEvent['fields'][number]): string {
  const given = answer ?? answers.join(', ')
  const asked = label?.replace(/[:：]\s*$/, '') ?? ''
  return given === '' ? asked : asked === '' ? given : `${asked}: ${given}`
}

function lines(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n')
}

function attachmentsOf(wire: WireEvent): Attachment[] {
  if (wire.type !== 'file') return []
  const { name = null, content_type: contentType = null, size = null } = wire
  return [{ url: toHttpLink(wire.url), name, contentType, size }]
}
