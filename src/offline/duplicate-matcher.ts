import type { OfflineMessage } from '../domain/model.ts'
import { acceptanceRange, isDuplicate } from './duplicate-criteria.ts'
import type { StoredMessage } from './offline-store.ts'

/** The messages of ours that the list shows. */
export interface StoredMessageSource {
  /** Whether one of them is what the provider calls so. */
  find(nativeId: string): Promise<boolean>
  /** Newest first, from those accepted before a moment on. */
  read(to: Date): AsyncIterable<StoredMessage>
}

/**
 * Tells, along a provider's list read newest first, which of its messages stand in the gateway's own list
 * already. Each of ours stands for one of the provider's and no more: the same words left twice are two messages.
 */
export class DuplicateMatcher {
  readonly #find: StoredMessageSource['find']
  readonly #read: (to: Date) => AsyncIterator<StoredMessage>
  #rows: AsyncIterator<StoredMessage> | null = null
  #next: StoredMessage | null = null
  #near: StoredMessage[] = []

  constructor({ find, read }: StoredMessageSource) {
    this.#find = find
    this.#read = (to) => read(to)[Symbol.asyncIterator]()
  }

  /** Whether our own list shows this message of the provider's. Rejects with what reading ours failed with. */
  async matches(listed: OfflineMessage): Promise<boolean> {
    if (listed.nativeId !== null && (await this.#find(listed.nativeId))) return true
    const around = acceptanceRange(listed)
    if (around === null) return false
    if (this.#rows === null) {
      this.#rows = this.#read(around.to)
      await this.#advance(this.#rows)
    }
    while (this.#next && this.#next.acceptedAt >= around.from) {
      if (this.#next.nativeId === null) this.#near.push(this.#next)
      await this.#advance(this.#rows)
    }
    this.#near = this.#near.filter(({ acceptedAt }) => acceptedAt <= around.to)
    const found = this.#near.findIndex((stored) => isDuplicate(stored, listed))
    if (found === -1) return false
    this.#near.splice(found, 1)
    return true
  }

  /** Ends the reading. */
  async close(): Promise<void> {
    await this.#rows?.return?.()
  }

  async #advance(rows: AsyncIterator<StoredMessage>): Promise<void> {
    const result = await rows.next()
    this.#next = result.done ? null : result.value
  }
}
