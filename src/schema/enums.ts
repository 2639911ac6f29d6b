import type { Permission } from '../domain/caller.ts'
import { capabilities } from '../domain/capability.ts'
import { errorCodes } from '../domain/errors.ts'
import { providerDefinitions } from '../providers/index.ts'
import { builder } from './builder.ts'

export const ProviderKindType = builder.enumType('ProviderKind', {
  description: 'A kind of chat backend.',
  values: providerDefinitions.map(({ kind }): string => kind),
})

export const HealthStatusType = builder.enumType('HealthStatus', {
  description: 'How a provider answers at the moment.',
  values: {
    UP: { description: 'The last call was answered.' },
    DEGRADED: { description: 'Calls fail now and then, or the provider limits their rate.' },
    DOWN: { description: 'Several calls in a row failed, or the configured account is refused.' },
    UNKNOWN: { description: 'No call was made yet.' },
  } as const,
})

export const CapabilityType = builder.enumType('Capability', {
  description: 'What a provider, as configured, can do. A room may allow less: see Room.capabilities.',
  values: capabilities,
})

export const ParticipantRoleType = builder.enumType('ParticipantRole', {
  description: 'What somebody is in a room.',
  values: ['VISITOR', 'AGENT', 'BOT', 'SYSTEM', 'UNKNOWN'] as const,
})

export const RoomStatusType = builder.enumType('RoomStatus', {
  description: 'Where a conversation stands.',
  values: {
    QUEUED: { description: 'Open, and no agent has it yet.' },
    OPEN: {},
    ON_HOLD: {},
    CLOSED: {},
    UNKNOWN: {},
  } as const,
})

export const MessageKindType = builder.enumType('MessageKind', {
  description: 'What a message is made of. A kind that the gateway does not know is UNKNOWN.',
  values: {
    TEXT: {},
    FILE: {},
    FORM: {},
    RICH: { description: 'Cards, buttons and the like.' },
    SYSTEM: { description: 'Written by the provider: somebody joined, the room was closed.' },
    UNKNOWN: {},
  } as const,
})

export const MessageVisibilityType = builder.enumType('MessageVisibility', {
  description: 'Who may read a message. Visitors never see one that is for agents.',
  values: ['EVERYONE', 'AGENTS'] as const,
})

export const MessageStateType = builder.enumType('MessageState', {
  description: 'What became of a message since it was sent.',
  values: ['ACTIVE', 'EDITED', 'DELETED'] as const,
})

export const OfflineMessageStateType = builder.enumType('OfflineMessageState', {
  description: 'How far an offline message has come.',
  values: {
    RECEIVED: { description: 'Read from the provider’s own list.' },
    QUEUED: { description: 'Accepted and stored here; not yet handed to the provider.' },
    SENT: { description: 'The provider confirmed it.' },
    UNCONFIRMED: {
      description:
        'It went out and no answer came: it may or may not have arrived. Never repeated without being asked.',
    },
    FAILED: { description: 'The provider refused it, or attempts ran out.' },
    DISCARDED: { description: 'An operator gave it up; it is not sent any more.' },
  } as const,
})

export const GapReasonType = builder.enumType('GapReason', {
  description: 'Why events may be missing.',
  values: {
    HISTORY_LIMIT: { description: 'The provider’s history could not be read back that far.' },
    SLOW_CONSUMER: {
      description:
        'This subscriber read too slowly. What it was not given lies behind the gap’s cursor. The stream goes on, unless the subscriber stays stuck.',
    },
    CURSOR_EXPIRED: {
      description:
        'What was seen up to the cursor is not what the room holds now: a message is gone without a trace, or was put in long after its time.',
    },
  } as const,
})

export const ViewerRoleType = builder.enumType('ViewerRole', {
  description: 'What the caller is to this gateway.',
  values: ['OPERATOR', 'VISITOR', 'ANONYMOUS'] as const,
})

export const PermissionType = builder.enumType('Permission', {
  description:
    'What an operator may do. The gateway’s configuration grants it, and claims of a JWT narrow it.',
  values: {
    READ: { description: 'Queries and subscriptions: rooms, messages and offline messages.' },
    WRITE: { description: 'Mutations in rooms: sending, editing and deleting messages, closing rooms.' },
    MANAGE: { description: 'Retrying, discarding and erasing offline messages.' },
  } satisfies Record<Permission, object>,
})

export const ErrorCodeType = builder.enumType('ErrorCode', {
  description: 'Why something was not done.',
  values: errorCodes,
})
