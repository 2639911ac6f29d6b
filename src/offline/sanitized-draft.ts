import type { OfflineMessageDraft } from '../domain/offline-messages.ts'
import { normalizeText, toSafeLine } from '../domain/text.ts'

/**
 * Removes control characters from a draft: an earlier release validated drafts less strictly, and their lines become
 * mail headers at the provider.
 */
export function sanitizeDraft(draft: OfflineMessageDraft): OfflineMessageDraft {
  const { name, email, text, department, host } = draft
  return {
    name: toSafeLine(name),
    email: toSafeLine(email),
    text: normalizeText(text),
    department: department === null ? null : toSafeLine(department),
    host: host === null ? null : toSafeLine(host),
  }
}
