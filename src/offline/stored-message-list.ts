import type { Logger } from 'pino'
import { z } from 'zod'
import type { ChatAdapter, OfflineMessageItem, OfflineMessageQuery } from '../domain/adapter.ts'
import { addDays, resolveDayRange, startOfDay } from '../domain/calendar-days.ts'
import { ChatError, invalidInput } from '../domain/errors.ts'
import { parseJson } from '../domain/json.ts'
import type { OfflineMessage, OfflineMessageState } from '../domain/model.ts'
import { acceptanceRange, isDuplicate } from './duplicate-criteria.ts'
import { DuplicateMatcher } from './duplicate-matcher.ts'
import { toOfflineMessage } from './offline-message.ts'
import type {
  OfflineStore,
  StoredMessage,
  StoredMessagePosition,
  StoredMessageQuery,
  StoredMessageState,
} from './offline-store.ts'

/** How many rows the store is asked for at a time. */
const PAGE_SIZE = 100
const everything = {
  from: null,
  to: null,
  department: null,
  email: null,
  text: null,
  states: null,
  nativeId: null,
}
const LATEST_MS = Date.parse('9999-12-31T00:00:00Z')

/** Which messages of the gateway's own list; null leaves a condition out. */
export interface StoredListQuery extends Omit<OfflineMessageQuery, 'departmentId'> {
  /** Whose messages. */
  readonly providers: readonly Pick<ChatAdapter, 'name' | 'timeZone'>[]
  /** All that the department is called: submitted is its id or its name. */
  readonly department: readonly string[] | null
  readonly states: readonly OfflineMessageState[] | null
}

/** Where a reader of the list stands: the message read last, and when the reading began. */
const resumeShape = z.tuple([z.int(), z.string(), z.int()])

/** The accepted messages of one provider between two moments, the later one exclusive. */
interface Span {
  readonly provider: string
  readonly from: Date
  readonly to: Date
}

/** The offline messages that the gateway keeps itself, as a list. Failures of the store are PROVIDER_UNAVAILABLE. */
export class StoredMessageList {
  readonly #store: Pick<OfflineStore, 'find' | 'list' | 'count'>
  readonly #log: Logger

  constructor(store: Pick<OfflineStore, 'find' | 'list' | 'count'>, log: Logger) {
    this.#store = store
    this.#log = log
  }

  /** One provider's messages by their keys, in order; null for what is not there. */
  async find(provider: string, keys: readonly string[]): Promise<readonly (OfflineMessage | null)[]> {
    const found = await this.#guard(this.#store.find(keys))
    return found.map((stored) => (stored?.provider === provider ? toOfflineMessage(stored) : null))
  }

  /** Newest first, read lazily; `resume` goes on behind the item that carried it. */
  async *read(query: StoredListQuery, resumeAt: string | null): AsyncGenerator<OfflineMessageItem> {
    const resume = resumeAt === null ? null : parseResume(resumeAt)
    const begun = resume?.begun ?? new Date()
    for await (const stored of this.#rows(query, begun, resume?.place ?? null)) {
      const resume = JSON.stringify([stored.acceptedAt.getTime(), stored.id, begun.getTime()])
      yield { message: toOfflineMessage(stored), resumeToken: resume }
    }
  }

