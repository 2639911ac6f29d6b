import type { RoomDraft } from '../../domain/rooms.ts'

/** The input of a draft as texts: equal drafts give equal ones. Phone and custom fields are absent if the draft has none. */
export function roomDraftTexts(draft: RoomDraft): readonly (string | null)[] {
  const { name, email, departmentId, text, phone, customFields } = draft
  const texts = [name, email, departmentId, text]
  if (phone === null && customFields.length === 0) return texts
  return [...texts, phone, JSON.stringify(customFields.map(({ key, value }) => [key, value]))]
}
