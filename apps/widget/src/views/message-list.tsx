import { useLayoutEffect, useRef } from 'preact/hooks'
import { useEnvironment } from '../environment.ts'
import type { Visitor } from '../gateway/visitor.ts'
import type { Outbox, Unsent } from '../state/outbox.ts'
import type { ChatState, Message } from '../state/use-chat.ts'
import type { Texts } from '../texts/english.ts'
import { fill, formatTime } from '../texts/language.ts'
import { AttachmentView } from './attachment.tsx'
import { LinkedText } from './linked-text.tsx'
import { UnsentView } from './unsent.tsx'

interface MessageListProps {
  readonly visitor: Visitor
  readonly chat: Pick<ChatState, 'messages' | 'hasEarlier'>
  readonly outbox: Outbox
  readonly unsent: readonly Unsent[]
  /** The name of an agent who types; null if none does. */
  readonly typist: string | null
}

/** Pixels from the end within which the list follows new messages. */
const NEAR_END = 60
/** Milliseconds within which messages of one author stand together. */
const GROUP_MS = 300_000

/** The messages, oldest first, and what the visitor has not sent yet. */
export function MessageList({ visitor, chat, outbox, unsent, typist }: MessageListProps) {
  const { texts } = useEnvironment()
  const list = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change moves the end.
  useLayoutEffect(() => {
    if (isAtEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [chat.messages, unsent, typist])
  const newest = chat.messages.findLastIndex(({ kind }) => kind !== 'SYSTEM')
  const shown = chat.messages.filter(
    (message, index) =>
      message.kind !== 'SYSTEM' ||
      // The end of the conversation is shown below the messages unless somebody has written since.
      (describeEvent(message, texts) !== '' && !(message.systemEvent === 'CLOSED' && index > newest)),
  )
  // The button stays for another attempt.
  const loadEarlier = () => void visitor.timeline.loadEarlier().catch(() => {})
  return (
    <div
      class="messages"
      ref={list}
      role="log"
      aria-label={texts.messages}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable element must be reachable by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END
      }}
      // An image has its height only when it is loaded, and its event does not bubble.
      onLoadCapture={() => isAtEnd.current && list.current?.scrollTo({ top: list.current.scrollHeight })}
    >
      {chat.hasEarlier && (
        <button type="button" class="quiet" onClick={loadEarlier}>
          {texts.earlier}
        </button>
      )}
      {shown.map((message, index) => (
        <MessageView
          key={message.id}
          message={message}
          visitor={visitor}
          outbox={outbox}
          isFirst={!isSameGroup(shown[index - 1], message)}
          isLast={!isSameGroup(message, shown[index + 1])}
        />
      ))}
      {unsent.map((entry) => entry.isShown || <UnsentView key={entry.key} unsent={entry} outbox={outbox} />)}
      {typist !== null && (
        <p class="typing" dir="auto">
          {fill(texts.typing, typist || texts.somebody)}
        </p>
      )}
    </div>
  )
}

function isSameGroup(one: Message | undefined, other: Message | undefined): boolean {
  if (!one || !other || one.kind === 'SYSTEM' || other.kind === 'SYSTEM') return false
  const isSameAuthor = one.author?.role === other.author?.role && one.author?.name === other.author?.name
  return isSameAuthor && Date.parse(other.createdAt) - Date.parse(one.createdAt) < GROUP_MS
}

interface MessageViewProps {
  readonly message: Message
  readonly visitor: Visitor
  readonly outbox: Outbox
  /** Whether it begins the messages of its author: they have the name once, and the time once. */
  readonly isFirst: boolean
  readonly isLast: boolean
}

function MessageView({ message, visitor, outbox, isFirst, isLast }: MessageViewProps) {
  const { texts, locale } = useEnvironment()
  const { kind, author, state, text, attachments, buttons, createdAt } = message
  if (kind === 'SYSTEM')
    return (
      <p class="system" dir="auto">
        {describeEvent(message, texts)}
      </p>
    )
  const isMine = author?.role === 'VISITOR'
  return (
    <div class={`message ${isMine ? 'mine' : 'theirs'}${isFirst ? ' first' : ''}`}>
      <span class={isMine || !isFirst ? 'unseen' : 'by'} dir="auto">
        {isMine ? texts.you : author?.name}
      </span>
      <div class="bubble">
        {state === 'DELETED' ? <em>{texts.deleted}</em> : text && <LinkedText text={text} />}
        {attachments.map((attachment) => (
          <AttachmentView key={attachment.id} attachment={attachment} visitor={visitor} />
        ))}
        {buttons.map(({ text, url }) =>
          url ? (
            <a
              key={text}
              class="choice"
              dir="auto"
              href={url}
              target="_blank"
              rel="noopener noreferrer nofollow"
            >
              {text}
            </a>
          ) : (
            <button key={text} type="button" class="choice" dir="auto" onClick={() => outbox.sendText(text)}>
              {text}
            </button>
          ),
        )}
      </div>
      {(isLast || state === 'EDITED') && (
        <span class="meta">
          {isLast && <time dateTime={createdAt}>{formatTime(createdAt, locale)}</time>}
          {state === 'EDITED' && <span> {texts.edited}</span>}
        </span>
      )}
    </div>
  )
}

/** What a message of the provider itself says; empty for one that only agents need. */
function describeEvent({ systemEvent, author, text }: Message, texts: Texts): string {
  const name = author?.name || texts.somebody
  switch (systemEvent) {
    case 'JOINED':
      return author?.role === 'VISITOR' ? '' : fill(texts.joined, name)
    case 'LEFT':
      return author?.role === 'VISITOR' ? '' : fill(texts.left, name)
    case 'TRANSFERRED':
      return texts.transferred
    case 'QUEUED':
      return texts.queued
    case 'CLOSED':
      return texts.over
    case 'OTHER':
      return text
    default:
      return ''
  }
}
