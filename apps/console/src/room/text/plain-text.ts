import { tokenize } from 'linkifyjs'
import { linkTo } from './links.ts'
import { type RichNode, textNode } from './rich-node.ts'
import { visibleText } from './visible-text.ts'

/** A name alone, such as `notes.md`, is more often a file than an address. */
const HAS_SCHEME = /^(?:[a-z][a-z\d+.-]*:|www\.)/i

/** A text without markup, whose addresses are links. */
export function parsePlainText(text: string): readonly RichNode[] {
  return tokenize(visibleText(text)).flatMap((token) => {
    const nodes = [textNode(token.v)]
    const isAddress = token.isLink && (token.t === 'email' || HAS_SCHEME.test(token.v))
    return isAddress ? linkTo(token.toHref('https'), nodes) : nodes
  })
}
