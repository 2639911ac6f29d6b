import { ChatError } from '../../../domain/errors.ts'
import type { PreChatField, PreChatForm } from '../../../domain/pre-chat-form.ts'
import type { RoomDraft, StartedRoom } from '../../../domain/rooms.ts'
import type { PublicConfig } from '../wire.ts'

/**
 * Maps the registration form. The server's own widget requires the name and the e-mail address where it asks for them
 * (docs/providers/rocketchat.md 17). Null where the configuration does not say whether there is a form.
 */
export function mapPreChatForm({ registration, customFields }: PublicConfig): PreChatForm | null {
  const { isEnabled, asksName, asksEmail } = registration
  if (isEnabled === null) return null
  if (!isEnabled) return { fields: [] }
  // The keys of custom fields have no dots.
  const required = { label: null, required: true, options: [] }
  return {
    fields: [
      ...(asksName ? [{ key: 'visitor.name', kind: 'NAME', ...required } as const] : []),
      ...(asksEmail ? [{ key: 'visitor.email', kind: 'EMAIL', ...required } as const] : []),
      ...customFields.map(mapCustomField),
    ],
  }
}

function mapCustomField({
  key,
  label,
  isRequired,
  options,
}: PublicConfig['customFields'][number]): PreChatField {
  return {
    key,
    kind: options.length > 0 ? 'CHOICE' : 'TEXT',
    label: label ?? key,
    required: isRequired,
    options: options.map((option) => ({ value: option, label: option })),
  }
}

/**
 * Starts a room with the answers of the form as custom fields, which is what the server keeps them as. An error about one of
 * them names the answer.
 */
export async function startWithAnswers(
  draft: RoomDraft,
  start: (draft: RoomDraft) => Promise<StartedRoom>,
): Promise<StartedRoom> {
  const { customFields, preChatAnswers } = draft
  const answers = preChatAnswers.map(({ key, values }) => ({ key, value: values.join(', ') }))
  try {
    return await start({ ...draft, customFields: [...customFields, ...answers], preChatAnswers: [] })
  } catch (error) {
    throw error instanceof ChatError ? withAnswerPath(error, customFields.length) : error
  }
}

/** Renames the input field of an error that is about a custom field after the first `fieldCount`. */
function withAnswerPath(error: ChatError, fieldCount: number): ChatError {
  const [, index] = /^customFields(?:\.(\d+)\.key)?$/.exec(error.field ?? '') ?? [null, null]
  if (index === null || Number(index ?? 0) < fieldCount) return error
  const field = index === undefined ? 'preChatAnswers' : `preChatAnswers.${Number(index) - fieldCount}.key`
  const { code, message, provider } = error
  return new ChatError(code, message, { ...(provider !== null && { provider }), field, cause: error })
}
