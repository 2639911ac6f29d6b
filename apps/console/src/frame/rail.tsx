import { useConnection } from '@switchboard/client/react'
import { memo, useState } from 'react'
import { createPortal } from 'react-dom'
import { useClient } from '../client-context.ts'
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
export const Rail = memo(function Rail({ page, onLeave }: RailProps) {
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
            <PageLabel page={route.page} />
            {route.page === 'inbox' && <UnreadTotal />}
          </a>
        ))}
      </nav>
      <ConnectionLight />
      <OwnStatus />
      <Settings onHelp={() => setHelpOpen(true)} onLeave={onLeave} />
      {/* Next to an open conversation the rail of a narrow window is not displayed, nor is anything in it. */}
      {isHelpOpen && createPortal(<ShortcutHelp onClose={() => setHelpOpen(false)} />, document.body)}
    </header>
  )
})

/** The name of a page. The navigation of a phone shows a shorter one where there is one. */
function PageLabel({ page }: { readonly page: Route['page'] }) {
  const { frame } = useTexts()
  const short = frame.shortNames[page]
  if (short === undefined) return <span className="rail-label">{frame[page]}</span>
  return (
    <>
      <span className="rail-label long">{frame[page]}</span>
      <span className="rail-label short" aria-hidden="true">
        {short}
      </span>
    </>
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
  const { status } = useConnection(useClient())
  const { frame } = useTexts()
  const words = {
    idle: frame.connecting,
    connecting: frame.connecting,
    open: frame.live,
    lost: frame.reconnecting,
  }[status]
  return (
    <span className={`light ${status}`} role="status">
      <span className="rail-label">{words}</span>
    </span>
  )
}
