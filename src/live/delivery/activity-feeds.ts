import type { ActiveRoom, RoomActivity } from '../../domain/adapter.ts'
import { ChatError } from '../../domain/errors.ts'
import { ConflatingQueue } from './conflating-queue.ts'

/** Rooms that may wait for one subscriber; who leaves more untaken is not reading. */
const MOST_WAITING = 2_000

/** A room in which something happened, with whose it is. */
export interface ActiveRoomOfProvider extends ActiveRoom {
  readonly provider: string
}

export type ActivityFeed = ConflatingQueue<ActiveRoomOfProvider>

/** Who wants to be told in which rooms something happens, by provider. */
export class ActivityFeeds {
  readonly #feeds = new Map<ActivityFeed, ReadonlySet<string>>()

  get size(): number {
    return this.#feeds.size
  }

  /** Whether anybody wants to be told of this provider's rooms. */
  hasSubscribers(provider: string): boolean {
    return [...this.#feeds.values()].some((providers) => providers.has(provider))
  }

  /** A feed of these providers' rooms; `onLeave` is called once, however it ends. */
  open(providers: ReadonlySet<string>, onLeave: () => void): ActivityFeed {
    const feed: ActivityFeed = new ConflatingQueue(() => {
      this.#feeds.delete(feed)
      onLeave()
    })
    this.#feeds.set(feed, providers)
    return feed
  }

  /** Tells everybody who wants it. Who cannot be told of all is told so, and is to list the rooms anew. */
  publish(provider: string, { rooms, isComplete: complete }: RoomActivity): void {
    const told = rooms.map((room) => ({
      key: JSON.stringify([provider, room.roomId]),
      room: { ...room, provider },
    }))
    for (const [feed, providers] of [...this.#feeds]) {
      if (!providers.has(provider)) continue
      for (const { key, room } of told) feed.put(key, room)
      if (!complete || feed.size > MOST_WAITING) feed.end(tooMuch(provider))
    }
  }

  /** Ends every feed. */
  close(): void {
    for (const feed of [...this.#feeds.keys()]) feed.end()
  }
}

function tooMuch(provider: string): ChatError {
  const detail = 'More happened than could be told here; list the rooms, and subscribe again.'
  return new ChatError('RATE_LIMITED', detail, { provider })
}
