import { cursorAtPosition, encodeCursor, pageCursors, pageEndCursor } from '../../cursor/cursor.ts'
import type { RoomStateVersion } from '../../cursor/room-state-version.ts'
import {
  FIRST_POSITION,
  type Message as MessageModel,
  type Position,
  positionAt,
  type Room,
} from '../../domain/model.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { type Connection, connectionType } from '../pagination/connection.ts'
import type { RoomHandle } from '../room/room-ref.ts'
import { Message } from './message.ts'
import { isGiven, type MessageArguments, readMessagePage, toMessageWindow } from './message-page.ts'
import { loadedRoomStateVersion } from './page-room-state.ts'

export const MessageConnection = connectionType('Message', Message, {
  connection:
    'A page of messages, oldest first. Subscribe after `pageInfo.endCursor` to receive every later message exactly once.',
  edge: 'A message with the cursor of its position.',
  cursor: 'Position of the message in the room, for `after`, `before` and subscriptions.',
  node: 'The message.',
})

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
  args: MessageArguments,
  ctx: Context,
): Promise<Connection<MessageModel>> {
  const window = toMessageWindow(args)
  const page = await readMessagePage(of, window, ctx)
  const { messages, hasLater, hasEarlier } = page
  const room = await loadedRoomStateVersion(of, page, ctx)
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

/** An empty page also has an end to subscribe after: the start of its range, or the beginning of the room. */
function emptyPageCursor({ after, since }: MessageArguments, room: RoomStateVersion | null): string {
  if (isGiven(after)) return after
  const position = positionAt(since ?? new Date(0))
  return encodeCursor(cursorAtPosition(position, position.micros, room))
}
