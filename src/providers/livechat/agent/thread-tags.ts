import { ChatError } from '../../../domain/errors.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import { getChat } from '../chat-requests.ts'
import { hasErrorType } from '../errors.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import type { RoomApi } from '../room-api.ts'

/** A thread, and what is needed to change its tags. */
export interface TaggedThread {
  readonly provider: string
  readonly api: RoomApi
  readonly chatId: string
  readonly id: string
  /** As they were just read. */
  readonly tags: readonly string[]
}

/**
 * Replaces the tags of a chat's latest thread, open or closed, by one request for each difference. Tags are added first:
 * LiveChat may refuse one, and then none was removed. Throws INVALID_INPUT at `tags`.
 */
export async function setThreadTags(
  api: RoomApi,
  chatId: string,
  tags: readonly string[],
  provider: string,
): Promise<void> {
  const { thread } = await getChat(api, chatId, null)
  if (!thread) throw new ChatError('CONFLICT', 'The chat has no thread that can have tags.', { provider })
  const tagged = { provider, api, chatId, id: thread.id, tags: thread.tags }
  await addTags(tagged, tags)
  for (const tag of thread.tags) if (!tags.includes(tag)) await changeTag(tagged, 'untag_thread', tag)
}

/** Adds the tags that a thread lacks. Throws INVALID_INPUT at `tags` for the first one that LiveChat refuses. */
export async function addTags(thread: TaggedThread, tags: readonly string[]): Promise<void> {
  for (const tag of tags) if (!thread.tags.includes(tag)) await changeTag(thread, 'tag_thread', tag)
}

/** Sends one change. After a lost response it reads the thread, and sends the change once more if it was not made. */
async function changeTag(
  { provider, api, chatId, id }: TaggedThread,
  action: 'tag_thread' | 'untag_thread',
  tag: string,
): Promise<void> {
  const body = { chat_id: chatId, thread_id: id, tag }
  const isDone = (tags: readonly string[]) => tags.includes(tag) === (action === 'tag_thread')
  try {
    await reconcileWrite<unknown>({
      provider,
      write: () => api.write(action, body, emptyResponse),
      readBack: async () => {
        const { thread } = await getChat(api, chatId, id)
        return thread && isDone(thread.tags) ? true : null
      },
      maxAttempts: 2,
    })
  } catch (error) {
    throw action === 'tag_thread' && isUnknownTag(error) ? unknownTagError(tag, provider, error) : error
  }
}

/** The type of this refusal is not documented, and chat and thread were just read (docs/providers/livechat.md 11.11, 15). */
function isUnknownTag(error: unknown): boolean {
  return hasErrorType(error, 'validation', 'not_found')
}

function unknownTagError(tag: string, provider: string, cause: unknown): ChatError {
  const detail = `LiveChat has no tag “${tag}” for this chat’s group. Capital letters count.`
  return new ChatError('INVALID_INPUT', detail, { field: 'tags', provider, cause })
}
