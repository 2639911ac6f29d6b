import { toCalendarDay } from '../../../domain/calendar-days.ts'
import type { OfflineMessage } from '../../../domain/model.ts'
import { findDepartmentId, mapEvent, visibleEvents } from '../map.ts'
import { toDate } from '../timestamps.ts'
import type { WireChat } from '../wire.ts'

/** Whose thread it is, and by which clocks its day is told. */
export interface OfflineThreadOrigin {
  readonly provider: string
  readonly timeZone: string
}

/** A thread that began as an offline message as one (docs/providers/livechat.md 1.6); null for any other. */
export function mapOfflineThread(chat: WireChat, origin: OfflineThreadOrigin): OfflineMessage | null {
  const { thread } = chat
  if (!thread || thread.properties?.routing?.offline_message === false) return null
  const visitor = chat.users.find(({ type }) => type === 'customer')
  const receivedAt = thread.created_at ? toDate(thread.created_at) : null
  return {
    type: 'OfflineMessage',
    provider: origin.provider,
    key: thread.id,
    nativeId: thread.id,
    name: visitor?.name || null,
    email: visitor?.email || null,
    ...wordsOf(chat, thread, visitor?.id, origin),
    departmentId: findDepartmentId(chat),
    receivedAt,
    receivedOn: receivedAt && toCalendarDay(origin.timeZone, receivedAt),
    delivery: { state: 'RECEIVED', attempts: 0, lastError: null, nextAttemptAt: null },
  }
}

/** What the visitor left: `text` is what they wrote themselves, or else the form they filled in. */
function wordsOf(
  { id: chatId }: WireChat,
  thread: NonNullable<WireChat['thread']>,
  visitorId: string | undefined,
  { provider }: OfflineThreadOrigin,
): Pick<OfflineMessage, 'text' | 'rawText'> {
  const users = new Map()
  const said = visibleEvents(thread, 'EVERYONE')
    .filter(({ author_id }) => author_id === visitorId)
    .map((event) => mapEvent(event, { provider, chatId, threadId: thread.id, users }))
  const written = said.filter(({ kind }) => kind === 'TEXT')
  const textOf = (messages: typeof said) => messages.map(({ text }) => text).join('\n')
  return { text: textOf(written.length > 0 ? written : said), rawText: textOf(said) }
}
