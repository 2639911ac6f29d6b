import { type FormLabels, formLabels } from './form-labels.ts'

/** One offline message as REST v1 sends it: no time, no state, no visitor id (docs/providers/livechat.md 1.1). */
export interface OfflineMessageItem {
  readonly id: string
  readonly visitor_name: string
  readonly skill: number
  readonly email: string
  readonly message: string
}

/** An item with the fields that the real server knows but never sends. */
export interface StoredOfflineMessage extends OfflineMessageItem {
  /** Epoch milliseconds. */
  readonly receivedAt: number
}

/** What a visitor filled in. */
export interface OfflineMessageDraft {
  readonly visitorName: string
  readonly email: string
  /** Any line ends; they reach the wire as bare `\n`. */
  readonly text: string
  /** Group id, 0 (the default) being everyone's. */
  readonly skill?: number
  /** English ones by default. */
  readonly labels?: FormLabels
  /** When it arrived, epoch milliseconds; now by default. */
  readonly at?: number
  /** Further form fields between e-mail and message: label to answer, e.g. `{ 'Phone:': '+48 71 000' }`. */
  readonly extraFields?: Readonly<Record<string, string>>
  /** Made by the sandbox unless given. */
  readonly id?: string
}

/**
 * The text blob of a filled form (docs/providers/livechat.md 1.1): `label answer` lines ended by CRLF, an empty
 * line, the message label alone on its line, the text with bare line feeds, and CRLF CRLF at the end.
 */
export function renderFilledForm(draft: OfflineMessageDraft): string {
  const labels = draft.labels ?? formLabels.english
  const fields = [
    [labels.name, draft.visitorName],
    [labels.email, draft.email],
    ...Object.entries(draft.extraFields ?? {}),
  ]
  const lines = fields.map(([label, answer]) => `${label} ${answer}\r\n`).join('')
  return `${lines}\r\n${labels.message}\r\n${draft.text.replaceAll(/\r\n?/g, '\n')}\r\n\r\n`
}

/** The item as it goes over the wire, without what is internal. */
export function toItem({ receivedAt: _internal, ...item }: StoredOfflineMessage): OfflineMessageItem {
  return item
}
