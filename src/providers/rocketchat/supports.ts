import type { Supports } from '../../chat/capability.ts'
import { unsupported } from '../../chat/capability.ts'

const VISITORS = {
  roles: ['VISITOR'],
  otherwise: 'On this Rocket.Chat only a visitor, with the visitor’s own token, reads and writes a room.',
} as const

/** What a Rocket.Chat without agent-side access can do (rocketchat.md 1 to 4.1). */
export const visitorSide: Supports = {
  LIST_ROOMS: unsupported('Rocket.Chat lists no rooms to visitors.'),
  READ_MESSAGES: VISITORS,
  START_ROOM: { roles: ['ANONYMOUS', 'VISITOR', 'OPERATOR'], otherwise: '' },
  SEND_MESSAGE: VISITORS,
  UPDATE_MESSAGE: VISITORS,
  DELETE_MESSAGE: VISITORS,
  CLOSE_ROOM: VISITORS,
  SEND_OFFLINE_MESSAGE: { roles: ['ANONYMOUS', 'VISITOR', 'OPERATOR'], otherwise: '' },
  LIST_OFFLINE_MESSAGES: unsupported('Rocket.Chat mails offline messages and keeps none to list.'),
}
