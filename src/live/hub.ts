import type { Logger } from 'pino'
import type { ChatAdapter } from '../chat/adapter.ts'
import type { Role } from '../chat/caller.ts'
import type { RoomEvent } from '../chat/events.ts'
import type { PaceOptions } from './pace.ts'
import { type Joiner, RoomSource } from './room-source.ts'

export interface HubOptions {
  readonly pace: PaceOptions
  readonly log: Logger
}

/** Who wants to watch what, from where on. */
export interface WatchRequest extends Joiner {
  readonly adapter: ChatAdapter
  readonly roomId: string
}

/**
 * One source per watched room (and view of it, where its provider has several), however many watch it. It lives
 * from the first watcher to the last.
 */
export class Hub {
  readonly #options: HubOptions
  readonly #sources = new Map<string, RoomSource>()

  constructor(options: HubOptions) {
    this.#options = options
  }

  /** How many rooms are being looked at, and by how many watchers. */
  get counts(): { readonly rooms: number; readonly watchers: number } {
    const watchers = [...this.#sources.values()].reduce((sum, source) => sum + source.watching, 0)
    return { rooms: this.#sources.size, watchers }
  }

  /** Resolves once the provider has granted the caller the room and the start is fixed; else rejects. */
  async watch({ adapter, roomId, ...joiner }: WatchRequest): Promise<AsyncIterableIterator<RoomEvent>> {
    // Who left before it came would open a source that nobody leaves.
    joiner.signal.throwIfAborted()
    const key = keyOf(adapter.name, roomId, adapter.viewsByRole ? joiner.caller.role : null)
    const source = this.#sources.get(key) ?? this.#open(key, adapter, roomId)
    return (await source.join(joiner)).events
  }

  /** A hint that something happened in a room: whoever watches it looks now. */
  nudge(provider: string, roomId: string): void {
    for (const role of [null, 'OPERATOR', 'VISITOR'] as const) {
      this.#sources.get(keyOf(provider, roomId, role))?.nudge()
    }
  }

  /** Ends every stream. */
  close(): void {
    for (const source of [...this.#sources.values()]) source.close()
  }

  #open(key: string, adapter: ChatAdapter, roomId: string): RoomSource {
    const source: RoomSource = new RoomSource({
      adapter,
      roomId,
      ...this.#options,
      onEmpty: () => {
        if (this.#sources.get(key) === source) this.#sources.delete(key)
      },
    })
    this.#sources.set(key, source)
    return source
  }
}

/** `role` where the provider shows a room differently by it: what one was shown is not told to the other. */
function keyOf(provider: string, roomId: string, role: Role | null): string {
  return JSON.stringify([provider, roomId, role])
}
