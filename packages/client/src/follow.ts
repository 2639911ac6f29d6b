import { Backoff } from './backoff.ts'
import { GatewayError, NetworkError } from './errors.ts'
import { sendOperation } from './request.ts'
import { type Session, type SubscribeOptions, subscribeResuming } from './subscribe.ts'
import type { TypedDocument } from './typed-document.ts'

/** Pages that are read back to the beginning of a gap. */
const MAX_PAGES = 20

/** What a page of messages must select. */
export interface MessagePage {
  readonly nodes: readonly { readonly createdAt: string }[]
  readonly pageInfo: {
    readonly startCursor?: string | null
    readonly endCursor?: string | null
    readonly hasPreviousPage: boolean
  }
}

/** What the document of a page must select of the room. */
export interface PagedRoom {
  readonly messages: MessagePage
}

/** What the document of the events must select of each. */
export interface FollowedEvent {
  readonly __typename: string
  readonly cursor: string
}

/** What it must select of a gap: `... on GapEvent { reason from }`. */
interface Gap {
  readonly __typename: 'GapEvent'
  readonly reason: string
  readonly from?: string | null
}

/** The documents with which a room is read and followed. */
export interface FollowDocuments<Room extends PagedRoom, Event extends FollowedEvent> {
  readonly page: TypedDocument<{ readonly room?: Room | null }, { roomId: string; before?: string | null }>
  readonly events: TypedDocument<{ readonly roomEvents: Event }, { roomId: string; after?: string | null }>
}

/** The current state of a room: the first item without a cursor, and after events were missed. It replaces what was known. */
export interface RoomPage<Room extends PagedRoom> {
  readonly __typename: 'RoomPage'
  readonly room: Omit<Room, 'messages'>
  /** Oldest first: the newest page, and those before it back to the beginning of a gap. */
  readonly messages: readonly Room['messages']['nodes'][number][]
  /** The cursor of earlier messages; null where there are none. */
  readonly earlier: string | null
  /** The position that later events follow; null for the current time. */
  readonly cursor: string | null
}

/** An item of a followed room. */
export type FollowItem<Room extends PagedRoom, Event extends FollowedEvent> =
  | RoomPage<Room>
  | Exclude<Event, { readonly __typename: 'GapEvent' }>

/** Options of `follow`. */
export interface FollowOptions extends SubscribeOptions {
  /** The cursor to start after. Without it the first item is the page of the room. */
  readonly after?: string | null | undefined
}

/**
 * Follows a room: each event once and in order, over lost connections and restarts of the gateway. After a gap the room is read
 * again. Ends when the signal aborts; throws the gateway's error if it refuses the room or the credential.
 */
export async function* followRoom<Room extends PagedRoom, Event extends FollowedEvent>(
  session: Session,
  roomId: string,
  documents: FollowDocuments<Room, Event>,
  options: FollowOptions,
): AsyncGenerator<FollowItem<Room, Event>, void, void> {
  const { signal, onFailure } = options
  let { after } = options
  if (after === undefined) {
    const page = await readRoom(session, roomId, documents, { from: null, maxPages: 1, signal, onFailure })
    if (!page) return
    yield page
    after = page.cursor
  }
  while (!signal?.aborted) {
    let gap: Gap | null = null
    for await (const { roomEvents: event } of subscribeResuming(
      session,
      documents.events,
      { roomId, after },
      options,
    )) {
      after = event.cursor
      if (isGap(event)) {
        gap = event
        break
      }
      if (isNoGap(event)) yield event
    }
    // After the cursor of this gap the gateway sends the events that were left out.
    if (!gap || gap.reason === 'SLOW_CONSUMER') continue
    const from = gap.from ?? null
    const page = await readRoom(session, roomId, documents, { from, maxPages: MAX_PAGES, signal, onFailure })
    if (!page) return
    yield page
    after = page.cursor
  }
}

function isGap<Event extends FollowedEvent>(event: Event): event is Event & Gap {
  return event.__typename === 'GapEvent'
}

function isNoGap<Event extends FollowedEvent>(
  event: Event,
): event is Exclude<Event, { readonly __typename: 'GapEvent' }> {
  return event.__typename !== 'GapEvent'
}

interface ReadOptions extends Pick<SubscribeOptions, 'signal' | 'onFailure'> {
  /** How far to read back; null for the beginning of the room. */
  readonly from: string | null
  readonly maxPages: number
}

/** Reads the newest page of a room, and earlier ones back to a time. Returns null when the signal aborts. */
async function readRoom<Room extends PagedRoom, Event extends FollowedEvent>(
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
