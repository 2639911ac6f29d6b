import {
  cursorAtPosition,
  decodeCursor,
  encodeCursor,
  pageCursors,
  pageEndCursor,
} from '../../cursor/cursor.ts'
import type { RoomStateVersion } from '../../cursor/room-state-version.ts'
import type { MessageWindow } from '../../domain/adapter.ts'
import { invalidInput } from '../../domain/errors.ts'
import {
  FIRST_POSITION,
  type Message as MessageModel,
  type Position,
  positionAt,
  type Room,
} from '../../domain/model.ts'
import { providerOf, requireCapability } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { type Connection, connectionType, parsePageSize } from '../pagination/connection.ts'
import type { RoomHandle } from '../room/room-ref.ts'
import { Message } from './message.ts'
import { loadedRoomStateVersion } from './page-room-state.ts'

/** Messages per page if the client passes neither `first` nor `last`. */
export const DEFAULT_PAGE_SIZE = 50

export const MessageConnection = connectionType('Message', Message, {
  connection:
    'A page of messages, oldest first. Subscribe after `pageInfo.endCursor` to receive every later message exactly once.',
  edge: 'A message with the cursor of its position.',
  cursor: 'Position of the message in the room, for `after`, `before` and subscriptions.',
  node: 'The message.',
})

interface MessageArgs {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
  readonly since?: Date | null | undefined
  readonly until?: Date | null | undefined
}

export const messageArgs = builder.args((t) => ({
  first: t.int({
    description: 'Returns this many of the oldest messages in the range, from 1 to 100. Excludes `last`.',
  }),
  after: t.string({
    description: 'Only messages after this cursor, which can be of an edge, of a page or of an event.',
  }),
  last: t.int({
    description: 'Returns this many of the newest messages in the range, from 1 to 100. Excludes `first`.',
  }),
  before: t.string({ description: 'Only messages before this cursor.' }),
  since: t.field({ type: 'DateTime', description: 'Only messages created at or after this time.' }),
  until: t.field({ type: 'DateTime', description: 'Only messages created before this time.' }),
}))

/** Reads one page of a room's messages. */
export async function readMessageConnection(
  of: Room | RoomHandle,
  args: MessageArgs,
  ctx: Context,
): Promise<Connection<MessageModel>> {
  const window = toMessageWindow(args)
  const adapter = requireCapability(providerOf(of, ctx), 'READ_MESSAGES', ctx)
  const page = await adapter.listMessages(of.nativeId, window, ctx.call)
  const { messages, hasLater, hasEarlier } = page
  const room = await loadedRoomStateVersion(of, page, adapter, ctx)
  // The newest messages after a cursor or a time do not show whether earlier ones are in the range.
  const isBounded = isGiven(args.since) || (isGiven(args.after) && window.take === 'newest')
  /** The page has all messages from this position to its last. */
  const from: Position = hasEarlier || isBounded ? (messages[0]?.position ?? FIRST_POSITION) : FIRST_POSITION
  const edgesOf = (some: readonly MessageModel[]) =>
    pageCursors(some, from, room).map(({ cursor, message }) => ({
      cursor: encodeCursor(cursor),
      node: message,
    }))
  // Cursors are made only if they are selected.
  return {
    nodes: messages,
    get edges() {
      return edgesOf(messages)
    },
    pageInfo: {
      hasNextPage: hasLater,
      hasPreviousPage: hasEarlier,
      get startCursor() {
        return edgesOf(messages.slice(0, 1))[0]?.cursor ?? null
      },
      get endCursor() {
        const end = pageEndCursor(messages, from, room)
        return end ? encodeCursor(end) : emptyPageCursor(args, room)
      },
    },
  }
}

function toMessageWindow({ first, last, after, before, since, until }: MessageArgs): MessageWindow {
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

/** An empty page also has an end to subscribe after: the start of its range, or the beginning of the room. */
function emptyPageCursor({ after, since }: MessageArgs, room: RoomStateVersion | null): string {
  if (isGiven(after)) return after
  const position = positionAt(since ?? new Date(0))
  return encodeCursor(cursorAtPosition(position, position.micros, room))
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined
}
