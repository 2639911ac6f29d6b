import { Backoff } from './backoff.ts'
import { GatewayError, NetworkError } from './errors.ts'
import { sendOperation } from './request.ts'
import type {
  EarlierPage,
  FollowDocuments,
  FollowedEvent,
  MessagePage,
  PagedRoom,
  RoomPage,
} from './room-documents.ts'
import type { Session, SubscribeOptions } from './subscribe.ts'

/** Options of `readRoom`. */
export interface ReadOptions extends Pick<SubscribeOptions, 'signal' | 'onFailure'> {
  /** How far to read back; null for the beginning of the room. */
  readonly from: string | null
  readonly maxPages: number
}

/** Reads the newest page of a room, and earlier ones back to a time. Returns null when the signal aborts. */
export async function readRoom<Room extends PagedRoom, Event extends FollowedEvent>(
  session: Session,
  roomId: string,
  documents: FollowDocuments<Room, Event>,
  { from, maxPages, ...options }: ReadOptions,
): Promise<RoomPage<Room> | null> {
  const newest = await readPage(session, documents, { roomId, before: null }, options)
  if (!newest) return null
  const { messages: newestMessages, ...room } = newest.room
  let messages: Room['messages'] = newestMessages
  const pages = [messages]
  while (messages.pageInfo.hasPreviousPage && pages.length < maxPages) {
    if (from !== null && (messages.nodes[0]?.createdAt ?? '') <= from) break
    const before = messages.pageInfo.startCursor ?? null
    const earlier = await readPage(session, documents, { roomId, before }, options)
    if (!earlier) return null
    messages = earlier.room.messages
    pages.unshift(messages)
  }
  return {
    __typename: 'RoomPage',
    room,
    messages: pages.flatMap(({ nodes }) => nodes),
    earlier: earlierOf(messages),
    cursor: newestMessages.pageInfo.endCursor ?? null,
    errors: newest.errors,
  }
}

/** Reads the page of messages before a cursor. Rejects if it cannot be read. */
export async function readEarlier<Room extends PagedRoom, Event extends FollowedEvent>(
  { endpoint }: Session,
  roomId: string,
  { page }: FollowDocuments<Room, Event>,
  before: string,
): Promise<EarlierPage<Room['messages']['nodes'][number]>> {
  const { data, errors } = await sendOperation(endpoint, page, { roomId, before })
  const messages = data?.room?.messages
  if (!messages) throw errors[0] ?? missingRoom()
  return { messages: messages.nodes, earlier: earlierOf(messages) }
}

/** A room as one response has it, and the errors of its fields. */
interface ReadPage<Room> {
  readonly room: Room
  readonly errors: readonly GatewayError[]
}

/** Reads a page, again until the gateway has responded. Returns null when the signal aborts. */
async function readPage<Room extends PagedRoom, Event extends FollowedEvent>(
  { endpoint }: Session,
  { page }: FollowDocuments<Room, Event>,
  variables: { readonly roomId: string; readonly before: string | null },
  { signal, onFailure }: Pick<SubscribeOptions, 'signal' | 'onFailure'>,
): Promise<ReadPage<Room> | null> {
  const backoff = new Backoff(signal)
  while (!signal?.aborted) {
    const result = await sendOperation(endpoint, page, variables, { signal }).catch((error: unknown) => {
      if (error instanceof NetworkError) onFailure?.(error)
      else if (!signal?.aborted) throw error
      return null
    })
    const { errors = [] } = result ?? {}
    const room = result?.data?.room
    if (room) return { room, errors }
    const [error] = errors
    if (error && !error.isTransient) throw error
    if (result && !error) throw missingRoom()
    if (error) onFailure?.(error)
    await backoff.wait(error?.retryAfterMs ?? 0)
  }
  return null
}

/** The cursor of the messages before a page; null where there are none. */
function earlierOf({ pageInfo: { hasPreviousPage, startCursor } }: MessagePage): string | null {
  return hasPreviousPage ? (startCursor ?? null) : null
}

function missingRoom(): GatewayError {
  return new GatewayError({ code: 'NOT_FOUND', message: 'There is no such room.' })
}
