import { ApiError } from '../api-error.ts'
import type { FileStore } from '../files/file-store.ts'
import { appendEvent } from '../store/events.ts'
import type { Licence } from '../store/licence.ts'
import type { Chat, EventDraft, Properties, Thread } from '../store/model.ts'
import { readEvent } from './event-input.ts'
import { flag, listOf, object, type Schema, shape } from './input.ts'

/** The `chat` of start_chat and resume_chat, as far as both sides share it (docs/providers/livechat.md 3.3 and 4). */
export interface InitialChat {
  readonly properties?: Properties
  readonly access?: { readonly group_ids?: readonly number[] }
  readonly thread?: { readonly events?: readonly unknown[]; readonly properties?: Properties }
}

/** The arguments of start_chat and resume_chat. */
export interface StartInput<ChatInput = InitialChat> {
  readonly chat?: ChatInput
  readonly active?: boolean
  readonly continuous?: boolean
}

const properties: Schema = { type: 'object', additionalProperties: object }

/** The fields of `chat`, for `shape`. */
export const initialChat: Readonly<Record<string, Schema>> = {
  properties,
  access: shape({ group_ids: listOf({ type: 'integer' }) }),
  thread: shape({ events: listOf(object), properties }),
}

/** The arguments beside `chat`, for `shape`. */
export const startArguments: Readonly<Record<string, Schema>> = { active: flag, continuous: flag }

/** The initial events, checked. Throws validation. */
export function readInitialEvents(chat: InitialChat | undefined, files: FileStore): EventDraft[] {
  return (chat?.thread?.events ?? []).map((event, n) => readEvent(event, `chat.thread.events.${n}`, files))
}

/** The requested groups, or group 0. Throws group_not_found. */
export function readGroups(licence: Licence, chat: InitialChat | undefined): readonly number[] {
  const groupIds = chat?.access?.group_ids ?? [0]
  for (const id of groupIds) {
    if (!licence.groups.has(id)) throw new ApiError('group_not_found', `Group ${id} not found`)
  }
  return groupIds
}

/**
 * Adds the initial events, always visible to all, by their author or else the requester. Returns their part of the
 * response.
 */
export function addInitialEvents(
  licence: Licence,
  chat: Chat,
  thread: Thread,
  start: { readonly events: readonly EventDraft[]; readonly requesterId: string },
): { event_ids?: string[] } {
  const ids = start.events.map((event) => {
    const authorId = event.authorId ?? start.requesterId
    const draft = { ...event, authorId, visibility: 'all' } as const
    return appendEvent(chat, thread, draft, licence.nextTimestamp(), true).id
  })
  return ids.length > 0 ? { event_ids: ids } : {}
}
