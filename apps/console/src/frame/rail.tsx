import { useState } from 'react'
import { useConnection } from '../gateway-context.ts'
import { useInbox } from '../inbox/inbox-context.ts'
import { OwnStatus } from '../providers/own-status.tsx'
import { hrefOf, type Route } from '../route.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Settings } from './settings.tsx'
import { ShortcutHelp } from './shortcut-help.tsx'
import { useShortcuts } from './shortcuts.tsx'

const pages: readonly { readonly route: Route; readonly icon: IconName }[] = [
  { route: { page: 'inbox', roomId: null }, icon: 'inbox' },
  { route: { page: 'offline' }, icon: 'mail' },
  { route: { page: 'providers' }, icon: 'providers' },
]

interface RailProps {
  readonly page: Route['page']
  readonly onLeave: () => void
}

/** The navigation at the side, on a phone at the bottom. */
export function Rail({ page, onLeave }: RailProps) {
  const { frame } = useTexts()
  const [isHelpOpen, setHelpOpen] = useState(false)
  useShortcuts('general', [{ keys: '?', label: frame.shortcuts, run: () => setHelpOpen(true) }])
  return (
    <header className="rail">
      <img className="brand" src="./icon.svg" alt="Switchboard" width="32" height="32" />
      <nav aria-label={frame.pages}>
        {pages.map(({ route, icon }) => (
          <a key={icon} href={hrefOf(route)} aria-current={route.page === page ? 'page' : undefined}>
            <Icon name={icon} />
            <span>{frame[route.page]}</span>
            {route.page === 'inbox' && <UnreadTotal />}
          </a>
        ))}
      </nav>
      <ConnectionLight />
      <OwnStatus />
      <Settings onHelp={() => setHelpOpen(true)} onLeave={onLeave} />
      {isHelpOpen && <ShortcutHelp onClose={() => setHelpOpen(false)} />}
    </header>
  )
}

function UnreadTotal() {
  const { unread } = useInbox()
  const { frame } = useTexts()
  const formats = useFormats()
  if (unread === 0) return null
  return (
    <>
      <span className="total" aria-hidden="true">
        {unread > 99 ? '99+' : formats.number(unread)}
      </span>
      <span className="unseen">{frame.unread(unread)}</span>
    </>
  )
}

function ConnectionLight() {
  const { status } = useConnection()
  const { frame } = useTexts()
  const words = { connecting: frame.connecting, open: frame.live, lost: frame.reconnecting }[status]
  return (
    <span className={`light ${status}`} role="status">
      {words}
    </span>
  )
}
