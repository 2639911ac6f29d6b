import type { Logger } from 'pino'
import { z } from 'zod'
import type { ChatAdapter } from '../domain/adapter.ts'
import { addDays, resolveDayRange, startOfDay } from '../domain/calendar-days.ts'
import { ChatError, invalidInput } from '../domain/errors.ts'
import { parseJson } from '../domain/json.ts'
import type { OfflineMessage, OfflineMessageState } from '../domain/model.ts'
import type { OfflineMessageItem, OfflineMessageQuery } from '../domain/offline-messages.ts'
import { acceptanceRange, DuplicateMatcher, isDuplicate } from './duplicate-matcher.ts'
import { toOfflineMessage } from './offline-message.ts'
import type {
  OfflineStore,
  StoredMessage,
  StoredMessagePosition,
  StoredMessageQuery,
  StoredMessageState,
} from './offline-store.ts'

/** Rows per read of the store. */
const PAGE_SIZE = 100
const NO_CONDITIONS = {
  from: null,
  to: null,
  department: null,
  email: null,
  text: null,
  states: null,
  nativeId: null,
}
const LATEST_MS = Date.parse('9999-12-31T00:00:00Z')

/** Filter of the stored messages; null leaves a condition out. */
export interface StoredListQuery extends Omit<OfflineMessageQuery, 'departmentId'> {
  readonly providers: readonly Pick<ChatAdapter, 'name' | 'timeZone'>[]
  /** The department's id and name: clients submit either. */
  readonly department: readonly string[] | null
  readonly states: readonly OfflineMessageState[] | null
}

/** A resume token: time and id of the last message that was read, and when reading began. */
const resumeTokenSchema = z.tuple([z.int(), z.string(), z.int()])

/** The time range of one provider's messages; `to` is exclusive. */
interface ProviderRange {
  readonly provider: string
  readonly from: Date
  readonly to: Date
}

/**
 * The offline messages that the gateway stores itself, as a list. Fails with PROVIDER_UNAVAILABLE if the store does, and logs
 * the first of consecutive failures and the recovery: one list reads the store for each message of a provider.
 */
export class StoredMessageList {
  readonly #store: Pick<OfflineStore, 'find' | 'list' | 'count'>
  readonly #log: Logger
  #isAvailable = true

  constructor(store: Pick<OfflineStore, 'find' | 'list' | 'count'>, log: Logger) {
    this.#store = store
    this.#log = log
  }

  /** One provider's messages by their keys, in the same order; null for those that do not exist. */
  async find(provider: string, keys: readonly string[]): Promise<readonly (OfflineMessage | null)[]> {
    const found = await this.#guard(this.#store.find(keys))
    return found.map((stored) => (stored?.provider === provider ? toOfflineMessage(stored) : null))
  }

  /** Matching messages, newest first, read lazily; continues after the item that carried the resume token. */
  async *read(query: StoredListQuery, resumeToken: string | null): AsyncGenerator<OfflineMessageItem> {
    const resume = resumeToken === null ? null : parseResumeToken(resumeToken)
    const startedAt = resume?.startedAt ?? new Date()
    for await (const stored of this.#matching(query, startedAt, resume?.position ?? null)) {
      const token = JSON.stringify([stored.acceptedAt.getTime(), stored.id, startedAt.getTime()])
      yield { message: toOfflineMessage(stored), resumeToken: token }
    }
  }

