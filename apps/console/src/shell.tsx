import { useConnection } from './gateway-context.ts'
import { Inbox } from './inbox/inbox.tsx'
import { OfflineMessages } from './offline/offline-messages.tsx'
import { ProviderAlert } from './providers/provider-alert.tsx'
import { ProvidersContext, useProviderReports } from './providers/provider-reports.ts'
import { Providers } from './providers/providers.tsx'
import { hrefOf, type Route, useRoute } from './route.ts'

const pages: readonly { readonly route: Route; readonly name: string }[] = [
  { route: { page: 'inbox', roomId: null }, name: 'Inbox' },
  { route: { page: 'offline' }, name: 'Offline messages' },
  { route: { page: 'providers' }, name: 'Providers' },
]

/** The frame of each page: navigation, and the state of the connection. */
export function Shell({ onLeave }: { readonly onLeave: () => void }) {
  const route = useRoute()
  const reports = useProviderReports()
  return (
    <ProvidersContext value={reports}>
      <div className="shell">
        <header>
          <div className="bar">
            <span className="brand">Switchboard</span>
            <nav aria-label="Pages">
              {pages.map(({ route: target, name }) => (
                <a
                  key={name}
                  href={hrefOf(target)}
                  aria-current={target.page === route.page ? 'page' : undefined}
                >
                  {name}
                </a>
              ))}
            </nav>
            <ConnectionLight />
            <button type="button" className="quiet" onClick={onLeave}>
              Sign out
            </button>
          </div>
          <ProviderAlert />
        </header>
        {route.page === 'inbox' && <Inbox roomId={route.roomId} />}
        {route.page === 'offline' && <OfflineMessages />}
        {route.page === 'providers' && <Providers />}
      </div>
    </ProvidersContext>
  )
}

function ConnectionLight() {
  const { status } = useConnection()
  const words = { connecting: 'Connecting…', open: 'Live', lost: 'Reconnecting…' }[status]
  return (
    <span className={`light ${status}`} role="status">
      {words}
    </span>
  )
}
