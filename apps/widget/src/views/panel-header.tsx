import { useId, useRef, useState } from 'preact/hooks'
import { useEnvironment } from '../environment.ts'
import type { ConversationState } from '../state/use-conversation.ts'
import { fill, formatNumber } from '../texts/language.ts'
import { DownIcon, MoreIcon } from './icons.tsx'

/** An entry of the menu. */
export interface MenuEntry {
  readonly label: string
  readonly onSelect: () => void
}

interface PanelHeaderProps {
  readonly titleId: string
  /** Null before a conversation. */
  readonly conversation: ConversationState | null
  /** Without entries there is no menu. */
  readonly entries: readonly MenuEntry[]
  readonly onClose: () => void
}

/** The panel's title, who is there, and what else can be done. */
export function PanelHeader({ titleId, conversation, entries, onClose }: PanelHeaderProps) {
  const { settings, texts } = useEnvironment()
  return (
    <header>
      <div class="title">
        <h2 id={titleId}>
          <bdi>{settings.title ?? texts.title}</bdi>
        </h2>
        <p role="status">
          <bdi>
            <Presence conversation={conversation} />
          </bdi>
        </p>
      </div>
      {entries.length > 0 && <Menu entries={entries} />}
      <button type="button" class="icon hide" aria-label={texts.close} title={texts.close} onClick={onClose}>
        <DownIcon />
      </button>
    </header>
  )
}

/** Who talks with the visitor, or how long it takes. */
function Presence({ conversation }: Pick<PanelHeaderProps, 'conversation'>) {
  const { texts, locale } = useEnvironment()
  const room = conversation?.room
  if (!conversation || !room || conversation.isOver) return null
  // Rocket.Chat shows visitors the user names of a room's agents, and the names of authors.
  const nameOf = (agent: (typeof room.agents)[number]) =>
    conversation.messages.findLast(({ author }) => author?.nativeId === agent.nativeId)?.author?.name ??
    agent.name
  const names = room.agents.flatMap((agent) => nameOf(agent) ?? [])
  if (room.status !== 'QUEUED' && names.length > 0) return <>{new Intl.ListFormat(locale).format(names)}</>
  const position = conversation.position === undefined ? room.queue?.position : conversation.position
  return <>{position ? fill(texts.queuePosition, formatNumber(position, locale)) : texts.waiting}</>
}

function Menu({ entries }: Pick<PanelHeaderProps, 'entries'>) {
  const { texts } = useEnvironment()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  return (
    <div
      class="menu"
      role="none"
      onFocusOut={({ relatedTarget, currentTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOpen(false)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.stopPropagation()
        setOpen(false)
        button.current?.focus()
      }}
    >
      <button
        ref={button}
        type="button"
        class="icon"
        aria-label={texts.menu}
        title={texts.menu}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <MoreIcon />
      </button>
      <ul id={id} hidden={!isOpen}>
        {entries.map(({ label, onSelect }) => (
          <li key={label}>
            <button
              type="button"
              onClick={() => {
                setOpen(false)
                onSelect()
              }}
            >
              {label}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
