import type { Logger } from 'pino'
import type { CallContext, ChatAdapter } from '../domain/adapter.ts'
import { toCalendarDay } from '../domain/calendar-days.ts'
import { createOperatorCaller } from '../domain/caller.ts'
import type { OfflineMessage } from '../domain/model.ts'
import { MAX_TRANSIT_MS } from './duplicate-criteria.ts'
import type { StoredMessageList } from './stored-message-list.ts'

/** A provider may put a message in its list behind one with a later time; this far back is read again for such. */
const LATE_MS = 5 * 60_000
const GATEWAY = createOperatorCaller('gateway')

type Listing = Pick<ChatAdapter, 'name' | 'timeZone' | 'clockSkewMs' | 'listOfflineMessages'>

/**
 * Finds what is new in a provider's own list. The list of the classic API has no times, so the first look only
 * learns what is there; each further one reads the days since the last, as far as they may hold anything new.
 */
export class ProviderFeed {
  readonly #adapter: Listing
  readonly #list: Pick<StoredMessageList, 'findCopiesOf'>
  readonly #log: Logger
  readonly #begun = new Date()
  /** The known messages of the days that are still looked at, by key; null before the first look. */
  #known: Map<string, string> | null = null
  /** By the provider's clock. */
  #newest: Date | null = null
  /** The first day to look at. */
  #from: string
  /** Messages accepted here that were found at the provider, and when they were accepted. */
  readonly #claimed = new Map<string, Date>()

  constructor(adapter: Listing, list: Pick<StoredMessageList, 'findCopiesOf'>, log: Logger) {
    this.#adapter = adapter
    this.#list = list
    this.#log = log
    this.#from = toCalendarDay(adapter.timeZone, this.#begun)
  }

  /** The messages that came since the last look, but for those that were accepted here; oldest first. */
  async poll(signal: AbortSignal): Promise<readonly OfflineMessage[]> {
    const today = toCalendarDay(this.#adapter.timeZone, new Date())
    const found = await this.#read(signal)
    const known = this.#known
    const fresh = found.filter((message) => (known ? !known.has(message.key) : this.#cameSinceBegun(message)))
    this.#remember(found, today)
    const others: OfflineMessage[] = []
    for (const message of fresh.reverse()) if (!(await this.#isAcceptedHere(message))) others.push(message)
    return others
  }

  /** The newest of the list, back to where nothing new can be. */
  async #read(signal: AbortSignal): Promise<readonly OfflineMessage[]> {
    const query = { from: this.#from, to: null, departmentId: null, text: null }
    const call: CallContext = { caller: GATEWAY, signal, log: this.#log, priority: 'background' }
    const found: OfflineMessage[] = []
    let newest = this.#newest
    for await (const { message } of this.#adapter.listOfflineMessages(query, null, call)) {
      newest ??= message.receivedAt
      if (message.receivedAt && newest && newest.getTime() - message.receivedAt.getTime() > LATE_MS) break
      found.push(message)
    }
    return found
  }

  /** The first look that is answered may come late; the list's times are the provider's. */
  #cameSinceBegun({ receivedAt }: OfflineMessage): boolean {
    return receivedAt !== null && receivedAt.getTime() >= this.#begun.getTime() + this.#adapter.clockSkewMs()
  }

  #remember(found: readonly OfflineMessage[], today: string): void {
    const known = this.#known ?? new Map<string, string>()
    for (const { key, receivedOn, receivedAt } of found) {
      known.set(key, receivedOn ?? today)
      if (receivedAt && (this.#newest === null || receivedAt > this.#newest)) this.#newest = receivedAt
    }
    for (const [key, day] of known) if (day < today) known.delete(key)
    this.#known = known
    this.#from = today
  }

  /** Each message accepted here stands for one of the provider's. */
  async #isAcceptedHere(message: OfflineMessage): Promise<boolean> {
    const candidates = await this.#list.findCopiesOf(message)
    const ours = candidates.find(({ id }) => !this.#claimed.has(id))
    if (!ours) return false
    this.#claimed.set(ours.id, ours.acceptedAt)
    const forgotten = Date.now() - 2 * MAX_TRANSIT_MS
    for (const [id, at] of this.#claimed) if (at.getTime() < forgotten) this.#claimed.delete(id)
    return true
  }
}
