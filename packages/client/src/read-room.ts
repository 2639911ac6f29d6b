import { GatewayError } from './errors.ts'
import { sendOperation } from './request.ts'
import { type RetryOptions, retry } from './retry.ts'
import type {
  EarlierPage,
  FollowDocuments,
  FollowedEvent,
  MessagePage,
  PagedRoom,
  RoomPage,
} from './room-documents.ts'
import type { Session } from './session.ts'

/** Options of `readRoom`. */
export interface ReadOptions extends RetryOptions {
  /** How far to read back; null for the beginning of the room. */
  readonly from: string | null
  readonly maxPages: number
}

/** Reads the newest page of a room, and earlier ones back to a time; again until the gateway has responded. */
export async function readRoom<Room extends PagedRoom, Event extends FollowedEvent>(
  session: Session,
  roomId: string,
  documents: FollowDocuments<Room, Event>,
  { from, maxPages, ...options }: ReadOptions,
): Promise<RoomPage<Room>> {
  const read = (before: string | null) =>
    retry(session, () => readPage(session, roomId, documents, before, options), options)
  const { room: newest, errors } = await read(null)
  const { messages: newestMessages, ...room } = newest
  let messages: Room['messages'] = newestMessages
  const pages = [messages]
  while (messages.pageInfo.hasPreviousPage && pages.length < maxPages) {
    if (from !== null && (messages.nodes[0]?.createdAt ?? '') <= from) break
    messages = (await read(messages.pageInfo.startCursor ?? null)).room.messages
    pages.unshift(messages)
  }
  return {
    __typename: 'RoomPage',
    room,
    messages: pages.flatMap(({ nodes }) => nodes),
    earlier: earlierOf(messages),
    cursor: newestMessages.pageInfo.endCursor ?? null,
    errors,
  }
}

/** Reads the page of messages before a cursor. Rejects if it cannot be read. */
export async function readEarlier<Room extends PagedRoom, Event extends FollowedEvent>(
  session: Session,
  roomId: string,
  documents: FollowDocuments<Room, Event>,
  before: string,
): Promise<EarlierPage<Room['messages']['nodes'][number]>> {
  const { messages } = (await readPage(session, roomId, documents, before, {})).room
  return { messages: messages.nodes, earlier: earlierOf(messages) }
}

/** Reads a page of a room, and why fields of it are null. */
async function readPage<Room extends PagedRoom, Event extends FollowedEvent>(
  session: Session,
  roomId: string,
  { page }: FollowDocuments<Room, Event>,
  before: string | null,
  { signal }: RetryOptions,
): Promise<{ readonly room: Room; readonly errors: readonly GatewayError[] }> {
  const { data, errors } = await sendOperation(session, page, { roomId, before }, { signal })
  if (data?.room) return { room: data.room, errors }
  throw errors[0] ?? new GatewayError({ code: 'NOT_FOUND', message: 'There is no such room.' })
}

/** The cursor of the messages before a page; null where there are none. */
function earlierOf({ pageInfo: { hasPreviousPage, startCursor } }: MessagePage): string | null {
  return hasPreviousPage ? (startCursor ?? null) : null
}
