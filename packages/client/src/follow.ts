import { type ReadOptions, readRoom } from './read-room.ts'
import type { FollowDocuments, FollowedEvent, FollowItem, PagedRoom } from './room-documents.ts'
import type { Session } from './session.ts'
import { type SubscribeOptions, subscribeResuming } from './subscribe.ts'

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
  options: FollowOptions = {},
): AsyncGenerator<FollowItem<Room, Event>, void, void> {
  const { signal } = options
  let after = options.after ?? null
  let missing: Pick<ReadOptions, 'from' | 'maxPages'> | null =
    options.after === undefined ? { from: null, maxPages: 1 } : null
  try {
    while (!signal?.aborted) {
      if (missing) {
        const page = await readRoom(session, roomId, documents, { ...options, ...missing })
        yield page
        after = page.cursor
        missing = null
      }
      for await (const { roomEvents: event } of subscribeResuming(
        session,
        documents.events,
        { roomId, after },
        options,
      )) {
        after = event.cursor
        if (isNoGap(event)) {
          yield event
          continue
        }
        // After the cursor of such a gap the gateway sends the events that were left out.
        if (isGap(event) && event.reason !== 'SLOW_CONSUMER')
          missing = { from: event.from ?? null, maxPages: MAX_PAGES }
        break
      }
    }
  } catch (error) {
    if (!signal?.aborted) throw error
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
