import type { OfflineMessageDraft } from '../domain/adapter.ts'
import { normalizeText, toSafeLine } from '../domain/text.ts'

/**
 * Gives a draft without control characters: one that an earlier release stored was not validated as strictly, and its
 * lines become the headers of a mail at the provider.
 */
export function sanitizeDraft({
  name,
  email,
  text,
  department,
  host,
}: OfflineMessageDraft): OfflineMessageDraft {
  return {
    name: toSafeLine(name),
    email: toSafeLine(email),
    text: normalizeText(text),
    department: department === null ? null : toSafeLine(department),
    host: host === null ? null : toSafeLine(host),
  }
}
