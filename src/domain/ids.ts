import type { MessageRef } from './model.ts'
import { decodeToken, encodeToken } from './opaque-token.ts'
import { isSafeLine } from './text.ts'

/** The object that a global id identifies. Native ids are data: they are encoded, never concatenated. */
export type GlobalId =
  | { readonly type: 'Provider'; readonly provider: string }
  | { readonly type: 'Room'; readonly provider: string; readonly roomId: string }
  | { readonly type: 'Message'; readonly provider: string; readonly ref: MessageRef }
  | { readonly type: 'OfflineMessage'; readonly provider: string; readonly key: string }
  | { readonly type: 'Department'; readonly provider: string; readonly departmentId: string }
  | { readonly type: 'Agent'; readonly provider: string; readonly agentId: string }
  /** `index` is the position among the attachments of the message, from 0. */
  | {
      readonly type: 'Attachment'
      readonly provider: string
      readonly ref: MessageRef
      readonly index: number
    }

const VERSION = 1

/** One letter per type keeps ids short, as every response contains them. */
const letters = {
  Provider: 'p',
  Room: 'r',
  Message: 'm',
  OfflineMessage: 'o',
  Department: 'd',
  Agent: 'a',
  Attachment: 'f',
} as const

/** Encodes a global id: opaque to clients, versioned, canonical, and free of credentials. */
export function encodeId(id: GlobalId): string {
  const parts = [VERSION, letters[id.type], id.provider, ...nativeParts(id)]
  return encodeToken(parts)
}

/** Decodes a global id; null for any text that `encodeId` does not make. Never throws. */
export function decodeId(text: string): GlobalId | null {
  const id = fromParts(decodeToken(text))
  return id && encodeId(id) === text ? id : null
}

/** The native ids in a global id; null for a part that is absent. */
export function nativeParts(id: GlobalId): readonly (string | null)[] {
  switch (id.type) {
    case 'Provider':
      return []
    case 'Room':
      return [id.roomId]
    case 'Message':
      return [id.ref.roomId, id.ref.threadId, id.ref.messageId]
    case 'OfflineMessage':
      return [id.key]
    case 'Department':
      return [id.departmentId]
    case 'Agent':
      return [id.agentId]
    case 'Attachment':
      return [id.ref.roomId, id.ref.threadId, id.ref.messageId, String(id.index)]
  }
}

/** Whether the native ids have no control characters. Clients can make up ids; providers return none with such characters. */
export function hasSafeParts(id: GlobalId): boolean {
  return nativeParts(id).every((part) => part === null || isSafeLine(part))
}

function fromParts([version, letter, provider, ...rest]: readonly unknown[]): GlobalId | null {
  if (version !== VERSION || typeof provider !== 'string') return null
  const [first, second, third, fourth] = rest
  if (letter === 'p') return { type: 'Provider', provider }
  if (typeof first !== 'string') return null
  if (letter === 'r') return { type: 'Room', provider, roomId: first }
  if (letter === 'o') return { type: 'OfflineMessage', provider, key: first }
  if (letter === 'd') return { type: 'Department', provider, departmentId: first }
  if (letter === 'a') return { type: 'Agent', provider, agentId: first }
  if (typeof third !== 'string' || (second !== null && typeof second !== 'string')) return null
  const ref = { roomId: first, threadId: second, messageId: third }
  if (letter === 'm') return { type: 'Message', provider, ref }
  if (letter !== 'f' || typeof fourth !== 'string') return null
  const index = Number(fourth)
  return Number.isSafeInteger(index) && index >= 0 ? { type: 'Attachment', provider, ref, index } : null
}
