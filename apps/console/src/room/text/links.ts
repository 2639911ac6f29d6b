import { type LinkNode, plainTextOf, type RichNode } from './rich-node.ts'

const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/** The address of a link if it is one that the console opens; null for any other, such as `javascript:`. */
export function safeAddress(address: string): string | null {
  const absolute = address.startsWith('//') ? `https:${address}` : address
  if (!URL.canParse(absolute)) return null
  const { protocol, username, password, href } = new URL(absolute)
  // `https://bank.example@thief.example` leads to the second one.
  const hasCredentials = username !== '' || password !== ''
  return SCHEMES.has(protocol) && !hasCredentials ? href : null
}

/** A link with this label; the label alone if the address is not safe. */
export function linkTo(address: string, nodes: readonly RichNode[]): readonly RichNode[] {
  const href = safeAddress(address)
  if (href === null) return nodes
  const link: LinkNode = { kind: 'link', href, nodes, otherHost: otherHostOf(href, plainTextOf(nodes)) }
  return [link]
}

function otherHostOf(href: string, label: string): string | null {
  const { host } = new URL(href)
  const named = /^(?:https?:\/\/|www\.)\S+/i.exec(label.trim())?.[0]
  if (named === undefined || host === '') return null
  const address = safeAddress(named.startsWith('www.') ? `//${named}` : named)
  return address !== null && new URL(address).host === host ? null : host
}
