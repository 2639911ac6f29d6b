import { useState } from 'react'
import type { OfflineMessageFilter } from '../../generated/graphql.ts'
import { ErrorList } from '../ui/error-list.tsx'
import { OfflineFilters } from './offline-filters.tsx'
import { OfflineItem } from './offline-item.tsx'
import { useOffline } from './use-offline.ts'

/** The offline messages of all providers, newest first. */
export function OfflineMessages() {
  const [filter, setFilter] = useState<OfflineMessageFilter>({})
  const { messages, total, errors, arrived, more, refresh, take } = useOffline(filter)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable element must be reachable by keyboard.
    <main className="offline" tabIndex={0}>
      <h1>Offline messages</h1>
      <OfflineFilters filter={filter} onFilter={setFilter} />
      <ErrorList errors={errors} />
      <p className="count" role="status">
        {total !== null && `${total} ${filter.from || filter.to ? 'in all' : 'in the last seven days'}. `}
        {arrived > 0 && (
          <button type="button" className="quiet" onClick={refresh}>
            {arrived === 1 ? 'One more has come: show it' : `${arrived} more have come: show them`}
          </button>
        )}
      </p>
      {messages === null && <p className="note">Loading…</p>}
      {messages?.length === 0 && <p className="note">No offline messages.</p>}
      <ul>
        {messages?.map((message) => (
          <li key={message.id}>
            <OfflineItem message={message} onChanged={take} />
          </li>
        ))}
      </ul>
      {more && (
        <button type="button" className="quiet wide" onClick={more}>
          Show more
        </button>
      )}
    </main>
  )
}
