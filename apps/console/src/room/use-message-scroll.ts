import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'

/** The list follows new messages while it is scrolled this close to its end, in pixels. */
const NEAR = 80

export interface MessageScroll {
  /** The element that scrolls. */
  readonly list: RefObject<HTMLDivElement | null>
  /** The element with all messages, whose height changes. */
  readonly content: RefObject<HTMLDivElement | null>
  readonly isAtEnd: boolean
  /** The first message that came while the operator did not see the end; null if there is none. */
  readonly firstNewId: string | null
  /** Messages from that one on. */
  readonly newCount: number
  readonly onScroll: () => void
  readonly scrollToEnd: () => void
}

interface KnownMessages {
  readonly firstId: string | undefined
  readonly ids: ReadonlySet<string>
  readonly height: number
}

/**
 * Keeps the place of a list of messages: its end while that is visible and for the operator's own messages, else the message
 * that is being read, also when earlier ones are added above it.
 */
export function useMessageScroll(messages: readonly ConsoleMessageFragment[]): MessageScroll {
  const list = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  // Whether the operator has looked at the end since the last message.
  const hasSeenAll = useRef(true)
  const known = useRef<KnownMessages | null>(null)
  const [isAtEnd, setAtEnd] = useState(true)
  const [firstNewId, setFirstNewId] = useState<string | null>(null)

  const scrollToEnd = () => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight
  }
  const onScroll = () => {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = list.current ?? {}
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR
    if (atEnd.current && document.hasFocus()) hasSeenAll.current = true
    setAtEnd(atEnd.current)
  }

  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const before = known.current
    const firstId = messages[0]?.id
    const ids = new Set(messages.map(({ id }) => id))
    if (before && before.firstId !== firstId && !atEnd.current && before.ids.has(messages.at(-1)?.id ?? ''))
      element.scrollTop += element.scrollHeight - before.height
    const added = before ? messages.slice(indexAfterKnown(messages, before.ids)) : []
    if (added.some(({ isMine }) => isMine)) {
      setFirstNewId(null)
      element.scrollTop = element.scrollHeight
    } else if (added[0] && !(atEnd.current && document.hasFocus())) {
      const { id } = added[0]
      setFirstNewId((current) => (current === null || hasSeenAll.current ? id : current))
      hasSeenAll.current = false
    }
    if (atEnd.current) element.scrollTop = element.scrollHeight
    known.current = { firstId, ids, height: element.scrollHeight }
  }, [messages])

  // Pictures, a composer that grows and the keyboard of a phone change heights: the end stays visible.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (atEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight
    })
    for (const element of [list.current, content.current]) if (element) observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const firstNew = messages.findIndex(({ id }) => id === firstNewId)
  const newCount = firstNew < 0 ? 0 : messages.slice(firstNew).filter(({ kind }) => kind !== 'SYSTEM').length
  return { list, content, isAtEnd, firstNewId, newCount, onScroll, scrollToEnd }
}

/** The index after the last message that was known before. */
function indexAfterKnown(messages: readonly ConsoleMessageFragment[], knownIds: ReadonlySet<string>): number {
  return messages.findLastIndex(({ id }) => knownIds.has(id)) + 1
}
