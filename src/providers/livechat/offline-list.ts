import { z } from 'zod'
import type { Call, OfflineItem, OfflineQuery } from '../../chat/adapter.ts'
import { invalidInput } from '../../chat/errors.ts'
import type { OfflineMessage } from '../../chat/model.ts'
import {
  type ClassicClient,
  type ClassicItem,
  type ClassicPage,
  type Days,
  PAGE_SIZE,
} from './classic-client.ts'
import { addDays, countDays, dayIn } from './days.ts'
import { visitorWords } from './offline-form.ts'

/** How many days the classic list covers by default, today included (livechat.md 1.1). */
const DEFAULT_DAYS = 7

/** Where a reader of the list stands: so many messages of that day read, the last of them by its id. */
const resumeShape = z.tuple([z.iso.date(), z.int().nonnegative(), z.string()])
type Resume = z.output<typeof resumeShape>

/** The list that has no times, read so that every message gets its day (livechat.md 1.1). */
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
  async *read(query: OfflineQuery, resumeAt: string | null, call: Call): AsyncGenerator<OfflineItem> {
    const { from, to } = this.windowOf(query)
    const resume = resumeAt === null ? null : parseResume(resumeAt)
    let day = resume && resume[0] < to ? resume[0] : to
    if (resume && resume[0] === day && day >= from) {
      yield* this.#behind(resume, query, call)
      day = addDays(day, -1)
    }
    yield* this.#backwards(query, { from, to: day }, call)
  }

  /** How many there are in the whole window: one call. */
  async count(query: OfflineQuery, call: Call): Promise<number> {
    return (await this.#client.page(query, this.windowOf(query), 1, call)).total
  }

  /** The days a query asks for; by default the last seven in the licence's time zone. */
  windowOf({ from, to }: OfflineQuery): Days {
    const today = dayIn(this.#timeZone, new Date())
    const last = to ?? (from !== null && from > today ? from : today)
    return { from: from ?? addDays(last, 1 - DEFAULT_DAYS), to: last }
  }

  /**
   * Day by day where there are messages; over empty days in strides that double, so that a quiet year costs a
   * handful of calls (each is billed) and not one a day.
   */
  async *#backwards(query: OfflineQuery, { from, to }: Days, call: Call): AsyncGenerator<OfflineItem> {
    let day = to
    let stride = 1
    while (day >= from) {
      const first = addDays(day, 1 - Math.min(stride, countDays(from, day)))
      const page = await this.#client.page(query, { from: first, to: day }, 1, call)
      if (page.total > 0 && first !== day) {
        stride = Math.floor(countDays(first, day) / 2)
        continue
      }
      if (page.total > 0) yield* this.#day(query, day, page, call)
      stride = page.total > 0 ? 1 : stride * 2
      day = addDays(first, -1)
    }
  }

  async *#day(query: OfflineQuery, day: string, first: ClassicPage, call: Call): AsyncGenerator<OfflineItem> {
    let read = 0
    for (let number = 1, page = first; ; number += 1) {
      for (const item of page.offline_messages) {
        read += 1
        yield this.#item(item, day, read)
      }
      if (number >= page.pages) return
      page = await this.#client.page(query, { from: day, to: day }, number + 1, call)
    }
  }

  /**
   * The rest of a day that was read in part. New messages push the known ones to later places, so the last
   * one read is looked for by its id from its old page on; only where it is gone does its place count.
   */
  async *#behind([day, place, id]: Resume, query: OfflineQuery, call: Call): AsyncGenerator<OfflineItem> {
    const pages: OfflineItem[] = []
    let found = false
    for (let number = Math.max(1, Math.ceil(place / PAGE_SIZE)); ; number += 1) {
      const page = await this.#client.page(query, { from: day, to: day }, number, call)
      const items = page.offline_messages.map((item, index) =>
        this.#item(item, day, (number - 1) * PAGE_SIZE + index + 1),
      )
      const at = page.offline_messages.findIndex((item) => item.id === id)
      if (found) yield* items
      else if (at === -1) pages.push(...items.slice(Math.max(0, place - (number - 1) * PAGE_SIZE)))
      else yield* items.slice(at + 1)
      found ||= at !== -1
      if (number >= page.pages) break
    }
    if (!found) yield* pages
  }

  #item(item: ClassicItem, day: string, place: number): OfflineItem {
    const resume: Resume = [day, place, item.id]
    return { message: mapOfflineMessage(item, day, this.#provider), resume: JSON.stringify(resume) }
  }
}

/** A classic item as an offline message; `day` is null where it was read by its id alone. */
export function mapOfflineMessage(item: ClassicItem, day: string | null, provider: string): OfflineMessage {
  return {
    type: 'OfflineMessage',
    provider,
    key: item.id,
    nativeId: item.id,
    name: item.visitor_name || null,
    email: item.email || null,
    text: visitorWords(item.message),
    rawText: item.message,
    departmentId: item.skill ?? null,
    receivedAt: null,
    receivedOn: day,
    delivery: { state: 'RECEIVED', attempts: 0, lastError: null, nextAttemptAt: null },
  }
}

function parseResume(text: string): Resume {
  const parsed = resumeShape.safeParse(JSON.parse(text))
  if (!parsed.success) throw invalidInput('after', 'This cursor is not one of this list.')
  return parsed.data
}
