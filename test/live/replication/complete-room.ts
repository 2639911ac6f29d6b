import type { Message, Participant, Room } from '../../../src/domain/model.ts'
import { attachment, message } from '../message-builders.ts'

const participant: Participant = {
  nativeId: 'visitor',
  name: 'Ada',
  email: 'ada@example.org',
  avatarUrl: 'https://example.org/ada.png',
  role: 'VISITOR',
  phone: '+41000',
  customFields: [{ key: 'plan', value: 'pro' }],
  seenUpTo: new Date(3),
  detailsProvider: 'rocketchat',
}

/** A message with a value in every field, and a file of its provider. */
export const completeMessage: Message = {
  ...message('one', 1),
  author: participant,
  editedAt: new Date(2),
  editedBy: participant,
  attachments: [attachment({ providerUrl: 'https://files.example.org/secret/a.png', name: 'a.png' })],
  form: [{ label: 'Name', answer: 'Ada' }],
  buttons: [{ text: 'Yes', url: 'https://example.org/yes' }],
  systemEvent: 'OTHER',
  markup: 'COMMONMARK',
  reopens: true,
}

/** A room with a value in every field. */
export const completeRoom: Room = {
  type: 'Room',
  provider: 'rocketchat',
  nativeId: 'room',
  status: 'QUEUED',
  visitor: participant,
  agents: [{ ...participant, role: 'AGENT' }],
  departmentId: 'sales',
  tags: ['vip'],
  createdAt: new Date(1),
  closedAt: new Date(2),
  lastActivityAt: new Date(3),
  queue: { position: 1, estimatedWaitMs: 1.5, since: new Date(4) },
  rating: { score: 5, comment: 'good', ratedAt: new Date(5) },
  closedBy: participant,
  firstResponseAt: new Date(6),
  unansweredSince: new Date(7),
  customFields: [{ key: 'order', value: '7' }],
  lastMessage: completeMessage,
}

/** The optional fields of both. */
export const optionalFields = ['detailsProvider', 'markup', 'reopens', 'versionHash'] as const
