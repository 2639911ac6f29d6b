import { invalidInput } from '../../domain/errors.ts'

/** A message to send. `custom_id` is chosen here, to find the message again (docs/providers/livechat.md 3.5, 11.6). */
export type NewMessageEvent = MessageContent & {
  readonly custom_id: string
  /** Set for agents' events only; customers' events are always visible to all. */
  readonly visibility?: 'all' | 'agents'
}

/** A text, or a file at an address of LiveChat's (docs/providers/livechat.md 22). */
type MessageContent =
  | { readonly type: 'message'; readonly text: string }
  | { readonly type: 'file'; readonly url: string }

/** LiveChat's id of a sent event, and its thread if the response named it. */
export interface EventLocation {
  readonly eventId: string | null
  readonly threadId: string | null
}

/** Size limit of a text in UTF-8 (docs/providers/livechat.md 3.5). */
const MAX_TEXT_BYTES = 16 * 1024

/** Throws INVALID_INPUT for a text that LiveChat would reject as too long. */
export function assertTextLength(text: string): void {
  if (Buffer.byteLength(text) <= MAX_TEXT_BYTES) return
  throw invalidInput('text', 'LiveChat accepts at most 16 KB of text.')
}
