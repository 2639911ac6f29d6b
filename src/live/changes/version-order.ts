import { lastChangedMicros } from '../../cursor/message-version.ts'
import type { Message } from '../../domain/model.ts'

/** A later state of a message, if two of its versions have the same time. */
const STATE_RANKS = { ACTIVE: 0, EDITED: 1, DELETED: 2 } as const satisfies Record<Message['state'], number>

/** Whether neither of two versions of a message is certainly newer, because their times and states are equal. */
export function isSameAge(a: Message, b: Message): boolean {
  return lastChangedMicros(a) === lastChangedMicros(b) && STATE_RANKS[a.state] === STATE_RANKS[b.state]
}

/** Whether a version of a message is certainly newer than another one. */
export function isNewer(version: Message, other: Message): boolean {
  const later = lastChangedMicros(version) - lastChangedMicros(other)
  return later > 0 || (later === 0 && STATE_RANKS[version.state] > STATE_RANKS[other.state])
}
