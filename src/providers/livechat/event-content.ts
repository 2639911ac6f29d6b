import type { Attachment, FormAnswer, MessageButton, MessageKind, MessageRef } from '../../domain/model.ts'
import { toHttpLink } from '../shared/http-link.ts'
import { joinLines, toLines } from '../shared/rich-content.ts'
import type { WireEvent } from './wire.ts'

/** The content of events by their type (docs/providers/livechat.md 3.5). */

const kindsByType: ReadonlyMap<string, MessageKind> = new Map([
  ['message', 'TEXT'],
  ['file', 'FILE'],
  ['form', 'FORM'],
  ['filled_form', 'FORM'],
  ['rich_message', 'RICH'],
  ['system_message', 'SYSTEM'],
  ['system', 'SYSTEM'],
])

/** The kind of message that an event is. */
export function kindOf({ type }: WireEvent): MessageKind {
  return kindsByType.get(type) ?? 'UNKNOWN'
}

/** Everything of an event that can be read, as lines. */
export function textOf(wire: WireEvent): string {
  switch (wire.type) {
    case 'file':
      return wire.alternative_text ?? ''
    case 'rich_message':
      return joinLines(toLines(wire.elements))
    case 'form':
    case 'filled_form':
      return joinLines(wire.fields.map(formLine))
    case 'system_message':
      return wire.text ?? wire.system_message_type ?? ''
    case 'system':
      // `text` holds JSON for programs; the subtype says what happened.
      return wire.subtype ?? ''
    default:
      return wire.text ?? ''
  }
}

type WireFormField = WireEvent['fields'][number]

function formLine(field: WireFormField): string {
  return [questionOf(field), answerOf(field)].filter((text) => text !== '').join(': ')
}

/** The questions of a form, with their answers. Headers are texts between the questions. */
export function formOf({ fields }: WireEvent): readonly FormAnswer[] {
  const questions = fields.filter(({ type }) => type !== 'header')
  return questions.map((field) => ({ label: questionOf(field), answer: answerOf(field) || null }))
}

function questionOf({ label }: WireFormField): string {
  return label?.replace(/[:：]\s*$/, '') ?? ''
}

function answerOf({ answer, answers }: WireFormField): string {
  return answer ?? answers.join(', ')
}

const NO_BUTTONS: readonly MessageButton[] = []

/** The buttons of a rich message. */
export function buttonsOf({ elements }: WireEvent): readonly MessageButton[] {
  return elements.length === 0 ? NO_BUTTONS : elements.flatMap(({ buttons }) => buttons)
}

/** The file of a file event. All files of events are on LiveChat's own hosts (docs/providers/livechat.md 22). */
export function attachmentsOf(wire: WireEvent, provider: string, ref: MessageRef): Attachment[] {
  if (wire.type !== 'file') return []
  const { name, content_type: contentType, size } = wire
  const providerUrl = toHttpLink(wire.url)
  return [{ provider, ref, index: 0, providerUrl, externalUrl: null, name, contentType, size }]
}
