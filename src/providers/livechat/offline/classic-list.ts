import { z } from 'zod'
import type { CallContext, OfflineMessageItem, OfflineMessageQuery } from '../../../domain/adapter.ts'
import { addDays, countDays, resolveDayRange } from '../../../domain/calendar-days.ts'
import type { OfflineMessage } from '../../../domain/model.ts'
import { PageWalkGuard } from '../../shared/page-walk.ts'
import { parseResumeToken } from '../../shared/resume-token.ts'
import type { ClassicClient, ClassicMessage, ClassicPage } from './classic-client.ts'
import { type DayPosition, MAX_ANCHORS, readDay, START_OF_DAY } from './classic-day.ts'
import { extractVisitorText } from './offline-form.ts'

/** Where a reader of the list stands: how far that day was read, and the first day of the list. */
const resumeShape = z.tuple([
  z.iso.date(),
  z.int().nonnegative(),
  z.array(z.string()).max(MAX_ANCHORS),
  z.iso.date(),
])

/** A place in the list. `from` is the list's first day when reading began: today moves on between two pages. */
interface Resume {
  readonly day: string
  readonly place: DayPosition
  readonly from: string
}

/** One reading of the list, page after page: what is asked, and back to which day. */
interface Reading {
  readonly query: OfflineMessageQuery
  readonly from: string
  readonly call: CallContext
}

/** The list that has no times, read so that every message gets its day (docs/providers/livechat.md 1.1). */
export class ClassicOfflineList {
  readonly #client: ClassicClient
  readonly #provider: string
  readonly #timeZone: string

  constructor(client: ClassicClient, provider: string, timeZone: string) {
    this.#client = client
    this.#provider = provider
    this.#timeZone = timeZone
  }

  /** Newest day first, within a day in the provider's order. Reads a page only when it is asked for. */
  async *read(
    query: OfflineMessageQuery,
    resumeAt: string | null,
    call: CallContext,
  ): AsyncGenerator<OfflineMessageItem> {
    const resume = resumeAt === null ? null : parseResume(resumeAt)
    const { from, to } = resolveDayRange(query, this.#timeZone, resume?.from ?? null)
    const reading = { query, from, call }
    let day = resume && resume.day < to ? resume.day : to
    if (resume && resume.day === day && day >= from) {
      yield* this.#day(reading, day, resume.place, null)
      day = addDays(day, -1)
    }
    yield* this.#backwards(reading, day)
  }

  /** How many there are in the whole window, in one call; null where the answer does not tell. */
  async count(query: OfflineMessageQuery, call: CallContext): Promise<number | null> {
    return (await this.#client.fetchPage(query, resolveDayRange(query, this.#timeZone, null), 1, call)).total
  }

  /**
   * Day by day where there are messages; over empty days in strides that double, so that a quiet year costs a
   * handful of calls (each is billed) and not one a day. A stride that meets messages is halved down to their day.
   */
  async *#backwards(reading: Reading, to: string): AsyncGenerator<OfflineMessageItem> {
    const { query, from, call } = reading
    let day = to
    let stride = 1
    // The first day of a window that holds messages, while their day is looked for.
    let held: string | null = null
    let guard = new PageWalkGuard()
    while (day >= from) {
      guard.countPage()
      const first = addDays(day, 1 - Math.min(stride, countDays(from, day)))
      const page = await this.#client.fetchPage(query, { from: first, to: day }, 1, call)
      const holds = (page.total ?? page.offline_messages.length) > 0
      if (holds && first !== day) {
        held = first
        stride = halfOf(first, day)
        continue
      }
      if (holds) {
        for await (const item of this.#day(reading, day, START_OF_DAY, page)) {
          // Only windows without any message count as pages of one walk.
          guard = new PageWalkGuard()
          yield item
        }
        held = null
      }
      day = addDays(first, -1)
      if (held !== null && held <= day) stride = halfOf(held, day)
      else stride = holds ? 1 : stride * 2
    }
  }

  async *#day(
    { query, from, call }: Reading,
    day: string,
    start: DayPosition,
    first: ClassicPage | null,
  ): AsyncGenerator<OfflineMessageItem> {
    const fetch = (number: number) => this.#client.fetchPage(query, { from: day, to: day }, number, call)
    for await (const { item, position: place } of readDay(fetch, start, first)) {
      const message = mapClassicMessage(item, day, this.#provider)
      yield { message, resumeToken: formatResume({ day, place, from }) }
    }
  }
}

/** A classic item as an offline message; `day` is null where it was read by its id alone. */
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

function formatResume({ day, place, from }: Resume): string {
  return JSON.stringify([day, place.readCount, place.anchorIds, from])
}

function parseResume(text: string): Resume {
  const [day, read, last, from] = parseResumeToken(resumeShape, text)
  return { day, place: { readCount: read, anchorIds: last }, from }
}
