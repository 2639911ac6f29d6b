import { readRoom } from './read-room.ts'
import type { FollowDocuments, FollowedEvent, FollowItem, PagedRoom } from './room-documents.ts'
import { type Session, type SubscribeOptions, subscribeResuming } from './subscribe.ts'

/** Pages that are read back to the beginning of a gap. */
const MAX_PAGES = 20

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

/** What it must select of a gap: `... on GapEvent { reason from }`. */
interface Gap {
  readonly __typename: 'GapEvent'
  readonly reason: string
  readonly from?: string | null
}
