import { ChatError } from '../../../domain/errors.ts'
import type { RatingDraft } from '../../../domain/rooms.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import { getChat } from '../chat-requests.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import type { RoomApi } from '../room-api.ts'
import type { WireThread } from '../wire.ts'

/**
 * Rates a chat's latest thread, open or closed, as its customer (docs/providers/livechat.md 16). LiveChat knows only good
 * and bad; it throws INVALID_INPUT at `score` for 3, which is neither.
 */
export async function rateChat(
  api: RoomApi,
  chatId: string,
  { score, comment }: RatingDraft,
  provider: string,
): Promise<void> {
  if (score === 3) {
    const detail = 'LiveChat knows only good (4 and 5) and bad (1 and 2).'
    throw new ChatError('INVALID_INPUT', detail, { field: 'score', provider })
  }
  const thread = await readLatestThread(api, chatId, provider)
  const wireScore = score > 3 ? 1 : 0
  const rating = { score: wireScore, ...(comment === null ? {} : { comment }) }
  await reconcileWrite<unknown>({
    provider,
    write: () => updateThread(api, chatId, thread.id, { rating }),
    readBack: async () => {
      const stored = (await getChat(api, chatId, thread.id)).thread?.rating
      return stored?.score === wireScore && (comment === null || stored.comment === comment) ? true : null
    },
    maxAttempts: 2,
  })
  // An update keeps what it does not name: the comment of an earlier rating would stay.
  if (comment === null && thread.rating?.comment) await deleteComment(api, chatId, thread.id, provider)
}

/**
 * Has LiveChat mail the transcript when the chat ends, to the address of the latest request (docs/providers/livechat.md 23).
 * Throws ROOM_CLOSED for a closed chat: what LiveChat does then is not documented.
 */
export async function requestTranscript(
  api: RoomApi,
  chatId: string,
  email: string,
  provider: string,
): Promise<void> {
  const thread = await readLatestThread(api, chatId, provider)
  if (thread.active === false) {
    const detail = 'LiveChat mails transcripts only when a chat ends, and this one has ended.'
    throw new ChatError('ROOM_CLOSED', detail, { provider })
  }
  await reconcileWrite<unknown>({
    provider,
    write: () => updateThread(api, chatId, thread.id, { routing: { transcript_email: email } }),
    readBack: async () => {
      const stored = (await getChat(api, chatId, thread.id)).thread
      return stored?.transcriptEmail === email ? true : null
    },
    maxAttempts: 2,
  })
}

async function deleteComment(
  api: RoomApi,
  chatId: string,
  threadId: string,
  provider: string,
): Promise<void> {
  const body = { chat_id: chatId, thread_id: threadId, properties: { rating: ['comment'] } }
  await reconcileWrite<unknown>({
    provider,
    write: () => api.write('delete_thread_properties', body, emptyResponse),
    readBack: async () => ((await getChat(api, chatId, threadId)).thread?.rating?.comment ? null : true),
    maxAttempts: 2,
  })
}

type Properties = Readonly<Record<string, Readonly<Record<string, string | number>>>>

function updateThread(api: RoomApi, chatId: string, threadId: string, properties: Properties) {
  const body = { chat_id: chatId, thread_id: threadId, properties }
  return api.write('update_thread_properties', body, emptyResponse)
}

async function readLatestThread(api: RoomApi, chatId: string, provider: string): Promise<WireThread> {
  const { thread } = await getChat(api, chatId, null)
  if (thread) return thread
  throw new ChatError('CONFLICT', 'The chat has no conversation yet.', { provider })
}
