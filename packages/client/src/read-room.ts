import { Backoff } from './backoff.ts'
import { GatewayError, NetworkError } from './errors.ts'
import { sendOperation } from './request.ts'
import type { FollowDocuments, FollowedEvent, PagedRoom, RoomPage } from './room-documents.ts'
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
  const { messages: newestMessages, ...room } = newest
  let messages: Room['messages'] = newestMessages
  const pages = [messages]
  while (messages.pageInfo.hasPreviousPage && pages.length < maxPages) {
    if (from !== null && (messages.nodes[0]?.createdAt ?? '') <= from) break
    const before = messages.pageInfo.startCursor ?? null
    const earlier = await readPage(session, documents, { roomId, before }, options)
    if (!earlier) return null
    messages = earlier.messages
    pages.unshift(messages)
  }
  const { startCursor = null, hasPreviousPage } = messages.pageInfo
  return {
    __typename: 'RoomPage',
    room,
    messages: pages.flatMap(({ nodes }) => nodes),
    earlier: hasPreviousPage ? startCursor : null,
    cursor: newestMessages.pageInfo.endCursor ?? null,
  }
}

/** Reads a page, again until the gateway has responded. Returns null when the signal aborts. */
async function readPage<Room extends PagedRoom, Event extends FollowedEvent>(
  { endpoint }: Session,
  { page }: FollowDocuments<Room, Event>,
  variables: { readonly roomId: string; readonly before: string | null },
  { signal, onFailure }: Pick<SubscribeOptions, 'signal' | 'onFailure'>,
): Promise<Room | null> {
  const backoff = new Backoff(signal)
  while (!signal?.aborted) {
    const result = await sendOperation(endpoint, page, variables, { signal }).catch((error: unknown) => {
      if (error instanceof NetworkError) onFailure?.(error)
      else if (!signal?.aborted) throw error
      return null
    })
    const room = result?.data?.room
    if (room) return room
    const [error] = result?.errors ?? []
    if (error && !error.isTransient) throw error
    if (result && !error) throw new GatewayError({ code: 'NOT_FOUND', message: 'There is no such room.' })
    if (error) onFailure?.(error)
    await backoff.wait(error?.retryAfterMs ?? 0)
  }
  return null
}
