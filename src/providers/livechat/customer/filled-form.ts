import { ChatError } from '../../../domain/errors.ts'
import type {
  PreChatAnswer,
  PreChatField,
  PreChatFieldKind,
  PreChatForm,
} from '../../../domain/pre-chat-form.ts'
import type { RoomDraft } from '../../../domain/rooms.ts'
import { parseGroupId } from '../chat-requests.ts'
import type { WireForm, WireFormField } from './form-wire.ts'

/** The event that answers a form, as start_chat and resume_chat accept it (docs/providers/livechat.md 20). */
export interface FilledForm {
  readonly type: 'filled_form'
  readonly form_id: string
  readonly fields: readonly object[]
}

/** The kinds by LiveChat's types. A header is no question, and `departmentId` answers a group_chooser. */
const KINDS: ReadonlyMap<string, PreChatFieldKind> = new Map([
  ['name', 'NAME'],
  ['email', 'EMAIL'],
  ['question', 'TEXT'],
  ['subject', 'TEXT'],
  ['textarea', 'LONG_TEXT'],
  ['radio', 'CHOICE'],
  ['select', 'CHOICE'],
  ['checkbox', 'MULTIPLE_CHOICE'],
])

/** Maps a form; without one the group asks nothing. A field of an unknown type is left out. */
export function mapPreChatForm(form: WireForm | null): PreChatForm {
  return { fields: form?.fields.flatMap(mapField) ?? [] }
}

function mapField({ id, type, label, isRequired, options }: WireFormField): readonly PreChatField[] {
  const kind = KINDS.get(type)
  if (kind === undefined || id === null) return []
  const isChoice = kind === 'CHOICE' || kind === 'MULTIPLE_CHOICE'
  const choices = isChoice ? options.map((option) => ({ value: option.id, label: option.label })) : []
  return [{ key: id, kind, label: label || null, required: isRequired, options: choices }]
}

/** Fills in a form. Throws INVALID_INPUT for an answer that does not belong to it. */
export function fillForm(form: WireForm | null, draft: RoomDraft, provider: string): FilledForm {
  const { preChatAnswers } = draft
  const refuse = (field: string, detail: string): never => {
    throw new ChatError('INVALID_INPUT', detail, { provider, field })
  }
  if (form === null) return refuse('preChatAnswers', 'This department asks nothing.')
  const answered = new Map(
    preChatAnswers.map((answer, index) => {
      const field = form.fields.find(({ id, type }) => id === answer.key && KINDS.has(type))
      const path = `preChatAnswers.${index}`
      if (!field || isContact(field)) return refuse(`${path}.key`, 'The form has no such question.')
      const wireAnswer = toWireAnswer(field, answer, (detail) => refuse(`${path}.values`, detail))
      return [answer.key, wireAnswer] as const
    }),
  )
  const fields = form.fields.flatMap((field) => {
    const { id, type, label } = field
    const answer = answered.get(id ?? '') ?? answerFromDraft(field, draft)
    return answer === null ? [] : [{ id, type, label, ...answer }]
  })
  return { type: 'filled_form', form_id: form.id, fields }
}

/** What the draft says apart from the answers. */
function answerFromDraft({ type, options }: WireFormField, { name, email, departmentId }: RoomDraft) {
  const text = type === 'name' ? name : type === 'email' ? email : null
  if (text !== null) return { answer: text }
  if (type !== 'group_chooser' || departmentId === null) return null
  const chosen = options.find(({ groupId }) => groupId === parseGroupId(departmentId))
  return chosen ? { answer: { id: chosen.id, group_id: chosen.groupId, label: chosen.label } } : null
}

function toWireAnswer(
  { type, options }: WireFormField,
  { values }: PreChatAnswer,
  refuse: (detail: string) => never,
) {
  const kind = KINDS.get(type)
  const [value = '', ...others] = values
  if (kind !== 'MULTIPLE_CHOICE' && others.length > 0) refuse('Must be one value.')
  if (kind !== 'CHOICE' && kind !== 'MULTIPLE_CHOICE') return { answer: value }
  const answers = values.map((wanted) => {
    const option = options.find(({ id }) => id === wanted)
    return option ? { id: option.id, label: option.label } : refuse('Must be a value of the options.')
  })
  return kind === 'CHOICE' ? { answer: answers[0] } : { answers }
}

function isContact({ type }: WireFormField): boolean {
  return type === 'name' || type === 'email'
}
