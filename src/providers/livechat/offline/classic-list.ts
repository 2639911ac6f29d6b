import { z } from 'zod'
import type { CallContext } from '../../../domain/adapter.ts'
import { addDays, countDays, resolveDayRange } from '../../../domain/calendar-days.ts'
import type { OfflineMessage } from '../../../domain/model.ts'
import type { OfflineMessageItem, OfflineMessageQuery } from '../../../domain/offline-messages.ts'
import { PageWalkGuard } from '../../shared/page-walk.ts'
import { parseResumeToken } from '../../shared/resume-token.ts'
import type { ClassicClient, ClassicMessage, ClassicPage } from './classic-client.ts'
import { type DayPosition, MAX_ANCHORS, readDay, START_OF_DAY } from './classic-day.ts'
import { extractVisitorText } from './offline-form.ts'

/** Resume token: a day, the position in it, and the first day of the list. */
const resumeTokenSchema = z.tuple([
  z.iso.date(),
  z.int().nonnegative(),
  z.array(z.string()).max(MAX_ANCHORS),
  z.iso.date(),
])

interface ListPosition {
  readonly day: string
  readonly position: DayPosition
  /** The list's first day when the read started. Today may have changed since. */
  readonly from: string
}

/** One read of the list, back to the day `from`. */
interface ListRead {
  readonly query: OfflineMessageQuery
  readonly from: string
  readonly call: CallContext
}

/** Reads the classic list, which has no times, so that each message gets its day (docs/providers/livechat.md 1.1). */
export class ClassicOfflineList {
  readonly #client: ClassicClient
  readonly #provider: string
  readonly #timeZone: string

  constructor(client: ClassicClient, provider: string, timeZone: string) {
    this.#client = client
    this.#provider = provider
    this.#timeZone = timeZone
  }

  /** Yields the newest day first, and within a day the provider's order. Reads each page when it is needed. */
  async *read(
    query: OfflineMessageQuery,
    resumeToken: string | null,
    call: CallContext,
  ): AsyncGenerator<OfflineMessageItem> {
    const resume = resumeToken === null ? null : decodeResumeToken(resumeToken)
    const { from, to } = resolveDayRange(query, this.#timeZone, resume?.from ?? null)
    const read = { query, from, call }
    let day = resume && resume.day < to ? resume.day : to
    if (resume && resume.day === day && day >= from) {
      yield* this.#readDay(read, day, resume.position, null)
      day = addDays(day, -1)
    }
    yield* this.#readBackwards(read, day)
  }

  /** Counts the messages of the whole range with one request; null if the response has no count. */
  async count(query: OfflineMessageQuery, call: CallContext): Promise<number | null> {
    return (await this.#client.fetchPage(query, resolveDayRange(query, this.#timeZone, null), 1, call)).total
  }

  /**
   * Reads days with messages one by one. Over empty days the stride doubles, so that an empty year costs a handful of
   * billed requests instead of one a day. A stride that contains messages is halved until it is one day.
   */
  async *#readBackwards(read: ListRead, to: string): AsyncGenerator<OfflineMessageItem> {
    const { query, from, call } = read
    let day = to
    let stride = 1
    // The first day of a range with messages, while its latest day with messages is searched for.
    let searchedFrom: string | null = null
    let guard = new PageWalkGuard()
    while (day >= from) {
      guard.countPage()
      const first = addDays(day, 1 - Math.min(stride, countDays(from, day)))
      const page = await this.#client.fetchPage(query, { from: first, to: day }, 1, call)
      const hasMessages = (page.total ?? page.messages.length) > 0
      if (hasMessages && first !== day) {
        searchedFrom = first
        stride = halfOf(first, day)
        continue
      }
      if (hasMessages) {
        for await (const item of this.#readDay(read, day, START_OF_DAY, page)) {
          // The limit on pages applies to consecutive ranges without messages.
          guard = new PageWalkGuard()
          yield item
        }
        searchedFrom = null
      }
      day = addDays(first, -1)
      if (searchedFrom !== null && searchedFrom <= day) stride = halfOf(searchedFrom, day)
      else stride = hasMessages ? 1 : stride * 2
    }
  }

  async *#readDay(
    { query, from, call }: ListRead,
    day: string,
    start: DayPosition,
    firstPage: ClassicPage | null,
  ): AsyncGenerator<OfflineMessageItem> {
    const fetch = (number: number) => this.#client.fetchPage(query, { from: day, to: day }, number, call)
    for await (const { item, position } of readDay(fetch, start, firstPage)) {
      const message = mapClassicMessage(item, day, this.#provider)
      yield { message, resumeToken: encodeResumeToken({ day, position, from }) }
    }
  }
}

/** Maps a classic message; `day` is null if it was read by its id. */
export function mapClassicMessage(
  item: ClassicMessage,
  day: string | null,
  provider: string,
): OfflineMessage {
  return {
    type: 'OfflineMessage',
    provider,
    key: item.id,
    nativeId: item.id,
    name: item.visitor_name || null,
    email: item.email || null,
    text: extractVisitorText(item.message),
    rawText: item.message,
    departmentId: item.skill ?? null,
    receivedAt: null,
    receivedOn: day,
    delivery: { state: 'RECEIVED', attempts: 0, lastError: null, nextAttemptAt: null },
  }
}

function halfOf(first: string, last: string): number {
  return Math.max(1, Math.floor(countDays(first, last) / 2))
}

function encodeResumeToken({ day, position, from }: ListPosition): string {
  return JSON.stringify([day, position.readCount, position.anchorIds, from])
}

function decodeResumeToken(text: string): ListPosition {
  const [day, readCount, anchorIds, from] = parseResumeToken(resumeTokenSchema, text)
  return { day, position: { readCount, anchorIds }, from }
}
