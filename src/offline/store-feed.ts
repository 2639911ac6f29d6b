import type { OfflineMessage } from '../domain/model.ts'
import type { StoredMessageList } from './stored-message-list.ts'

/** Each poll rereads this much: replicas' clocks differ, and a message becomes visible shortly after its time. */
const OVERLAP_MS = 60_000

/** Finds the messages that other processes accepted, in the shared store. */
export class StoreFeed {
  readonly #list: Pick<StoredMessageList, 'acceptedSince'>
  readonly #providers: readonly string[]
  readonly #startedAt = new Date()
  readonly #seen = new Map<string, Date>()
  #from = new Date(this.#startedAt.getTime() - OVERLAP_MS)
  #hasPolled = false

  constructor(list: Pick<StoredMessageList, 'acceptedSince'>, providers: readonly string[]) {
    this.#list = list
    this.#providers = providers
  }

  /** Marks a message as seen; returns false if it was seen before. */
  markSeen({ key, receivedAt }: OfflineMessage): boolean {
    if (this.#seen.has(key)) return false
    this.#seen.set(key, receivedAt ?? new Date())
    return true
  }

  /** The unseen messages that were accepted since the last poll, oldest first. */
  async poll(): Promise<readonly OfflineMessage[]> {
    const polledAt = Date.now()
    const unseen: OfflineMessage[] = []
    for (const message of await this.#list.acceptedSince(this.#providers, this.#from)) {
      const isBeforeStart = message.receivedAt === null || message.receivedAt < this.#startedAt
      if (this.markSeen(message) && (this.#hasPolled || !isBeforeStart)) unseen.push(message)
    }
    this.#hasPolled = true
    this.#from = new Date(polledAt - OVERLAP_MS)
    for (const [key, at] of this.#seen) if (at.getTime() < polledAt - 2 * OVERLAP_MS) this.#seen.delete(key)
    return unseen.reverse()
  }
}
