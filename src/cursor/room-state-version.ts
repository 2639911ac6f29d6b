import { z } from 'zod'
import type { Room, RoomStatus } from '../domain/model.ts'
import type { RoomView } from '../domain/room-view.ts'
import { shortHash } from '../domain/short-hash.ts'

/**
 * Whether a subscriber that resumes with a cursor must receive the room's state besides the messages: not at all, only if
 * it differs by now (`VERIFY`), or in any case, because the subscriber may not have received it (`SEND`).
 */
export type RoomStateResend = 'NONE' | 'VERIFY' | 'SEND'

/** The version of a room's own state that the holder of a cursor knows. */
export interface RoomStateVersion {
  readonly view: RoomView
  /** `hashRoomState` of the room; null where the state is not known. */
  readonly hash: string | null
  readonly resend: RoomStateResend
}

const HASH_LENGTH = 6
const statusLetters: Readonly<Record<RoomStatus, string>> = {
  QUEUED: 'Q',
  OPEN: 'O',
  ON_HOLD: 'H',
  CLOSED: 'C',
  UNKNOWN: 'U',
}
const viewLetters: Readonly<Record<RoomView, string>> = { OPERATOR: 'o', VISITOR: 'v' }
const resendLetters: Readonly<Record<RoomStateResend, string>> = { NONE: '', VERIFY: '~', SEND: '!' }

/**
 * Hashes a room's state: its status (the first letter), closing time, agents, department, tags and rating. Names and times
 * of activity are not part of it.
 */
export function hashRoomState({ status, closedAt, agents, departmentId, tags, rating }: Room): string {
  const agentIds = agents.map(({ nativeId }) => nativeId).sort()
  // Without a rating nothing is added, so that cursors from before ratings stay equal.
  const ratings = rating ? [rating.score, rating.comment] : []
  const state = [closedAt?.getTime() ?? null, agentIds, departmentId, [...tags].sort(), ...ratings]
  return statusLetters[status] + shortHash(JSON.stringify(state), HASH_LENGTH)
}

/** Whether two versions are of the same state. In different views only the status can be compared. */
export function isSameRoomState(a: RoomStateVersion, b: RoomStateVersion): boolean {
  if (a.hash === null || b.hash === null) return false
  if (a.view === b.view) return a.hash === b.hash
  const [one, other] = [a.hash.charAt(0), b.hash.charAt(0)]
  return one === other || one === statusLetters.UNKNOWN || other === statusLetters.UNKNOWN
}

/** Encodes a version for a cursor. */
export function encodeRoomStateVersion({ view, hash, resend }: RoomStateVersion): string {
  return viewLetters[view] + (hash ?? '') + resendLetters[resend]
}

/** Decodes what `encodeRoomStateVersion` makes and rejects any other text. */
export const roomStateVersionText = z
  .string()
  .regex(/^[ov](?:[QOHCU][\w-]{6}[~!]?|!)$/)
  .transform((text): RoomStateVersion => {
    const end = text.at(-1)
    const hash = text.slice(1, 2 + HASH_LENGTH)
    return {
      view: text.startsWith(viewLetters.OPERATOR) ? 'OPERATOR' : 'VISITOR',
      hash: hash.length > HASH_LENGTH ? hash : null,
      resend: end === resendLetters.SEND ? 'SEND' : end === resendLetters.VERIFY ? 'VERIFY' : 'NONE',
    }
  })
