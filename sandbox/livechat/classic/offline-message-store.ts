import { calendarDay } from '../calendar-day.ts'
import {
  type OfflineMessageDraft,
  type OfflineMessageItem,
  renderFilledForm,
  type StoredOfflineMessage,
  toItem,
} from './offline-message.ts'

/** A search as the list route understands it; both days are inclusive, in the licence's zone. */
export interface OfflineMessageSearch {
  readonly from: string
  readonly to: string
  readonly skill?: number
  readonly query?: string
}

/** The order of the list. The real order is undocumented (docs/providers/livechat.md 1.1). */
export type OfflineMessageOrder = 'newest' | 'oldest'

/** What the store needs from its licence. */
export interface OfflineMessageStoreOptions {
  readonly now: () => number
  /** IANA zone of the licence: it decides on which day a message arrived. */
  readonly timeZone: string
  readonly newId: () => string
}

interface Entry {
  readonly message: StoredOfflineMessage
  readonly item: OfflineMessageItem
  readonly day: string
  readonly searchable: string
}

/** The licence's offline messages, kept in order of arrival. */
export class OfflineMessageStore {
  readonly #options: OfflineMessageStoreOptions
  readonly #entries: Entry[] = []
  readonly #byId = new Map<string, Entry>()

  constructor(options: OfflineMessageStoreOptions) {
    this.#options = options
  }

  /** Every stored message, oldest first. */
  get all(): readonly StoredOfflineMessage[] {
    return this.#entries.map(({ message }) => message)
  }

  /** Stores a visitor's message. A draft from the past is stored at its time. */
  add(draft: OfflineMessageDraft): StoredOfflineMessage {
    const receivedAt = draft.at ?? this.#options.now()
    const message: StoredOfflineMessage = {
      id: draft.id ?? this.#options.newId(),
      visitor_name: draft.visitorName,
      skill: draft.skill ?? 0,
      email: draft.email,
      message: renderFilledForm(draft),
      receivedAt,
    }
    const entry = {
      message,
      item: toItem(message),
      day: calendarDay(receivedAt, this.#options.timeZone),
      searchable: `${message.visitor_name}\n${message.email}\n${message.message}`.toLowerCase(),
    }
    const after = this.#entries.findLastIndex((other) => other.message.receivedAt <= receivedAt)
    this.#entries.splice(after + 1, 0, entry)
    this.#byId.set(message.id, entry)
    return message
  }

  /** Removes a message; false if there was none. */
  remove(id: string): boolean {
    const entry = this.#byId.get(id)
    if (!entry) return false
    this.#byId.delete(id)
    this.#entries.splice(this.#entries.indexOf(entry), 1)
    return true
  }

  get(id: string): OfflineMessageItem | undefined {
    return this.#byId.get(id)?.item
  }

  /** All matches of a search, in the asked order. `query` matches a word or phrase anywhere, ignoring case. */
  search(search: OfflineMessageSearch, order: OfflineMessageOrder): OfflineMessageItem[] {
    const phrase = search.query?.toLowerCase()
    const found = this.#entries
      .filter(
        ({ day, item, searchable }) =>
          day >= search.from &&
          day <= search.to &&
          (search.skill === undefined || item.skill === search.skill) &&
          (phrase === undefined || searchable.includes(phrase)),
      )
      .map(({ item }) => item)
    return order === 'newest' ? found.reverse() : found
  }
}
