import type { Message } from '../domain/model.ts'

/** Everything of a message that a client can see change, as one text. Link previews and read receipts are no change. */
export function messageVersion({ text, state, kind, editedAt, attachments, visibility }: Message): string {
  return JSON.stringify([text, state, kind, editedAt?.getTime() ?? null, attachments, visibility])
}

/** When a message was last changed, in microseconds of provider time. */
export function lastChangedMicros({ position, editedAt }: Message): number {
  return Math.max(position.micros, (editedAt?.getTime() ?? 0) * 1000)
}
