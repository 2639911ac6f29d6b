import { ChatError } from '../../domain/errors.ts'
import type { ActiveRoom, RoomActivity } from '../../domain/rooms.ts'
import { ConflatingQueue } from './conflating-queue.ts'

/** Maximum number of queued rooms per subscriber. A subscriber with more is not reading. */
const MAX_QUEUED_ROOMS = 2_000

/** A room with new activity, and its provider. */
export interface ActiveRoomOfProvider extends ActiveRoom {
  readonly provider: string
}

export type ActivityFeed = ConflatingQueue<ActiveRoomOfProvider>

/** The open `roomActivity` feeds. It publishes rooms with new activity to the subscribers of their provider. */
export class ActivityFeeds {
  readonly #providersByFeed = new Map<ActivityFeed, ReadonlySet<string>>()

  /** Whether any feed includes this provider. */
  hasSubscribers(provider: string): boolean {
    return [...this.#providersByFeed.values()].some((providers) => providers.has(provider))
  }

  /** Opens a feed of these providers' rooms; `onClose` is called once, however it ends. */
  open(providers: ReadonlySet<string>, onClose: () => void): ActivityFeed {
    const feed: ActivityFeed = new ConflatingQueue(() => {
      this.#providersByFeed.delete(feed)
      onClose()
    })
    this.#providersByFeed.set(feed, providers)
    return feed
  }

  /** Publishes activity. A feed that cannot deliver all of it ends with an error; its client must list the rooms again. */
  publish(provider: string, { rooms, isComplete }: Omit<RoomActivity, 'syncToken'>): void {
    const items = rooms.map((room) => ({
      key: JSON.stringify([provider, room.roomId]),
      room: { ...room, provider },
    }))
    for (const [feed, providers] of [...this.#providersByFeed]) {
      if (!providers.has(provider)) continue
      for (const { key, room } of items) feed.put(key, room)
      if (!isComplete || feed.length > MAX_QUEUED_ROOMS) feed.end(incompleteFeed(provider))
    }
  }

  /** Ends every feed. */
  close(): void {
    for (const feed of [...this.#providersByFeed.keys()]) feed.end()
  }
}

function incompleteFeed(provider: string): ChatError {
  const detail = 'This feed cannot deliver all activity; list the rooms, and subscribe again.'
  return new ChatError('RATE_LIMITED', detail, { provider })
}
