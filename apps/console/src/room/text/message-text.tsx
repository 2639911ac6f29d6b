import { Fragment, useEffect, useMemo, useState } from 'react'
import type { MessageMarkup } from '../../../generated/graphql.ts'
import { canHaveMarkup } from './can-have-markup.ts'
import { parseCommonMark } from './common-mark.ts'
import { parsePlainText } from './plain-text.ts'
import type { RichNode } from './rich-node.ts'
import { parseRocketChatMarkup } from './rocket-chat-markup.ts'

interface MessageTextProps {
  readonly text: string
  /** The markup that the text can have; null for plain text. */
  readonly markup: MessageMarkup | null
}

/** The text of a message, with the markup that the provider says it has, or links. It never becomes HTML, and loads nothing. */
export function MessageText({ text, markup }: MessageTextProps) {
  const parse = useParser(canHaveMarkup(text) ? markup : null)
  const nodes = useMemo(() => parse(text), [text, parse])
  return (
    <div className="text" dir="auto">
      <RichNodes nodes={nodes} />
    </div>
  )
}

type TextParser = (text: string) => readonly RichNode[]

/** Loads the parser of each markup. */
const loaders: Readonly<Record<MessageMarkup, () => Promise<TextParser>>> = {
  ROCKET_CHAT: async () => {
    const { parse } = await import('@rocket.chat/message-parser')
    return (text) => parseRocketChatMarkup(text, parse)
  },
  COMMONMARK: async () => {
    const { fromMarkdown } = await import('mdast-util-from-markdown')
    return (text) => parseCommonMark(text, fromMarkdown)
  },
}
const loaded = new Map<MessageMarkup, TextParser>()

/** The parser of a markup; that of plain text for null, and until the other is loaded. */
function useParser(markup: MessageMarkup | null): TextParser {
  const [, setLoaded] = useState(0)
  const parser = markup === null ? parsePlainText : loaded.get(markup)
  const missing = parser ? null : markup
  useEffect(() => {
    if (missing === null) return
    let isCurrent = true
    // Without it, for example while the gateway is away, texts are shown as they are.
    void loaders[missing]().then(
      (parse) => {
        loaded.set(missing, loaded.get(missing) ?? parse)
        if (isCurrent) setLoaded((count) => count + 1)
      },
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [missing])
  return parser ?? parsePlainText
}

function RichNodes({ nodes }: { readonly nodes: readonly RichNode[] }) {
  return nodes.map((node, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity than their place.
    <Fragment key={index}>{renderNode(node)}</Fragment>
  ))
}

function renderNode(node: RichNode) {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'break':
      return <br />
    case 'code':
      return <code>{node.text}</code>
    case 'codeBlock':
      return <pre>{node.text}</pre>
    case 'strong':
      return (
        <strong>
          <RichNodes nodes={node.nodes} />
        </strong>
      )
    case 'emphasis':
      return (
        <em>
          <RichNodes nodes={node.nodes} />
        </em>
      )
    case 'strike':
      return (
        <s>
          <RichNodes nodes={node.nodes} />
        </s>
      )
    case 'quote':
      return (
        <blockquote>
          <RichNodes nodes={node.nodes} />
        </blockquote>
      )
    case 'heading':
      return (
        <p className="heading">
          <RichNodes nodes={node.nodes} />
        </p>
      )
    case 'paragraph':
      return (
        <p dir="auto">
          <RichNodes nodes={node.nodes} />
        </p>
      )
    case 'list': {
      const items = node.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above.
        <li key={index}>
          <RichNodes nodes={item} />
        </li>
      ))
      return node.start === null ? <ul>{items}</ul> : <ol start={node.start}>{items}</ol>
    }
    case 'link':
      return (
        <>
          <a href={node.href} title={node.href} target="_blank" rel="noopener noreferrer">
            <RichNodes nodes={node.nodes} />
          </a>
          {node.otherHost !== null && <span className="host"> ({node.otherHost})</span>}
        </>
      )
  }
}
