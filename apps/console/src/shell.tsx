import { useConnection } from './gateway-context.ts'
import { Inbox } from './inbox/inbox.tsx'
import { OfflineMessages } from './offline/offline-messages.tsx'
import { Trouble } from './providers/provider-alert.tsx'
import { ProvidersContext, useProviderReports } from './providers/provider-reports.ts'
import { Providers } from './providers/providers.tsx'
import { addressOf, type Place, usePlace } from './route.ts'

const pages: readonly { readonly place: Place; readonly name: string }[] = [
  { place: { page: 'inbox', roomId: null }, name: 'Inbox' },
  { place: { page: 'offline' }, name: 'Offline messages' },
  { place: { page: 'providers' }, name: 'Providers' },
]

/** The frame around each page: where one is, and whether the gateway is there. */
export function Shell({ onLeave }: { readonly onLeave: () => void }) {
  const place = usePlace()
  const reports = useProviderReports()
  return (
    <ProvidersContext value={reports}>
      <div className="shell">
        <header>
          <div className="bar">
            <span className="brand">Switchboard</span>
            <nav aria-label="Pages">
              {pages.map(({ place: target, name }) => (
                <a
                  key={name}
                  href={addressOf(target)}
                  aria-current={target.page === place.page ? 'page' : undefined}
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
          <Trouble />
        </header>
        {place.page === 'inbox' && <Inbox roomId={place.roomId} />}
        {place.page === 'offline' && <OfflineMessages />}
        {place.page === 'providers' && <Providers />}
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
