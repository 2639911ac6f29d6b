import type { Message } from '../../domain/model.ts'
import { outcomeUnknown } from '../shared/errors.ts'
import { getChat, listThreads } from './chat-requests.ts'
import { visibleEvents } from './map.ts'
import type { EventLocation } from './outgoing-message.ts'
import type { Participants } from './participants.ts'
import type { RoomApi } from './room-api.ts'
import { toMessages } from './walk-threads.ts'
import type { WireThread } from './wire.ts'

/** How many of the latest threads are searched for an event that was sent before. */
const SEARCHED_THREADS = 3

/** Reads the threads in which an event that was sent can be. */
export async function listLatestThreads(chatId: string, api: RoomApi): Promise<readonly WireThread[]> {
  return (await listThreads(api, chatId, { limit: SEARCHED_THREADS })).threads
}

/** Finds the event with this `custom_id` in any of the threads. */
export function findByCustomId(
  threads: readonly WireThread[],
  customId: string,
  api: RoomApi,
): EventLocation | null {
  for (const thread of threads) {
    const event = visibleEvents(thread, api.view).find(({ custom_id }) => custom_id === customId)
    if (event) return { eventId: event.id, threadId: thread.id }
  }
  return null
}

/** An event that was sent. */
export interface SentEvent {
  readonly chatId: string
  readonly location: EventLocation
  readonly customId: string
}

/** Reads the message of a sent event. A failure is OUTCOME_UNKNOWN, because the message exists. */
export async function readSentMessage(
  { chatId, location: { eventId, threadId }, customId }: SentEvent,
  { provider, participants }: { readonly provider: string; readonly participants: Participants },
  api: RoomApi,
): Promise<Message> {
  try {
    const { thread, users } = await getChat(api, chatId, threadId)
    participants.remember(api, chatId, users)
    const location = thread && findByCustomId([thread], customId, api)
    const messages = thread ? await toMessages([thread], { provider, participants, chatId, api }) : []
    const message = messages.find(({ ref }) => ref.messageId === (location?.eventId ?? eventId))
    if (message) return message
  } catch (error) {
    throw outcomeUnknown(provider, error)
  }
  throw outcomeUnknown(provider, new Error('a message that was sent is not in its thread'))
}
