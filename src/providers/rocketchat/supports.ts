import { type CapabilityManifest, type CapabilitySupport, unsupported } from '../../domain/capability.ts'
import { CREDENTIAL_NEEDED } from '../shared/errors.ts'
import { ONLY_AGENTS_WORK_ON_ROOMS } from '../shared/room-work.ts'
import { settingNames } from './settings.ts'

const ACCOUNT = `the settings ${settingNames('userId', 'authToken')}`

const VISITORS: CapabilitySupport = {
  roles: ['VISITOR'],
  denialReason: `On this Rocket.Chat only visitors, with their own token, read and write rooms; operators need ${ACCOUNT}.`,
}

const VISITORS_AND_OPERATORS: CapabilitySupport = {
  roles: ['VISITOR', 'OPERATOR'],
  denialReason: CREDENTIAL_NEEDED,
}

const AGENTS: CapabilitySupport = {
  roles: ['OPERATOR'],
  denialReason: ONLY_AGENTS_WORK_ON_ROOMS,
}

const NOTHING_SEEN_BY_VISITORS = 'Rocket.Chat stores nothing about what a visitor has seen.'

const EVERYBODY: CapabilitySupport = { roles: ['ANONYMOUS', 'VISITOR', 'OPERATOR'], denialReason: '' }

/** Returns who may do what: visitors (docs/providers/rocketchat.md 1 to 4.1), and operators with a service account. */
export function supportsOf(hasServiceAccount: boolean, hasPush: boolean) {
  const roomSupport = hasServiceAccount ? VISITORS_AND_OPERATORS : VISITORS
  const agentSupport = hasServiceAccount
    ? AGENTS
    : unsupported(`${AGENTS.denialReason} They need ${ACCOUNT}.`)
  return {
    LIST_ROOMS: hasServiceAccount
      ? { roles: ['OPERATOR'], denialReason: 'Rocket.Chat lists no rooms to visitors.' }
      : unsupported(`Rocket.Chat lists no rooms to visitors; operators need ${ACCOUNT}.`),
    READ_MESSAGES: roomSupport,
    START_ROOM: EVERYBODY,
    SEND_MESSAGE: roomSupport,
    UPDATE_MESSAGE: roomSupport,
    DELETE_MESSAGE: roomSupport,
    CLOSE_ROOM: roomSupport,
    TAKE_ROOM: agentSupport,
    ASSIGN_ROOM: agentSupport,
    TRANSFER_ROOM: agentSupport,
    REQUEUE_ROOM: agentSupport,
    SET_TAGS: hasServiceAccount
      ? { roles: ['OPERATOR'], denialReason: 'Only operators can tag rooms.' }
      : unsupported(`Only operators can tag rooms; they need ${ACCOUNT}.`),
    RATE_ROOM: { roles: ['VISITOR'], denialReason: 'Only the visitor can rate a room, with its own token.' },
    REQUEST_TRANSCRIPT: roomSupport,
    SEND_NOTE: unsupported('Rocket.Chat has no notes: the visitor receives every message of the room.'),
    SEND_FILE: roomSupport,
    SET_TYPING: hasPush
      ? roomSupport
      : unsupported(`Typing is shown over Rocket.Chat’s push, which ${settingNames('push')} switches off.`),
    MARK_SEEN: hasServiceAccount
      ? { roles: ['OPERATOR'], denialReason: NOTHING_SEEN_BY_VISITORS }
      : unsupported(`${NOTHING_SEEN_BY_VISITORS} Operators need ${ACCOUNT}.`),
    LIST_AGENTS: hasServiceAccount
      ? { roles: ['OPERATOR'], denialReason: 'Only operators can list agents.' }
      : unsupported(`Rocket.Chat lists agents to operators only; they need ${ACCOUNT}.`),
    SET_AGENT_STATUS: hasServiceAccount
      ? { roles: ['OPERATOR'], denialReason: 'Only operators can set the status of agents.' }
      : unsupported(`Only operators set the status of Rocket.Chat’s agents; they need ${ACCOUNT}.`),
    RENEW_VISITOR: unsupported('Visitor tokens of Rocket.Chat do not expire.'),
    SEND_OFFLINE_MESSAGE: EVERYBODY,
    LIST_OFFLINE_MESSAGES: unsupported('Rocket.Chat mails offline messages and keeps none to list.'),
  } satisfies CapabilityManifest
}
