import { z } from 'zod'
import type { Batch, CallContext } from '../../../domain/adapter.ts'
import { type DayRange, resolveDayRange } from '../../../domain/calendar-days.ts'
import { invalidInput } from '../../../domain/errors.ts'
import { comparePositions, type OfflineMessage, type Position } from '../../../domain/model.ts'
import type {
  OfflineMessageDraft,
  OfflineMessageItem,
  OfflineMessageQuery,
} from '../../../domain/offline-messages.ts'
import { createClientMessageId } from '../../shared/client-message-id.ts'
import { translateErrorsWith, translateListErrorsWith } from '../../shared/error-translation.ts'
import { parseResumeToken } from '../../shared/resume-token.ts'
import type { AccountDirectory } from '../account-directory.ts'
import { listArchivedChats, parseGroupId, walkArchives } from '../chat-requests.ts'
import type { Customers } from '../customer/customers.ts'
import { toChatError } from '../errors.ts'
import type { RoomApi } from '../room-api.ts'
import { formatMicros } from '../timestamps.ts'
import type { WireChat } from '../wire.ts'
import { mapOfflineThread } from './map-offline-thread.ts'
import type { OfflineSource } from './offline-source.ts'

/** Resume token: start (µs) and id of the last thread read, and the first day of the list. */
const resumeTokenSchema = z.tuple([z.number(), z.string(), z.iso.date()])

export interface ArchiveSourceOptions {
  readonly provider: string
  readonly timeZone: string
  readonly roomApiFor: (call: CallContext) => RoomApi
  readonly directory: AccountDirectory
  /** Null if the configured credential cannot create customers. Then no message can be sent. */
  readonly customers: Customers | null
}

/** Reads and creates offline messages as the threads of messaging mode (docs/providers/livechat.md 1.6). */
export class ArchiveSource implements OfflineSource {
  readonly #options: ArchiveSourceOptions
  readonly #translateErrors: ReturnType<typeof translateErrorsWith>
  readonly send: OfflineSource['send']

  constructor(options: ArchiveSourceOptions) {
    this.#options = options
    const { customers, provider } = options
    this.#translateErrors = translateErrorsWith((error) => toChatError(error, provider))
    this.send = customers && ((draft, call) => this.#send(customers, draft, call))
  }

  async get(keys: readonly string[], call: CallContext): Promise<Batch<OfflineMessage>> {
    const api = this.#options.roomApiFor(call)
    const chats = await this.#translateErrors(listArchivedChats)(api, [...new Set(keys)])
    const messages = chats.flatMap((chat) => this.#map(chat))
    const byThread = new Map(messages.map((message) => [message.key, message]))
    return keys.map((key) => byThread.get(key) ?? null)
  }

  async *list(
    query: OfflineMessageQuery,
    resumeToken: string | null,
    call: CallContext,
  ): AsyncGenerator<OfflineMessageItem> {
    const resume = resumeToken === null ? null : decodeResumeToken(resumeToken)
    const days = resolveDayRange(query, this.#options.timeZone, resume?.from ?? null)
    let last = resume?.position ?? null
    for await (const chat of this.#readChats(query, days, last, call)) {
      const position = positionOf(chat, last)
      if (resume && comparePositions(position, resume.position) >= 0) continue
      last = position
      for (const message of this.#map(chat)) {
        const day = message.receivedOn
        if (day !== null && (day < days.from || day > days.to)) continue
        yield { message, resumeToken: JSON.stringify([position.micros, position.id, days.from]) }
      }
    }
  }

  /** LiveChat's count is only an estimate (docs/providers/livechat.md 3.1). */
  async count(): Promise<null> {
    return null
  }

  /** Reads page by page as needed, starting at `position` if the list is continued. */
  async *#readChats(
    query: OfflineMessageQuery,
    days: DayRange,
    position: Position | null,
    call: CallContext,
  ): AsyncGenerator<WireChat> {
    const filters = archiveFilters(query, days, position)
    if (filters === null) return
    const api = this.#options.roomApiFor(call)
    const pages = translateListErrorsWith((error) => toChatError(error, this.#options.provider))(() =>
      walkArchives(api, filters),
    )
    for await (const { chats } of pages()) yield* chats
  }

  #map(chat: WireChat): OfflineMessage[] {
    const { provider, timeZone } = this.#options
    const message = mapOfflineThread(chat, { provider, timeZone })
    return message ? [message] : []
  }

  async #send(customers: Customers, draft: OfflineMessageDraft, call: CallContext): Promise<string | null> {
    const { name, email, text, department } = draft
    const groupId = department === null ? null : await this.#findGroupId(department, call)
    const customId = createClientMessageId('', 'VISITOR', null)
    const details = { name, email, phone: null, customFields: [] }
    const chat = { ...details, groupId, text, form: null, customId, offline: true }
    const startChat = this.#translateErrors(() => customers.startChat(chat, call))
    return (await startChat()).threadId
  }

  async #findGroupId(department: string, call: CallContext): Promise<string> {
    const { directory } = this.#options
    const listDepartments = this.#translateErrors(() => directory.listDepartments(call))
    const match = (await listDepartments()).find(
      ({ nativeId, name }) => nativeId === department || name === department,
    )
    if (match) return match.nativeId
    throw invalidInput('department', 'No such department.')
  }
}

/**
 * The filters of list_archives (docs/providers/livechat.md 3.2); null if nothing can match. Days start at different
 * times in different time zones, so both ends include all zones, and the caller checks each message's own day.
 */
function archiveFilters(
  { departmentId, text }: OfflineMessageQuery,
  days: DayRange,
  position: Position | null,
): object | null {
  const groupId = departmentId === null ? null : parseGroupId(departmentId)
  if (departmentId !== null && groupId === null) return null
  const end = Date.parse(`${days.to}T23:59:59.999-12:00`) * 1000
  return {
    from: formatMicros(Date.parse(`${days.from}T00:00:00+14:00`) * 1000),
    // It is undocumented whether the end is inclusive, so a microsecond is added.
    to: formatMicros(position ? Math.min(end, position.micros + 1) : end),
    properties: { routing: { offline_message: { values: [true] } } },
    ...(groupId === null ? {} : { group_ids: [groupId] }),
    ...(text === null ? {} : { query: text }),
  }
}

/** The position of a row. One without a readable time takes that of the row before it. */
function positionOf({ thread }: WireChat, previous: Position | null): Position {
  return { micros: thread?.created_at ?? previous?.micros ?? Number.MAX_SAFE_INTEGER, id: thread?.id ?? '' }
}

function decodeResumeToken(text: string): { readonly position: Position; readonly from: string } {
  const [micros, id, from] = parseResumeToken(resumeTokenSchema, text)
  return { position: { micros, id }, from }
}
