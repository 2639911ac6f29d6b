import { z } from 'zod'
import { decodeCursor } from '../../cursor/cursor.ts'
import { invalidInput } from '../../domain/errors.ts'
import type { MessagePage, MessageWindow } from '../../domain/messages.ts'
import type { Position } from '../../domain/model.ts'
import { providerOf, requireCapability } from '../access/provider-access.ts'
import type { Context } from '../context.ts'
import { parsePageSize } from '../pagination/connection.ts'

/** Messages per page if the client passes neither `first` nor `last`. */
export const DEFAULT_PAGE_SIZE = 50

/** The arguments of `Room.messages`, as the GraphQL engine coerces them. */
export const messageArguments = z.object({
  first: z.number().nullish(),
  after: z.string().nullish(),
  last: z.number().nullish(),
  before: z.string().nullish(),
  since: z.date().nullish(),
  until: z.date().nullish(),
})
export type MessageArguments = Readonly<z.infer<typeof messageArguments>>

/**
 * Reads a page of a room's messages, once per operation. Throws NOT_FOUND for a room that is absent or that the caller may not
 * see, so a page also proves that the caller may see the room.
 */
export async function readMessagePage(
  { provider, nativeId }: { readonly provider: string; readonly nativeId: string },
  window: MessageWindow,
  ctx: Context,
): Promise<MessagePage> {
  const adapter = requireCapability(providerOf({ provider }, ctx), 'READ_MESSAGES', ctx)
  return ctx.loaders.readMessages(adapter, nativeId, window)
}

/** Converts the arguments of `Room.messages`. Throws INVALID_INPUT. */
export function toMessageWindow({
  first,
  last,
  after,
  before,
  since,
  until,
}: MessageArguments): MessageWindow {
  if (isGiven(first) && isGiven(last)) throw invalidInput('last', 'Pass `first` or `last`, not both.')
  // With only `after`, a client continues from the cursor; otherwise it expects the newest messages.
  const isForward = isGiven(first) || (isGiven(after) && !isGiven(last))
  return {
    take: isForward ? 'oldest' : 'newest',
    limit: isForward
      ? parsePageSize(first, 'first', DEFAULT_PAGE_SIZE)
      : parsePageSize(last, 'last', DEFAULT_PAGE_SIZE),
    after: isGiven(after) ? parsePosition(after, 'after') : null,
    before: isGiven(before) ? parsePosition(before, 'before') : null,
    since: since ?? null,
    until: until ?? null,
  }
}

function parsePosition(text: string, field: string): Position {
  const cursor = decodeCursor(text)
  if (cursor) return cursor.position
  throw invalidInput(field, 'Must be a cursor of a message or an event.')
}

/** Whether the client passed an argument, and not null. */
export function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined
}
