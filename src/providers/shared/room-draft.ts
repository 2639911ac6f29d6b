import type { RoomDraft } from '../../domain/rooms.ts'

/**
 * The input of a draft as texts: equal drafts give equal ones. Phone and custom fields are absent if the draft has none, and so
 * are the answers of a form.
 */
export function roomDraftTexts(draft: RoomDraft): readonly (string | null)[] {
  const { name, email, departmentId, text, phone, customFields, preChatAnswers } = draft
  const texts = [name, email, departmentId, text]
  if (phone === null && customFields.length === 0 && preChatAnswers.length === 0) return texts
  const details = [...texts, phone, JSON.stringify(customFields.map(({ key, value }) => [key, value]))]
  if (preChatAnswers.length === 0) return details
  return [...details, JSON.stringify(preChatAnswers.map(({ key, values }) => [key, values]))]
}
