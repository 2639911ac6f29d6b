import { z } from 'zod'
import type {
  Batch,
  CallContext,
  OfflineMessageDraft,
  OfflineMessageItem,
  OfflineMessageQuery,
} from '../../../domain/adapter.ts'
import { type DayRange, resolveDayRange } from '../../../domain/calendar-days.ts'
import { invalidInput } from '../../../domain/errors.ts'
import { comparePositions, type OfflineMessage, type Position } from '../../../domain/model.ts'
import { createClientMessageId } from '../../shared/client-message-id.ts'
import { translateListErrorsWith } from '../../shared/error-translation.ts'
import { walkPages } from '../../shared/page-walk.ts'
import { parseResumeToken } from '../../shared/resume-token.ts'
import type { AccountDirectory } from '../account-directory.ts'
import { listArchivedChats, parseGroupId } from '../chat-requests.ts'
import type { Customers } from '../customer/customers.ts'
import { toChatError } from '../errors.ts'
import type { RoomApi } from '../room-api.ts'
import { formatMicros } from '../timestamps.ts'
import { listArchivesResponse, type WireChat } from '../wire.ts'
import { mapOfflineThread } from './map-offline-thread.ts'
import type { OfflineSource } from './offline-source.ts'

const PAGE_SIZE = 100

/** Where a reader of the list stands: the thread last read, by its beginning and id, and the list's first day. */
const resumeShape = z.tuple([z.number(), z.string(), z.iso.date()])

/** What the archives are read and written with. */
export interface ArchiveSourceOptions {
  readonly provider: string
  readonly timeZone: string
  readonly roomApiFor: (call: CallContext) => RoomApi
  readonly directory: AccountDirectory
  /** Null where no visitor can be made: then nothing can be left here. */
  readonly customers: Customers | null
}

/**
 * Offline messages that messaging mode keeps as threads (docs/providers/livechat.md 1.6): with times, and
 * with ids of threads.
 */
export class ArchiveSource implements OfflineSource {
  readonly #options: ArchiveSourceOptions
  readonly send: OfflineSource['send']

  constructor(options: ArchiveSourceOptions) {
    this.#options = options
    const { customers: visitors } = options
    this.send = visitors && ((draft, call) => this.#send(visitors, draft, call))
  }

  async get(keys: readonly string[], call: CallContext): Promise<Batch<OfflineMessage>> {
    const found = await this.#guard(listArchivedChats(this.#options.roomApiFor(call), [...new Set(keys)]))
    const byThread = new Map(found.flatMap((chat) => this.#map(chat)).map((one) => [one.key, one]))
    return keys.map((key) => byThread.get(key) ?? null)
  }

  async *list(
    query: OfflineMessageQuery,
    resumeAt: string | null,
    call: CallContext,
  ): AsyncGenerator<OfflineMessageItem> {
    const resume = resumeAt === null ? null : parseResume(resumeAt)
    const days = resolveDayRange(query, this.#options.timeZone, resume?.from ?? null)
    let last = resume?.at ?? null
    for await (const chat of this.#rows(query, days, last, call)) {
      const at = placeOf(chat, last)
      if (resume && comparePositions(at, resume.at) >= 0) continue
      last = at
      for (const message of this.#map(chat)) {
        const day = message.receivedOn
        if (day !== null && (day < days.from || day > days.to)) continue
        yield { message, resumeToken: JSON.stringify([at.micros, at.id, days.from]) }
      }
    }
  }

  /** LiveChat's own count is an estimate (docs/providers/livechat.md 3.1). */
  async count(): Promise<null> {
    return null
  }

  /** Page after page, each when it is asked for; a list that is read on is cut off where it was read to. */
  async *#rows(
    query: OfflineMessageQuery,
    days: DayRange,
    at: Position | null,
    call: CallContext,
  ): AsyncGenerator<WireChat> {
    const filters = filtersOf(query, days, at)
    if (filters === null) return
    const side = this.#options.roomApiFor(call)
    const read = (pageId: string | null) => {
      const body = pageId === null ? { filters, limit: PAGE_SIZE } : { page_id: pageId }
      return side.read('list_archives', body, listArchivesResponse)
    }
    const pages = translateListErrorsWith((error) => toChatError(error, this.#options.provider))(() =>
      walkPages({
        firstPage: null,
        readPage: read,
        idsOf: ({ chats }) => chats.map(({ id, thread }) => thread?.id ?? id),
        nextPage: ({ nextPageId }) => nextPageId ?? undefined,
      }),
    )
    for await (const { chats } of pages()) yield* chats
  }

  #map(chat: WireChat): OfflineMessage[] {
    const { provider, timeZone } = this.#options
    const message = mapOfflineThread(chat, { provider, timeZone })
    return message ? [message] : []
  }

  async #send(visitors: Customers, draft: OfflineMessageDraft, call: CallContext): Promise<string | null> {
    const { name, email, text, department } = draft
    const groupId = department === null ? null : await this.#groupId(department, call)
    const customId = createClientMessageId('', 'VISITOR', null)
    const beginning = { name, email, groupId, text, customId, offline: true }
    return (await this.#guard(visitors.startChat(beginning, call))).threadId
  }

  async #groupId(department: string, call: CallContext): Promise<string> {
    const all = await this.#guard(this.#options.directory.listDepartments(call))
    const found = all.find(({ nativeId, name }) => nativeId === department || name === department)
    if (found) return found.nativeId
    throw invalidInput('department', 'No such department.')
  }

  async #guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      throw toChatError(error, this.#options.provider)
    }
  }
}

/**
 * What list_archives can filter by (docs/providers/livechat.md 3.2); null where nothing can match. A day
 * begins at another moment in every time zone: both ends are widened to all of them, and each message is held
 * against its own day.
 */
function filtersOf(
  { departmentId, text }: OfflineMessageQuery,
  days: DayRange,
  at: Position | null,
): object | null {
  const groupId = departmentId === null ? null : parseGroupId(departmentId)
  if (departmentId !== null && groupId === null) return null
  const end = Date.parse(`${days.to}T23:59:59.999-12:00`) * 1000
  return {
    from: formatMicros(Date.parse(`${days.from}T00:00:00+14:00`) * 1000),
    // Whether the end counts is not documented; a microsecond more makes sure of it.
    to: formatMicros(at ? Math.min(end, at.micros + 1) : end),
    properties: { routing: { offline_message: { values: [true] } } },
    ...(groupId === null ? {} : { group_ids: [groupId] }),
    ...(text === null ? {} : { query: text }),
  }
}

/** Where a row stands; one of which the time cannot be read stands behind the row before it. */
function placeOf({ thread }: WireChat, before: Position | null): Position {
  return { micros: thread?.created_at ?? before?.micros ?? Number.MAX_SAFE_INTEGER, id: thread?.id ?? '' }
}

function parseResume(text: string): { readonly at: Position; readonly from: string } {
  const [micros, id, from] = parseResumeToken(resumeShape, text)
  return { at: { micros, id }, from }
}
