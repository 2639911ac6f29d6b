import { memo, useEffect } from 'react'
import { AlertProvider } from './alerts/alerts.tsx'
import { useKeptFocus } from './frame/keep-focus.ts'
import { Rail } from './frame/rail.tsx'
import { ShortcutProvider } from './frame/shortcuts.tsx'
import { Inbox } from './inbox/inbox.tsx'
import { InboxContext, useInboxReader } from './inbox/inbox-context.ts'
import { OfflineMessages } from './offline/offline-messages.tsx'
import { OwnAgentsContext, useOwnAgentsReader } from './providers/own-agents.ts'
import { ProviderAlert } from './providers/provider-alert.tsx'
import { ProvidersContext, useProviderReports } from './providers/provider-reports.ts'
import { Providers } from './providers/providers.tsx'
import { RoomWorkContext, useRoomWorkStore } from './room/room-work.ts'
import { type Route, useRoute } from './route.ts'
import { useTexts } from './texts/language-context.tsx'

interface ShellProps {
  readonly onLeave: () => void
}

/** Everything that an operator sees, with what all pages share. */
export function Shell({ onLeave }: ShellProps) {
  const reports = useProviderReports()
  const ownAgents = useOwnAgentsReader()
  const workOf = useRoomWorkStore()
  return (
    <ProvidersContext value={reports}>
      <OwnAgentsContext value={ownAgents}>
        <AlertProvider>
          <RoomWorkContext value={workOf}>
            <ShortcutProvider>
              <Frame onLeave={onLeave} />
            </ShortcutProvider>
          </RoomWorkContext>
        </AlertProvider>
      </OwnAgentsContext>
    </ProvidersContext>
  )
}

/** The frame of each page: navigation, the state of the connection, and the providers that fail. */
const Frame = memo(function Frame({ onLeave }: ShellProps) {
  const route = useRoute()
  const roomId = route.page === 'inbox' ? route.roomId : null
  const inbox = useInboxReader(roomId)
  useTitle(inbox.unread, route.page)
  useKeptFocus()
  return (
    <InboxContext value={inbox}>
      <div className={roomId === null ? 'shell' : 'shell reading'}>
        <Rail page={route.page} onLeave={onLeave} />
        <ProviderAlert />
        <Page page={route.page} roomId={roomId} />
      </div>
    </InboxContext>
  )
})

interface PageProps {
  readonly page: Route['page']
  readonly roomId: string | null
}

/** A page. Events render the frame around it, and of the page what they concern. */
const Page = memo(function Page({ page, roomId }: PageProps) {
  if (page === 'offline') return <OfflineMessages />
  if (page === 'providers') return <Providers />
  return <Inbox roomId={roomId} />
})

/** The page's name and the number of unread conversations, which the browser shows in the tab. */
function useTitle(unread: number, page: Route['page']): void {
  const { frame } = useTexts()
  const name = frame[page]
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${name} · Switchboard`
  }, [unread, name])
}