  /** Number of matching messages. */
  async count(query: StoredListQuery): Promise<number> {
    const { text } = query
    const states = storedStates(query.states)
    if (states?.length === 0) return 0
    const departments = query.department === null ? [null] : new Set(query.department)
    const counts = providerRanges(query, new Date()).flatMap(({ provider, from, to }) =>
      [...departments].map((department) =>
        this.#store.count({ ...NO_CONDITIONS, providers: [provider], from, to, department, text, states }),
      ),
    )
    return (await this.#guard(Promise.all(counts))).reduce((sum, count) => sum + count, 0)
  }

  /** Number of a provider's messages that wait for their delivery, however old. */
  countWaiting(provider: string): Promise<number> {
    const states = storedStates(['QUEUED'])
    return this.#guard(this.#store.count({ ...NO_CONDITIONS, providers: [provider], states }))
  }

  /** The messages accepted at or after this time, newest first. */
  async acceptedSince(providers: readonly string[], from: Date): Promise<readonly OfflineMessage[]> {
    const messages: OfflineMessage[] = []
    for await (const stored of this.#pages({ ...NO_CONDITIONS, providers, from }, null))
      messages.push(toOfflineMessage(stored))
    return messages
  }

  /** The stored messages that a message of a provider's list may be, newest first; usually none. */
  async findCopiesOf(listed: OfflineMessage): Promise<readonly StoredMessage[]> {
    const { provider, email, nativeId } = listed
    const query = { ...NO_CONDITIONS, providers: [provider] }
    if (nativeId !== null) {
      const byNativeId = await this.#guard(this.#store.list({ ...query, nativeId }, null, 1))
      if (byNativeId.length > 0) return byNativeId
    }
    const range = acceptanceRange(listed)
    if (range === null || email === null) return []
    const copies: StoredMessage[] = []
    for await (const stored of this.#pages({ ...query, ...range, email }, null))
      if (isDuplicate(stored, listed)) copies.push(stored)
    return copies
  }

  /**
   * A provider's list without the messages that the stored list shows already, which were sent from here. If the store
   * cannot be read, nothing is removed: a message may be shown twice, and is never lost.
   */
  async *withoutStored(
    items: AsyncIterable<OfflineMessageItem>,
    query: StoredListQuery,
  ): AsyncGenerator<OfflineMessageItem> {
    const states = storedStates(query.states)
    if (states && !states.includes('SENT')) return yield* items
    const sent = { ...query, states: ['SENT'] } as const
    const startedAt = new Date()
    const matcher = new DuplicateMatcher({
      find: async (nativeId) => !(await this.#matching(sent, startedAt, null, { nativeId }).next()).done,
      read: (to) => this.#matching(sent, startedAt, null, { to }),
    })
    try {
      for await (const item of items) {
        if (!(await matcher.matches(item.message).catch(() => false))) yield item
      }
    } finally {
      await matcher.close()
    }
  }

  async *#matching(
    query: StoredListQuery,
    startedAt: Date,
    after: StoredMessagePosition | null,
    { to = null, nativeId = null }: Partial<Pick<StoredMessageQuery, 'to' | 'nativeId'>> = {},
  ): AsyncGenerator<StoredMessage> {
    const ranges = new Map(providerRanges(query, startedAt).map((range) => [range.provider, range]))
    const storedQuery: StoredMessageQuery = {
      providers: [...ranges.keys()],
      ...combinedRange([...ranges.values()], to),
      department: null,
      email: null,
      text: query.text,
      states: storedStates(query.states),
      nativeId,
    }
    if (storedQuery.providers.length === 0 || storedQuery.states?.length === 0) return
    for await (const stored of this.#pages(storedQuery, after)) {
      if (isInRange(stored, ranges.get(stored.provider)) && isOfDepartment(stored, query)) yield stored
    }
  }

  async *#pages(
    query: StoredMessageQuery,
    after: StoredMessagePosition | null,
  ): AsyncGenerator<StoredMessage> {
    for (let position = after; ; ) {
      const rows = await this.#guard(this.#store.list(query, position, PAGE_SIZE))
      yield* rows
      const last = rows.at(-1)
      if (!last || rows.length < PAGE_SIZE) return
      position = { at: last.acceptedAt, id: last.id }
    }
  }

  async #guard<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work
      if (!this.#isAvailable) this.#log.info('offline message store is available again')
      this.#isAvailable = true
      return result
    } catch (error) {
      if (this.#isAvailable) this.#log.error({ err: error }, 'offline message store is unavailable')
      this.#isAvailable = false
      const detail = 'The offline messages stored by this gateway cannot be read at the moment.'
      throw new ChatError('PROVIDER_UNAVAILABLE', detail, { cause: error })
    }
  }
}

/** Maps states to those of the store: a message in state SENDING is QUEUED to clients; RECEIVED is never stored. */
function storedStates(states: readonly OfflineMessageState[] | null): readonly StoredMessageState[] | null {
  if (states === null) return null
  return states.flatMap((state): readonly StoredMessageState[] => {
    if (state === 'RECEIVED') return []
    return state === 'QUEUED' ? ['QUEUED', 'SENDING'] : [state]
  })
}

/** The requested days as time ranges: a day begins by each provider's time zone. */
function providerRanges({ providers, from, to }: StoredListQuery, now: Date): readonly ProviderRange[] {
  return providers.map(({ name, timeZone }) => {
    const days = resolveDayRange({ from, to }, timeZone, null, now)
    return {
      provider: name,
      from: clampTime(startOfDay(timeZone, days.from)),
      to: clampTime(startOfDay(timeZone, addDays(days.to, 1))),
    }
  })
}

/** Clients may request any day; no message was accepted before 1970, and years after 9999 have no four digits. */
function clampTime(time: Date): Date {
  const ms = time.getTime()
  return Number.isNaN(ms) || ms > LATEST_MS ? new Date(LATEST_MS) : new Date(Math.max(0, ms))
}

function combinedRange(
  ranges: readonly ProviderRange[],
  before: Date | null,
): { readonly from: Date; readonly to: Date } {
  const from = Math.min(...ranges.map((range) => range.from.getTime()))
  const to = Math.max(...ranges.map((range) => range.to.getTime()))
  return { from: new Date(from), to: new Date(before ? Math.min(to, before.getTime() + 1) : to) }
}

function isInRange({ acceptedAt }: StoredMessage, range: ProviderRange | undefined): boolean {
  return range !== undefined && acceptedAt >= range.from && acceptedAt < range.to
}

function isOfDepartment({ draft }: StoredMessage, { department }: StoredListQuery): boolean {
  return department === null || (draft.department !== null && department.includes(draft.department))
}

function parseResumeToken(token: string): {
  readonly position: StoredMessagePosition
  readonly startedAt: Date
} {
  const parsed = resumeTokenSchema.safeParse(parseJson(token))
  if (!parsed.success) throw invalidInput('after', 'This is not a cursor of this list.')
  const [at, id, startedAt] = parsed.data
  return { position: { at: new Date(at), id }, startedAt: new Date(startedAt) }
}
