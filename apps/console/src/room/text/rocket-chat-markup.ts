import type { Inlines, Markup, Root } from '@rocket.chat/message-parser'
import { linkTo } from './links.ts'
import { parsePlainText } from './plain-text.ts'
import { type RichNode, textNode } from './rich-node.ts'
import { visibleText } from './visible-text.ts'

/** The vendor's parser, which is loaded when a message needs it. */
export type RocketChatParser = typeof import('@rocket.chat/message-parser')['parse']

type BlockSyntax = Root[number]
type InlineSyntax = Inlines | Markup

/** Parses Rocket.Chat's markup. Images, formulas and mentions stay text, or a link: nothing is loaded. */
export function parseRocketChatMarkup(text: string, parse: RocketChatParser): readonly RichNode[] {
  try {
    return parse(visibleText(text), { colors: false, emoticons: false }).map(toBlock)
  } catch {
    // Its grammar does not accept every text, for example no empty one.
    return parsePlainText(text)
  }
}

function toBlock(block: BlockSyntax): RichNode {
  switch (block.type) {
    case 'PARAGRAPH':
    case 'LIST_ITEM':
    case 'BIG_EMOJI':
      return paragraph(toInlines(block.value))
    case 'HEADING':
      return { kind: 'heading', nodes: toInlines(block.value) }
    case 'QUOTE':
    case 'SPOILER_BLOCK':
      return { kind: 'quote', nodes: block.value.map(toBlock) }
    case 'CODE':
      return { kind: 'codeBlock', text: block.value.map(({ value }) => value.value).join('\n') }
    case 'KATEX':
      return { kind: 'codeBlock', text: block.value }
    case 'UNORDERED_LIST':
      return { kind: 'list', start: null, items: block.value.map(({ value }) => toInlines(value)) }
    case 'ORDERED_LIST': {
      const items = block.value.map(({ value }) => toInlines(value))
      return { kind: 'list', start: block.value[0]?.number ?? 1, items }
    }
    case 'TASKS': {
      const items = block.value.map(({ status, value }) => [
        textNode(status ? '☑ ' : '☐ '),
        ...toInlines(value),
      ])
      return { kind: 'list', start: null, items }
    }
    case 'TABLE': {
      const rows = [block.value.header, ...block.value.rows.map(({ value }) => value)]
      const lines = rows.map((cells) =>
        paragraph(
          cells.flatMap(({ value }, index) => [...(index > 0 ? [textNode(' | ')] : []), ...toInlines(value)]),
        ),
      )
      return { kind: 'quote', nodes: lines }
    }
    case 'HORIZONTAL_RULE':
      return paragraph([textNode('---')])
    case 'LINE_BREAK':
      return { kind: 'break' }
  }
}

function paragraph(nodes: readonly RichNode[]): RichNode {
  return { kind: 'paragraph', nodes }
}

function toInlines(inlines: readonly InlineSyntax[]): readonly RichNode[] {
  return inlines.flatMap(toInline)
}

function toInline(inline: InlineSyntax): readonly RichNode[] {
  switch (inline.type) {
    case 'PLAIN_TEXT':
      // The grammar knows public domains only, not those of a company's own network.
      return parsePlainText(inline.value)
    case 'BOLD':
      return [{ kind: 'strong', nodes: toInlines(inline.value) }]
    case 'ITALIC':
      return [{ kind: 'emphasis', nodes: toInlines(inline.value) }]
    case 'STRIKE':
      return [{ kind: 'strike', nodes: toInlines(inline.value) }]
    case 'SPOILER':
      return toInlines(inline.value)
    case 'INLINE_CODE':
      return [{ kind: 'code', text: inline.value.value }]
    case 'INLINE_KATEX':
      return [{ kind: 'code', text: inline.value }]
    case 'LINK':
    case 'IMAGE':
      return linkTo(inline.value.src.value, [inline.value.label].flat().flatMap(toLabel))
    case 'MENTION_USER':
      return [textNode(`@${inline.value.value}`)]
    case 'MENTION_CHANNEL':
      return [textNode(`#${inline.value.value}`)]
    case 'EMOJI':
      return [textNode('unicode' in inline ? inline.unicode : `:${inline.shortCode}:`)]
    case 'COLOR':
      return []
    case 'TIMESTAMP':
      return [textNode(inline.value.timestamp)]
  }
}

/** A part of a link's label, in which an address is no further link. */
function toLabel(label: Markup): readonly RichNode[] {
  return label.type === 'PLAIN_TEXT' ? [textNode(label.value)] : toInline(label)
}
