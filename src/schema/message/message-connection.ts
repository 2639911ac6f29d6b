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
import type { RoomHandle } from '../node.ts'
import {
  type Edge,
  PAGE_ITEMS_COMPLEXITY,
  PageInfo,
  type PageInfoShape,
  parsePageSize,
} from '../pagination/connection.ts'
import { Message } from './message.ts'
import { loadedRoomStateVersion } from './page-room-state.ts'

/** How many messages a page has where neither `first` nor `last` says. */
export const DEFAULT_PAGE_SIZE = 50

const MessageEdge = builder.objectRef<Edge<MessageModel>>('MessageEdge').implement({
  description: 'A message at its place.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'Its place; pages go on from it.' }),
    node: t.field({ type: Message, description: 'The message.', resolve: ({ node }) => node }),
  }),
})

/** A page of messages, oldest first. Its cursors are made where they are asked for. */
interface Page {
  readonly messages: readonly MessageModel[]
  /** It has all messages from there to its last. */
  readonly from: Position
  /** What the operation shows of the room's own state; null where it does not load the room. */
  readonly room: RoomStateVersion | null
  readonly pageInfo: PageInfoShape
}

export const MessageConnection = builder.objectRef<Page>('MessageConnection').implement({
  description:
    'A page of messages, oldest first. `pageInfo.endCursor` is also a cursor to subscribe after: no message falls between.',
  fields: (t) => ({
    edges: t.field({
      type: [MessageEdge],
      description: 'The page.',
      complexity: PAGE_ITEMS_COMPLEXITY,
      resolve: edgesOf,
    }),
    nodes: t.field({
      type: [Message],
      description: 'The page without its cursors.',
      complexity: PAGE_ITEMS_COMPLEXITY,
      resolve: ({ messages }) => messages,
    }),
    pageInfo: t.field({
      type: PageInfo,
      description: 'Where the page lies.',
      resolve: ({ pageInfo }) => pageInfo,
    }),
  }),
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
  first: t.int({ description: 'The oldest so many within the bounds, 1 to 100.' }),
  after: t.string({ description: 'Only behind this cursor: of an edge, of a page’s end, or of an event.' }),
  last: t.int({ description: 'The newest so many within the bounds, 1 to 100.' }),
  before: t.string({ description: 'Only before this cursor.' }),
  since: t.field({ type: 'DateTime', description: 'Only created at or after this.' }),
  until: t.field({ type: 'DateTime', description: 'Only created before this.' }),
}))

/** Reads one page of a room's messages as the client asked for it. */
export async function readMessageConnection(
  of: Room | RoomHandle,
  args: MessageArgs,
  ctx: Context,
): Promise<Page> {
  const window = windowOf(args)
  const adapter = requireCapability(providerOf(of, ctx), 'READ_MESSAGES', ctx)
  const page = await adapter.listMessages(of.nativeId, window, ctx.call)
  const { messages, hasLater, hasEarlier } = page
  const room = await loadedRoomStateVersion(of, page, adapter, ctx)
  // Of the newest behind a cursor, what is before that is not said to be earlier.
  const isBounded = isGiven(args.since) || (isGiven(args.after) && window.take === 'newest')
  const from = hasEarlier || isBounded ? (messages[0]?.position ?? FIRST_POSITION) : FIRST_POSITION
  return {
    messages,
    from,
    room,
    pageInfo: {
      hasNextPage: hasLater,
      hasPreviousPage: hasEarlier,
      get startCursor() {
        return edgesOf({ messages: messages.slice(0, 1), from, room })[0]?.cursor ?? null
      },
      get endCursor() {
        const end = pageEndCursor(messages, from, room)
        return end ? encodeCursor(end) : cursorOfNothing(args, room)
      },
    },
  }
}

function edgesOf({
  messages,
  from,
  room,
}: Pick<Page, 'messages' | 'from' | 'room'>): readonly Edge<MessageModel>[] {
  return pageCursors(messages, from, room).map(({ cursor, message }) => ({
    cursor: encodeCursor(cursor),
    node: message,
  }))
}

function windowOf({ first, last, after, before, since, until }: MessageArgs): MessageWindow {
  if (isGiven(first) && isGiven(last)) throw invalidInput('last', 'Pass `first` or `last`, not both.')
  // Behind a cursor and with no other word, a client reads on; else it wants what is newest.
  const take = isGiven(first) || (isGiven(after) && !isGiven(last)) ? 'oldest' : 'newest'
  return {
    take,
    limit:
      take === 'oldest'
        ? parsePageSize(first, 'first', DEFAULT_PAGE_SIZE)
        : parsePageSize(last, 'last', DEFAULT_PAGE_SIZE),
    after: isGiven(after) ? positionOf(after, 'after') : null,
    before: isGiven(before) ? positionOf(before, 'before') : null,
    since: since ?? null,
    until: until ?? null,
  }
}

function positionOf(text: string, field: string) {
  const cursor = decodeCursor(text)
  if (cursor) return cursor.position
  throw invalidInput(field, 'This is not a cursor of a message or an event.')
}

/** An empty page still has an end to subscribe after: where it was looked from, or the room's beginning. */
function cursorOfNothing({ after, since }: MessageArgs, room: RoomStateVersion | null): string {
  if (isGiven(after)) return after
  const position = positionAt(since ?? new Date(0))
  return encodeCursor(cursorAtPosition(position, position.micros, room))
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined
}
