import type { OfflineMessage } from '../domain/model.ts'
import type { StoredMessageList } from './stored-message-list.ts'

/** Replicas' clocks differ, and a message shows in the store a little after its time: so far back is read again. */
const OVERLAP_MS = 60_000

/** Finds what other processes accepted, in the store that all share. */
export class StoreFeed {
  readonly #list: Pick<StoredMessageList, 'acceptedSince'>
  readonly #providers: readonly string[]
  readonly #begun = new Date()
  readonly #known = new Map<string, Date>()
  #from = new Date(this.#begun.getTime() - OVERLAP_MS)
  #looked = false

  constructor(list: Pick<StoredMessageList, 'acceptedSince'>, providers: readonly string[]) {
    this.#list = list
    this.#providers = providers
  }

  /** Takes note of a message that this process accepted; false where it is known already. */
  markSeen({ key, receivedAt }: OfflineMessage): boolean {
    if (this.#known.has(key)) return false
    this.#known.set(key, receivedAt ?? new Date())
    return true
  }

  /** The messages accepted since the last look that were not learnt of before, oldest first. */
  async poll(): Promise<readonly OfflineMessage[]> {
    const lookedAt = Date.now()
    const fresh: OfflineMessage[] = []
    for (const message of await this.#list.acceptedSince(this.#providers, this.#from)) {
      const before = message.receivedAt === null || message.receivedAt < this.#begun
      if (this.markSeen(message) && (this.#looked || !before)) fresh.push(message)
    }
    this.#looked = true
    this.#from = new Date(lookedAt - OVERLAP_MS)
    for (const [key, at] of this.#known) if (at.getTime() < lookedAt - 2 * OVERLAP_MS) this.#known.delete(key)
    return fresh.reverse()
  }
}