  /** How many match. */
  async count(query: StoredListQuery): Promise<number> {
    const { text } = query
    const states = storedStates(query.states)
    if (states?.length === 0) return 0
    const departments = query.department === null ? [null] : new Set(query.department)
    const counts = spansOf(query, new Date()).flatMap(({ provider, from, to }) =>
      [...departments].map((department) =>
        this.#store.count({ ...everything, providers: [provider], from, to, department, text, states }),
      ),
    )
    return (await this.#guard(Promise.all(counts))).reduce((sum, count) => sum + count, 0)
  }

  /** What was accepted at or after a moment, newest first. */
  async acceptedSince(providers: readonly string[], from: Date): Promise<readonly OfflineMessage[]> {
    const found: OfflineMessage[] = []
    const asked = { ...everything, providers, from }
    for await (const stored of this.#pages(asked, null)) found.push(toOfflineMessage(stored))
    return found
  }

  /** The messages accepted here that one of a provider's list may be, newest first; mostly none. */
  async findCopiesOf(listed: OfflineMessage): Promise<readonly StoredMessage[]> {
    const { provider, email, nativeId } = listed
    const asked = { ...everything, providers: [provider] }
    if (nativeId !== null) {
      const named = await this.#guard(this.#store.list({ ...asked, nativeId }, null, 1))
      if (named.length > 0) return named
    }
    const around = acceptanceRange(listed)
    if (around === null || email === null) return []
    const found: StoredMessage[] = []
    for await (const stored of this.#pages({ ...asked, ...around, email }, null))
      if (isDuplicate(stored, listed)) found.push(stored)
    return found
  }

  /**
   * A provider's list without the messages that our own shows already, those that were sent from here. Where ours
   * cannot be read the provider's stays whole: a message may be shown twice, and is never lost.
   */
  async *withoutStored(
    items: AsyncIterable<OfflineMessageItem>,
    query: StoredListQuery,
  ): AsyncGenerator<OfflineMessageItem> {
    const states = storedStates(query.states)
    if (states && !states.includes('SENT')) return yield* items
    const sent = { ...query, states: ['SENT'] } as const
    const begun = new Date()
    const own = new DuplicateMatcher({
      find: async (nativeId) => !(await this.#rows(sent, begun, null, { nativeId }).next()).done,
      read: (to) => this.#rows(sent, begun, null, { to }),
    })
    try {
      for await (const item of items) {
        if (!(await own.matches(item.message).catch(() => false))) yield item
      }
    } finally {
      await own.close()
    }
  }

  async *#rows(
    query: StoredListQuery,
    begun: Date,
    behind: StoredMessagePosition | null,
    { to = null, nativeId = null }: Partial<Pick<StoredMessageQuery, 'to' | 'nativeId'>> = {},
  ): AsyncGenerator<StoredMessage> {
    const spans = new Map(spansOf(query, begun).map((span) => [span.provider, span]))
    const asked: StoredMessageQuery = {
      providers: [...spans.keys()],
      ...outerSpan([...spans.values()], to),
      department: null,
      email: null,
      text: query.text,
      states: storedStates(query.states),
      nativeId,
    }
    if (asked.providers.length === 0 || asked.states?.length === 0) return
    for await (const stored of this.#pages(asked, behind)) {
      if (isWithin(stored, spans.get(stored.provider)) && isOfDepartment(stored, query)) yield stored
    }
  }

  async *#pages(
    query: StoredMessageQuery,
    behind: StoredMessagePosition | null,
  ): AsyncGenerator<StoredMessage> {
    for (let place = behind; ; ) {
      const rows = await this.#guard(this.#store.list(query, place, PAGE_SIZE))
      yield* rows
      const last = rows.at(-1)
      if (!last || rows.length < PAGE_SIZE) return
      place = { at: last.acceptedAt, id: last.id }
    }
  }

  async #guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      this.#log.error({ err: error }, 'the store of offline messages failed')
      const detail = 'The offline messages that this gateway keeps cannot be read at the moment.'
      throw new ChatError('PROVIDER_UNAVAILABLE', detail, { cause: error })
    }
  }
}

/** What the states are in the store; one that is being sent is QUEUED to clients. RECEIVED is in no store. */
function storedStates(states: readonly OfflineMessageState[] | null): readonly StoredMessageState[] | null {
  if (states === null) return null
  return states.flatMap((state): readonly StoredMessageState[] => {
    if (state === 'RECEIVED') return []
    return state === 'QUEUED' ? ['QUEUED', 'SENDING'] : [state]
  })
}

/** The days that were asked for as moments: they begin where each provider's clocks say. */
function spansOf({ providers, from, to }: StoredListQuery, begun: Date): readonly Span[] {
  return providers.map(({ name, timeZone }) => {
    const days = resolveDayRange({ from, to }, timeZone, null, begun)
    return {
      provider: name,
      from: possible(startOfDay(timeZone, days.from)),
      to: possible(startOfDay(timeZone, addDays(days.to, 1))),
    }
  })
}

/** Clients may ask for any day; no message was accepted before 1970, and behind 9999 is no day to be written. */
function possible(moment: Date): Date {
  const ms = moment.getTime()
  return Number.isNaN(ms) || ms > LATEST_MS ? new Date(LATEST_MS) : new Date(Math.max(0, ms))
}

function outerSpan(spans: readonly Span[], before: Date | null): { readonly from: Date; readonly to: Date } {
  const from = Math.min(...spans.map((span) => span.from.getTime()))
  const to = Math.max(...spans.map((span) => span.to.getTime()))
  return { from: new Date(from), to: new Date(before ? Math.min(to, before.getTime() + 1) : to) }
}

function isWithin({ acceptedAt }: StoredMessage, span: Span | undefined): boolean {
  return span !== undefined && acceptedAt >= span.from && acceptedAt < span.to
}

function isOfDepartment({ draft }: StoredMessage, { department }: StoredListQuery): boolean {
  return department === null || (draft.department !== null && department.includes(draft.department))
}

function parseResume(text: string): { readonly place: StoredMessagePosition; readonly begun: Date } {
  const parsed = resumeShape.safeParse(parseJson(text))
  if (!parsed.success) throw invalidInput('after', 'This is not a cursor of this list.')
  const [at, id, begun] = parsed.data
  return { place: { at: new Date(at), id }, begun: new Date(begun) }
}
