import type { MessageButton } from '../../domain/model.ts'
import { fieldOf, readString, toObject } from '../shared/read-document.ts'
import { joinLines, type RichPart, toButton, toLines } from '../shared/rich-content.ts'

/** Readers of blocks and attachments, and what a message with them says (docs/providers/rocketchat.md 10.1). */

/** The parts of a message that hold rich content. */
export interface RichContent {
  readonly msg: string
  readonly blocks: readonly RichPart[]
  readonly attachments: readonly { readonly content: RichPart }[]
}

const NO_BUTTONS: readonly MessageButton[] = []
const NO_CONTENT: RichPart = { texts: [], buttons: [] }

/** Reads a block of any type: its texts and its buttons. */
export function readBlock(value: unknown): RichPart {
  const { title, text, description, fields, elements, accessory } = toObject(value)
  const texts = [title, text, description, fields].flatMap(textsOf)
  const buttons: MessageButton[] = []
  for (const element of [...listOf(elements), accessory]) {
    if (fieldOf(element, 'type') === 'button') buttons.push(readButton(element))
    else texts.push(...textsOf(element))
  }
  return { texts, buttons }
}

/** Reads what an attachment says in addition to its file. A quotation repeats another message and says nothing. */
export function readAttachmentContent(value: unknown): RichPart {
  const { type, message_link, description, pretext, title, text, fields, actions } = toObject(value)
  if (isSet(message_link)) return NO_CONTENT
  if (isSet(type)) return isSet(description) ? { texts: textsOf(description), buttons: [] } : NO_CONTENT
  if (![pretext, text, fields, actions].some(isSet)) return NO_CONTENT
  return {
    texts: [...[pretext, title, text].flatMap(textsOf), ...listOf(fields).map(fieldLine)],
    buttons: listOf(actions).map(readButton),
  }
}

/** Returns the message's text and its rich content as lines. A server shows blocks instead of an equal `msg`. */
export function textOf({ msg, blocks, attachments }: RichContent): string {
  if (blocks.length === 0 && attachments.length === 0) return msg
  const lines = toLines([...blocks, ...attachments.map(({ content }) => content)])
  return lines.length === 0 ? msg : joinLines([msg, ...lines.filter((line) => line !== msg)])
}

/** Returns the buttons of all blocks and attachments. */
export function buttonsOf({ blocks, attachments }: RichContent): readonly MessageButton[] {
  if (blocks.length === 0 && attachments.length === 0) return NO_BUTTONS
  return [...blocks, ...attachments.map(({ content }) => content)].flatMap(({ buttons }) => buttons)
}

function readButton(value: unknown): MessageButton {
  const text = fieldOf(value, 'text')
  return toButton(textsOf(text)[0] ?? null, readString(fieldOf(value, 'url')))
}

function fieldLine(value: unknown): string {
  const texts = [fieldOf(value, 'title'), fieldOf(value, 'value')].flatMap(textsOf)
  return texts.filter((text) => text !== '').join(': ')
}

/** The texts of a string, a text object, or a list of them. */
function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  const text = readString(value) ?? readString(fieldOf(value, 'text'))
  return text === null ? [] : [text]
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}
