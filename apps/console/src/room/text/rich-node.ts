/** A part of a message's text that is rendered as an element of its own. It contains no HTML. */
export type RichNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'code' | 'codeBlock'; readonly text: string }
  | { readonly kind: SpanKind | BlockKind; readonly nodes: readonly RichNode[] }
  | LinkNode
  | ListNode

export type SpanKind = 'strong' | 'emphasis' | 'strike'
export type BlockKind = 'paragraph' | 'quote' | 'heading'

export interface LinkNode {
  readonly kind: 'link'
  /** An address that `safeAddress` has returned. */
  readonly href: string
  readonly nodes: readonly RichNode[]
  /** The host that the link leads to, if its label looks like an address of another one; else null. */
  readonly otherHost: string | null
}

export interface ListNode {
  readonly kind: 'list'
  /** The number of the first item; null for a list without numbers. */
  readonly start: number | null
  readonly items: readonly (readonly RichNode[])[]
}

export function textNode(text: string): RichNode {
  return { kind: 'text', text }
}

/** The text of nodes without their form. */
export function plainTextOf(nodes: readonly RichNode[]): string {
  return nodes.map(plainTextOfNode).join('')
}

function plainTextOfNode(node: RichNode): string {
  if ('text' in node) return node.text
  if ('nodes' in node) return plainTextOf(node.nodes)
  return node.kind === 'list' ? node.items.map(plainTextOf).join('\n') : '\n'
}
