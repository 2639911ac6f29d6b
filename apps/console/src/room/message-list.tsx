import { Fragment, useLayoutEffect, useRef } from 'react'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { dayOf } from '../ui/timestamp.tsx'
import { MessageItem } from './message-item.tsx'

interface MessageListProps {
  readonly messages: readonly ConsoleMessageFragment[]
  readonly mayEdit: boolean
  readonly mayDelete: boolean
  /** Reads the previous page; null where there is none. */
  readonly onEarlier: (() => Promise<void>) | null
  readonly onChanged: (message: ConsoleMessageFragment) => void
}

/** The list follows new messages while it is scrolled this close to its end, in pixels. */
const NEAR = 120

/** The messages, oldest first. The list scrolls with new messages only while its end is visible. */
export function MessageList({ messages, mayEdit, mayDelete, onEarlier, onChanged }: MessageListProps) {
  const list = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const newest = messages.at(-1)?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last message moves the end.
  useLayoutEffect(() => {
    if (list.current && atEnd.current) list.current.scrollTop = list.current.scrollHeight
  }, [newest])
  const onScroll = () => {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = list.current ?? {}
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable element must be reachable by keyboard.
    <div className="messages" ref={list} onScroll={onScroll} role="log" aria-label="Messages" tabIndex={0}>
      {onEarlier && (
        <button type="button" className="quiet wide" onClick={() => void onEarlier()}>
          Show earlier messages
        </button>
      )}
      {messages.map((message, index) => {
        const day = dayOf(message.createdAt)
        const before = messages[index - 1]
        return (
          <Fragment key={message.id}>
            {(!before || dayOf(before.createdAt) !== day) && <p className="day">{day}</p>}
            <MessageItem message={message} mayEdit={mayEdit} mayDelete={mayDelete} onChanged={onChanged} />
          </Fragment>
        )
      })}
    </div>
  )
}
