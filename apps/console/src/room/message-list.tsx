import { Fragment, memo, useState } from 'react'
import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'
import { TimeOfDay } from '../ui/timestamp.tsx'
import { continuesGroup } from './message-groups.ts'
import { MessageItem, type MessageWork } from './message-item.tsx'
import { describeSystemMessage } from './system-message.ts'
import { useMessageScroll } from './use-message-scroll.ts'

interface MessageListProps {
  readonly messages: readonly ConsoleMessageFragment[]
  readonly work: MessageWork
  /** Up to when the visitor has seen the conversation; null if the provider does not say. */
  readonly seenUpTo: string | null
  /** Reads the previous page; null where there is none. */
  readonly onEarlier: (() => Promise<void>) | null
}

/** The messages, oldest first, by days and groups of one author. Only what changes them renders the list. */
export const MessageList = memo(function MessageList(props: MessageListProps) {
  const { messages, work, seenUpTo, onEarlier } = props
  const { room, conversation } = useTexts()
  const formats = useFormats()
  const { list, content, isAtEnd, firstNewId, newCount, onScroll, scrollToEnd } = useMessageScroll(messages)
  const newestSeenId = messages.findLast((message) => isSeenReply(message, seenUpTo))?.id
  return (
    <div className="message-area">
      <div
        className="messages"
        ref={list}
        onScroll={onScroll}
        role="log"
        aria-label={room.messages}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable element must be reachable by keyboard.
        tabIndex={0}
      >
        <div ref={content} className="message-column">
          {onEarlier ? (
            <EarlierButton onPress={onEarlier} />
          ) : (
            <p className="beginning">{conversation.beginning}</p>
          )}
          {messages.map((message, index) => {
            const before = messages[index - 1]
            const day = formats.day(message.createdAt)
            const startsDay = !before || formats.day(before.createdAt) !== day
            const isFirstNew = message.id === firstNewId
            return (
              <Fragment key={message.id}>
                {startsDay && (
                  <p className="day">
                    <span>{day}</span>
                  </p>
                )}
                {isFirstNew && (
                  <p className="new-marker">
                    <span>{conversation.newMessages}</span>
                  </p>
                )}
                {message.kind === 'SYSTEM' ? (
                  <SystemMessage message={message} />
                ) : (
                  <MessageItem
                    message={message}
                    isContinued={!startsDay && !isFirstNew && continuesGroup(before, message)}
                    work={work}
                  />
                )}
                {message.id === newestSeenId && seenUpTo !== null && (
                  <p className="seen">{conversation.seen(formats.timeOfDay(seenUpTo))}</p>
                )}
              </Fragment>
            )
          })}
        </div>
      </div>
      {!isAtEnd && (
        <button
          type="button"
          className={newCount > 0 ? 'to-end new' : 'to-end quiet'}
          onClick={() => {
            scrollToEnd()
            list.current?.focus()
          }}
        >
          <Icon name="down" />
          {newCount > 0 ? conversation.newBelow(newCount) : conversation.toNewest}
        </button>
      )}
    </div>
  )
})

function SystemMessage({ message }: { readonly message: ConsoleMessageFragment }) {
  const words = describeSystemMessage(message, useTexts().conversation)
  if (words === null) return null
  return (
    <p className="system">
      <bdi>{words}</bdi> <TimeOfDay at={message.createdAt} />
    </p>
  )
}

function EarlierButton({ onPress }: { readonly onPress: () => Promise<void> }) {
  const { room, conversation } = useTexts()
  const [isReading, setReading] = useState(false)
  const press = async () => {
    if (isReading) return
    setReading(true)
    await onPress()
    setReading(false)
  }
  return (
    <button type="button" className="quiet earlier" aria-busy={isReading} onClick={() => void press()}>
      {isReading ? conversation.loadingEarlier : room.showEarlier}
    </button>
  )
}

/** Whether the visitor has seen this message of an agent. Timestamps of one format compare as strings. */
function isSeenReply(
  { author, kind, visibility, createdAt }: ConsoleMessageFragment,
  seenUpTo: string | null,
): boolean {
  const isReply = kind !== 'SYSTEM' && visibility === 'EVERYONE' && author && author.role !== 'VISITOR'
  return isReply ? seenUpTo !== null && createdAt <= seenUpTo : false
}
