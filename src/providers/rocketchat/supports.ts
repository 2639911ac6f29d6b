import { type CapabilityManifest, type CapabilitySupport, unsupported } from '../../domain/capability.ts'

const ACCOUNT = 'ROCKETCHAT_USER_ID and ROCKETCHAT_AUTH_TOKEN'

const VISITORS: CapabilitySupport = {
  roles: ['VISITOR'],
  denialReason: `On this Rocket.Chat only a visitor, with the visitor’s own token, reads and writes a room; operators need ${ACCOUNT}.`,
}

const BOTH: CapabilitySupport = {
  roles: ['VISITOR', 'OPERATOR'],
  denialReason:
    'A Rocket.Chat room is read and written by its visitor, with the visitor’s own token, or by operators.',
}

/**
 * What a Rocket.Chat can do: what visitors may (docs/providers/rocketchat.md 1 to 4.1), and agents' work with
 * a service account.
 */
export function supportsOf(hasServiceAccount: boolean) {
  const room = hasServiceAccount ? BOTH : VISITORS
  return {
    LIST_ROOMS: hasServiceAccount
      ? { roles: ['OPERATOR'], denialReason: 'Rocket.Chat lists no rooms to visitors.' }
      : unsupported(`Rocket.Chat lists no rooms to visitors; operators need ${ACCOUNT}.`),
    READ_MESSAGES: room,
    START_ROOM: { roles: ['ANONYMOUS', 'VISITOR', 'OPERATOR'], denialReason: '' },
    SEND_MESSAGE: room,
    UPDATE_MESSAGE: room,
    DELETE_MESSAGE: room,
    CLOSE_ROOM: room,
    SEND_OFFLINE_MESSAGE: { roles: ['ANONYMOUS', 'VISITOR', 'OPERATOR'], denialReason: '' },
    LIST_OFFLINE_MESSAGES: unsupported('Rocket.Chat mails offline messages and keeps none to list.'),
  } satisfies CapabilityManifest
}
