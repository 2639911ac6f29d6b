import fc from 'fast-check'
import type { Attachment, Message, MessageRef, Participant, Room } from '../../../src/domain/model.ts'
import { anyPosition } from '../../cursor/fingerprint-arbitraries.ts'
import { anyText } from '../../domain/token-arbitraries.ts'

const anyCount = fc.option(fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true, min: 1 })))

/** Any valid date: before 1970 and far in the future too. */
export const anyDate = fc.date({ noInvalidDate: true })

export const anyMessageRef: fc.Arbitrary<MessageRef> = fc.record({
  roomId: anyText,
  threadId: fc.option(anyText),
  messageId: anyText,
})

export const anyVisibility = fc.constantFrom('EVERYONE', 'AGENTS')

const anyCustomFields = fc.array(fc.record({ key: anyText, value: anyText }), { maxLength: 3 })

const anyParticipant: fc.Arbitrary<Participant> = withOptional(
  fc.record({
    nativeId: anyText,
    name: fc.option(anyText),
    email: fc.option(anyText),
    avatarUrl: fc.option(anyText),
    role: fc.constantFrom('VISITOR', 'AGENT', 'BOT', 'SYSTEM', 'UNKNOWN'),
    phone: fc.option(anyText),
    customFields: anyCustomFields,
    seenUpTo: fc.option(anyDate),
  }),
  anyText.map((detailsProvider) => ({ detailsProvider })),
)

const anyAttachment: fc.Arbitrary<Attachment> = fc.record({
  provider: anyText,
  ref: anyMessageRef,
  index: fc.nat(),
  providerUrl: fc.option(fc.webUrl()),
  externalUrl: fc.option(fc.webUrl()),
  name: fc.option(anyText),
  contentType: fc.option(anyText),
  size: fc.option(fc.nat()),
})

/** Any message that a provider can have returned. */
export const anyMessage: fc.Arbitrary<Message> = withOptional(
  fc.record({
    type: fc.constant('Message'),
    provider: anyText,
    ref: anyMessageRef,
    position: anyPosition,
    kind: fc.constantFrom('TEXT', 'FILE', 'FORM', 'RICH', 'SYSTEM', 'UNKNOWN'),
    text: anyText,
    author: fc.option(anyParticipant),
    visibility: anyVisibility,
    state: fc.constantFrom('ACTIVE', 'EDITED', 'DELETED'),
    createdAt: anyDate,
    editedAt: fc.option(anyDate),
    editedBy: fc.option(anyParticipant),
    attachments: fc.array(anyAttachment, { maxLength: 3 }),
    form: fc.option(fc.array(fc.record({ label: anyText, answer: fc.option(anyText) }), { maxLength: 3 })),
    buttons: fc.array(fc.record({ text: anyText, url: fc.option(fc.webUrl()) }), { maxLength: 3 }),
    systemEvent: fc.option(
      fc.constantFrom(
        'JOINED',
        'LEFT',
        'TRANSFERRED',
        'QUEUED',
        'CLOSED',
        'REOPENED',
        'RATED',
        'TAGGED',
        'OTHER',
      ),
    ),
  }),
  fc.constant({ reopens: true as const }),
)

/** Any room that a provider can have returned. */
export const anyRoom: fc.Arbitrary<Room> = fc.record({
  type: fc.constant('Room'),
  provider: anyText,
  nativeId: anyText,
  status: fc.constantFrom('QUEUED', 'OPEN', 'ON_HOLD', 'CLOSED', 'UNKNOWN'),
  visitor: fc.option(anyParticipant),
  agents: fc.array(anyParticipant, { maxLength: 3 }),
  departmentId: fc.option(anyText),
  tags: fc.array(anyText, { maxLength: 3 }),
  createdAt: fc.option(anyDate),
  closedAt: fc.option(anyDate),
  lastActivityAt: fc.option(anyDate),
  queue: fc.option(fc.record({ position: anyCount, estimatedWaitMs: anyCount, since: fc.option(anyDate) })),
  rating: fc.option(
    fc.record({
      score: fc.integer({ min: 1, max: 5 }),
      comment: fc.option(anyText),
      ratedAt: fc.option(anyDate),
    }),
  ),
  closedBy: fc.option(anyParticipant),
  firstResponseAt: fc.option(anyDate),
  unansweredSince: fc.option(anyDate),
  customFields: anyCustomFields,
  lastMessage: fc.option(anyMessage),
})

/** Values with and without the optional fields. */
function withOptional<T extends object, U extends object>(
  required: fc.Arbitrary<T>,
  optional: fc.Arbitrary<U>,
): fc.Arbitrary<T | (T & U)> {
  return fc.oneof(
    required,
    fc.tuple(required, optional).map(([value, fields]) => ({ ...value, ...fields })),
  )
}
