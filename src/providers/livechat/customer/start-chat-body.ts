import { invalidInput } from '../../../domain/errors.ts'
import { parseGroupId } from '../chat-requests.ts'
import { assertTextLength } from '../outgoing-message.ts'
import type { CustomerDetails } from './contact-details.ts'
import type { FilledForm } from './filled-form.ts'

/** The customer and the content of a chat to start. */
export interface NewChat extends CustomerDetails {
  /** A group's id; null lets LiveChat choose. */
  readonly groupId: string | null
  readonly text: string | null
  /** The answers of the pre-chat form, the first event of the chat; null without answers. */
  readonly form: FilledForm | null
  /** `custom_id` of the first message. */
  readonly customId: string
  /** Whether it is an offline message, which needs no agent online (docs/providers/livechat.md 1.6). */
  readonly offline: boolean
}

/** Builds the body of start_chat. Throws INVALID_INPUT for an impossible group and for a text that is too long. */
export function startChatBody({ groupId, text, form, customId, offline }: NewChat) {
  if (text !== null) assertTextLength(text)
  const group = groupId === null ? null : parseGroupId(groupId)
  if (groupId !== null && group === null) throw invalidInput('departmentId', 'No such department.')
  const message = text === null ? [] : [{ type: 'message', text, custom_id: customId }]
  const events = form === null ? message : [form, ...message]
  const properties = offline ? { properties: { routing: { offline_message: true } } } : {}
  return {
    chat: {
      ...(group === null ? {} : { access: { group_ids: [group] } }),
      thread: { events, ...properties },
    },
    ...(offline ? { continuous: true } : {}),
  }
}
