import { type KeyboardEvent, memo } from 'react'
import type { ConsoleRoomFragment } from '../../generated/graphql.ts'
import { describeSystemMessage } from '../room/system-message.ts'
import type { Texts } from '../texts/en/index.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'
import { ProviderBadge } from '../ui/provider-badge.tsx'
import { Timestamp } from '../ui/timestamp.tsx'
import type { ListedRoom } from './listed-room.ts'

interface RoomRowProps {
  readonly listed: ListedRoom
  readonly href: string
  readonly isOpen: boolean
  readonly isUnread: boolean
  /** Whether it still belongs to the list. */
  readonly isMatching: boolean
  /** How long its visitor waits; null if it does not. */
  readonly waitMinutes: number | null
}

/** One conversation of the list. Events of other conversations do not render it. */
export const RoomRow = memo(function RoomRow(props: RoomRowProps) {
  const { listed, href, isOpen, isUnread, isMatching, waitMinutes } = props
  const texts = useTexts()
  const formats = useFormats()
  const { provider, status, visitor, agents, tags, lastActivityAt, lastMessage } = listed.room
  const states = ['room', ...(isUnread ? ['unread'] : []), ...(isMatching ? [] : ['gone'])]
  const names = agents.map(({ name }) => name ?? texts.room.unnamedAgent)
  return (
    <a className={states.join(' ')} href={href} aria-current={isOpen || undefined} onKeyDown={moveFocus}>
      <span className="who">
        {isUnread && (
          <span className="dot">
            <span className="unseen">{texts.inbox.unread}</span>
          </span>
        )}
        <bdi>{visitor?.name ?? texts.general.visitor}</bdi>
      </span>
      {lastActivityAt && <Timestamp at={lastActivityAt} />}
      <span className="said" dir="auto">
        {lastWords(lastMessage, texts)}
      </span>
      <span className="marks">
        <ProviderBadge {...provider} />
        <span className={`status ${status.toLowerCase()}`}>{texts.inbox.statuses[status]}</span>
        {names.length > 0 && <span className="served">{texts.inbox.assignedTo(formats.list(names))}</span>}
        {tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </span>
      {listed.waitingSince !== null && waitMinutes !== null && (
        <Wait since={listed.waitingSince} minutes={waitMinutes} />
      )}
    </a>
  )
})

export const MINUTE_MS = 60_000
/** Waits from this time on are shown as long. */
const LONG_MINUTES = 5

function Wait({ since, minutes }: { readonly since: string; readonly minutes: number }) {
  const { inbox } = useTexts()
  const formats = useFormats()
  return (
    <time
      className={minutes < LONG_MINUTES ? 'wait' : 'wait long'}
      dateTime={since}
      title={formats.full(since)}
    >
      <Icon name="clock" />
      <span className="unseen">{inbox.waiting}</span>
      {minutes < 1 ? inbox.underAMinute : formats.duration(minutes * MINUTE_MS)}
    </time>
  )
}

function lastWords(
  message: ConsoleRoomFragment['lastMessage'],
  { inbox, general, conversation }: Texts,
): string {
  if (!message) return ''
  if (message.kind === 'SYSTEM') return describeSystemMessage(message, conversation) ?? ''
  if (message.state === 'DELETED') return general.messageDeleted
  const text = message.text || (message.kind === 'FILE' ? general.file : '')
  if (message.author?.role !== 'AGENT') return text
  const by = message.visibility === 'AGENTS' ? inbox.notedBy : inbox.saidBy
  return by(message.author.name ?? general.agent, text)
}

/** The rows of a list. */
export function rowsOf(list: Element | null): readonly HTMLAnchorElement[] {
  return [...(list?.querySelectorAll<HTMLAnchorElement>('a.room') ?? [])]
}

/** The arrow keys, Home and End move the focus between rows. */
function moveFocus(event: KeyboardEvent<HTMLAnchorElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return
  const rows = rowsOf(event.currentTarget.closest('ul'))
  const at = rows.indexOf(event.currentTarget)
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
  if (target === undefined) return
  event.preventDefault()
  rows[target]?.focus()
}
