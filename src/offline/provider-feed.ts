import type { Logger } from 'pino'
import type { CallContext, ChatAdapter } from '../domain/adapter.ts'
import { toCalendarDay } from '../domain/calendar-days.ts'
import { createOperatorCaller } from '../domain/caller.ts'
import type { OfflineMessage } from '../domain/model.ts'
import { MAX_TRANSIT_MS } from './duplicate-matcher.ts'
import type { StoredMessage } from './offline-store.ts'
import type { StoredMessageList } from './stored-message-list.ts'

/** A provider may list a message after one with a later time; each poll rereads this much to find such messages. */
const MAX_LATENESS_MS = 5 * 60_000
const gatewayOperator = createOperatorCaller('gateway')

type ListingAdapter = Pick<ChatAdapter, 'name' | 'timeZone' | 'clockSkewMs' | 'listOfflineMessages'>

/**
 * Finds the new messages of a provider's own list. Messages of the classic API have no times, so the first poll only
 * records what is there; each further one reads the days since the last poll, as far as they may have new messages.
 */
export class ProviderFeed {
  readonly #adapter: ListingAdapter
  readonly #list: Pick<StoredMessageList, 'findCopiesOf'>
  readonly #log: Logger
  readonly #startedAt = new Date()
  /** Days of the seen messages, by key, as long as those days are still read; null before the first poll. */
  #seenDays: Map<string, string> | null = null
  /** By the provider's clock. */
  #newest: Date | null = null
  /** The first day to read. */
  #fromDay: string
  /** Acceptance times of stored messages that were found at the provider, by id. */
  #matched: ReadonlyMap<string, Date> = new Map()

  constructor(adapter: ListingAdapter, list: Pick<StoredMessageList, 'findCopiesOf'>, log: Logger) {
    this.#adapter = adapter
    this.#list = list
    this.#log = log
    this.#fromDay = toCalendarDay(adapter.timeZone, this.#startedAt)
  }

  /**
   * The new messages since the last successful poll, without those that were accepted here; oldest first. A poll that fails,
   * at the provider or at the gateway's store, changes nothing: the next one finds the same messages.
   */
  async poll(signal: AbortSignal): Promise<readonly OfflineMessage[]> {
    const { first, last } = this.#currentDays()
    const listed = await this.#read(first === last ? null : last, signal)
    const seen = this.#seenDays
    const unseen = listed.filter((message) => (seen ? !seen.has(message.key) : this.#isAfterStart(message)))
    const matched = new Map(this.#matched)
    const received: OfflineMessage[] = []
    for (const message of unseen.reverse()) {
      const copy = await this.#findUnmatchedCopy(message, matched)
      if (copy) matched.set(copy.id, copy.acceptedAt)
      else received.push(message)
    }
    this.#remember(listed, first)
    this.#rememberMatches(matched)
    return received
  }

  /** The days that it is now by the gateway's clock and by the provider's, which can differ around midnight. */
  #currentDays(): { readonly first: string; readonly last: string } {
    const { timeZone } = this.#adapter
    const now = Date.now()
    const day = toCalendarDay(timeZone, new Date(now))
    const providerDay = toCalendarDay(timeZone, new Date(now + this.#adapter.clockSkewMs()))
    return day < providerDay ? { first: day, last: providerDay } : { first: providerDay, last: day }
  }

  /** The newest messages of the list, back to where nothing new is possible. `to` is null for today. */
  async #read(to: string | null, signal: AbortSignal): Promise<readonly OfflineMessage[]> {
    const query = { from: this.#fromDay, to, departmentId: null, text: null }
    const call: CallContext = { caller: gatewayOperator, signal, log: this.#log, priority: 'background' }
    const messages: OfflineMessage[] = []
    let newest = this.#newest
    for await (const { message } of this.#adapter.listOfflineMessages(query, null, call)) {
      const { receivedAt } = message
      newest ??= receivedAt
      if (receivedAt && newest && newest.getTime() - receivedAt.getTime() > MAX_LATENESS_MS) break
      messages.push(message)
    }
    return messages
  }

  /** The first successful poll may come late. The times in the list are the provider's. */
  #isAfterStart({ receivedAt }: OfflineMessage): boolean {
    const startedAt = this.#startedAt.getTime() + this.#adapter.clockSkewMs()
    return receivedAt !== null && receivedAt.getTime() >= startedAt
  }

  #remember(listed: readonly OfflineMessage[], today: string): void {
    const seenDays = this.#seenDays ?? new Map<string, string>()
    for (const { key, receivedOn, receivedAt } of listed) {
      seenDays.set(key, receivedOn ?? today)
      if (receivedAt && (this.#newest === null || receivedAt > this.#newest)) this.#newest = receivedAt
    }
    for (const [key, day] of seenDays) if (day < today) seenDays.delete(key)
    this.#seenDays = seenDays
    this.#fromDay = today
  }

  /** Each message accepted here matches one message of the provider at most. */
  async #findUnmatchedCopy(
    message: OfflineMessage,
    matched: ReadonlyMap<string, Date>,
  ): Promise<StoredMessage | null> {
    const copies = await this.#list.findCopiesOf(message)
    return copies.find(({ id }) => !matched.has(id)) ?? null
  }

  #rememberMatches(matched: ReadonlyMap<string, Date>): void {
    const forgetBefore = Date.now() - 2 * MAX_TRANSIT_MS
    this.#matched = new Map([...matched].filter(([, at]) => at.getTime() >= forgetBefore))
  }
}
