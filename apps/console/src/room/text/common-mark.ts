import { linkTo } from './links.ts'
import { parsePlainText } from './plain-text.ts'
import { type RichNode, textNode } from './rich-node.ts'
import { visibleText } from './visible-text.ts'

/** The parser, which is loaded when a message needs it. */
export type CommonMarkParser = typeof import('mdast-util-from-markdown')['fromMarkdown']

type BlockSyntax = ReturnType<CommonMarkParser>['children'][number]
type InlineSyntax = Extract<BlockSyntax, { type: 'paragraph' }>['children'][number]

/** Parses Markdown as CommonMark defines it. HTML stays text, and images are links: nothing is loaded. */
export function parseCommonMark(text: string, parse: CommonMarkParser): readonly RichNode[] {
  return parse(visibleText(text)).children.flatMap(toBlock)
}

function toBlock(block: BlockSyntax): readonly RichNode[] {
  switch (block.type) {
    case 'paragraph':
      return [{ kind: 'paragraph', nodes: toInlines(block.children) }]
    case 'heading':
      return [{ kind: 'heading', nodes: toInlines(block.children) }]
    case 'blockquote':
      return [{ kind: 'quote', nodes: block.children.flatMap(toBlock) }]
    case 'list': {
      const items = block.children.map(({ children }) => children.flatMap(toItemPart))
      return [{ kind: 'list', start: block.ordered ? (block.start ?? 1) : null, items }]
    }
    case 'code':
      return [{ kind: 'codeBlock', text: block.value }]
    case 'html':
      return [{ kind: 'paragraph', nodes: [textNode(block.value)] }]
    case 'thematicBreak':
      return [{ kind: 'paragraph', nodes: [textNode('---')] }]
    default:
      return []
  }
}

/** A part of a list item: a paragraph is a line of its own only in other places. */
function toItemPart(block: BlockSyntax, index: number): readonly RichNode[] {
  return block.type === 'paragraph' && index === 0 ? toInlines(block.children) : toBlock(block)
}

function toInlines(inlines: readonly InlineSyntax[]): readonly RichNode[] {
  return inlines.flatMap(toInline)
}

function toInline(inline: InlineSyntax): readonly RichNode[] {
  switch (inline.type) {
    case 'text':
      return parsePlainText(inline.value)
    case 'html':
      return [textNode(inline.value)]
    case 'strong':
      return [{ kind: 'strong', nodes: toInlines(inline.children) }]
    case 'emphasis':
      return [{ kind: 'emphasis', nodes: toInlines(inline.children) }]
    case 'inlineCode':
      return [{ kind: 'code', text: inline.value }]
    case 'break':
      return [{ kind: 'break' }]
    case 'link':
      return linkTo(inline.url, inline.children.flatMap(toLabel))
    case 'image':
      return linkTo(inline.url, [textNode(inline.alt || inline.url)])
    case 'linkReference':
      return toInlines(inline.children)
    case 'imageReference':
      return [textNode(inline.alt ?? '')]
    default:
      return []
  }
}

/** A part of a link's label, in which an address is no further link. */
function toLabel(label: InlineSyntax): readonly RichNode[] {
  return label.type === 'text' ? [textNode(label.value)] : toInline(label)
}
