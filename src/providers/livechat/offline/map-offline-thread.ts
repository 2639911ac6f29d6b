import { toCalendarDay } from '../../../domain/calendar-days.ts'
import type { OfflineMessage } from '../../../domain/model.ts'
import { findDepartmentId, mapEvent, visibleEvents } from '../map.ts'
import { toDate } from '../timestamps.ts'
import type { WireChat } from '../wire.ts'

/** The account of a thread, and the time zone of its days. */
export interface OfflineThreadOrigin {
  readonly provider: string
  readonly timeZone: string
}

/** Maps a thread that starts with an offline message (docs/providers/livechat.md 1.6); null for any other thread. */
export function mapOfflineThread(chat: WireChat, origin: OfflineThreadOrigin): OfflineMessage | null {
  const { thread } = chat
  if (!thread || thread.isOfflineMessage === false) return null
  const visitor = chat.users.find(({ type }) => type === 'customer')
  const receivedAt = thread.created_at ? toDate(thread.created_at) : null
  return {
    type: 'OfflineMessage',
    provider: origin.provider,
    key: thread.id,
    nativeId: thread.id,
    name: visitor?.name || null,
    email: visitor?.email || null,
    ...textsOf(chat, thread, visitor?.id, origin),
    departmentId: findDepartmentId(chat),
    receivedAt,
    receivedOn: receivedAt && toCalendarDay(origin.timeZone, receivedAt),
    delivery: { state: 'RECEIVED', attempts: 0, lastError: null, nextAttemptAt: null },
  }
}

/** Finds the visitor's texts: `text` is what the visitor wrote, or if nothing, the form that the visitor filled in. */
function textsOf(
  { id: chatId }: WireChat,
  thread: NonNullable<WireChat['thread']>,
  visitorId: string | undefined,
  { provider }: OfflineThreadOrigin,
): Pick<OfflineMessage, 'text' | 'rawText'> {
  const users = new Map()
  const sent = visibleEvents(thread, 'EVERYONE')
    .filter(({ author_id }) => author_id === visitorId)
    .map((event) => mapEvent(event, { provider, chatId, threadId: thread.id, users }))
  const written = sent.filter(({ kind }) => kind === 'TEXT')
  const textOf = (messages: typeof sent) => messages.map(({ text }) => text).join('\n')
  return { text: textOf(written.length > 0 ? written : sent), rawText: textOf(sent) }
}
