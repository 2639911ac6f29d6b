import { useState } from 'react'
import type { OfflineMessageFilter } from '../../generated/graphql.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Empty } from '../ui/empty.tsx'
import { ErrorList } from '../ui/error-list.tsx'
import { WaitingCards } from '../ui/waiting-cards.tsx'
import { OfflineFilters } from './offline-filters.tsx'
import { OfflineItem } from './offline-item.tsx'
import { useOffline } from './use-offline.ts'

const NO_FILTER: OfflineMessageFilter = {}

/** The offline messages of all providers, newest first. */
export function OfflineMessages() {
  const [filter, setFilter] = useState(NO_FILTER)
  const { offline, general } = useTexts()
  const formats = useFormats()
  const { messages, total, isReading, errors, arrived, more, refresh, take } = useOffline(filter)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable element must be reachable by keyboard.
    <main className="page" tabIndex={0}>
      <header className="page-header">
        <h1>{offline.title}</h1>
        <p className="faint" role="status">
          {total !== null &&
            (filter.from || filter.to ? offline.total : offline.totalOfWeek)(formats.number(total))}
        </p>
      </header>
      {/* Cleared filters are new filters: their fields start anew. */}
      <OfflineFilters key={String(filter === NO_FILTER)} filter={filter} onFilter={setFilter} />
      <ErrorList errors={errors} />
      <p role="status" className="arrived">
        {arrived > 0 && (
          <button type="button" onClick={refresh}>
            {offline.arrived(arrived)}
          </button>
        )}
      </p>
      {messages === null && errors.length === 0 && <WaitingCards />}
      {messages?.length === 0 && !isReading && (
        <NoMessages isFiltered={isFiltering(filter)} onClear={() => setFilter(NO_FILTER)} />
      )}
      <ul className={isReading ? 'cards reading' : 'cards'} aria-busy={isReading}>
        {messages?.map((message) => (
          <li key={message.id}>
            <OfflineItem message={message} onChanged={take} onRefresh={refresh} />
          </li>
        ))}
      </ul>
      {more && (
        <button type="button" className="quiet wide" onClick={more}>
          {general.showMore}
        </button>
      )}
    </main>
  )
}

interface NoMessagesProps {
  readonly isFiltered: boolean
  readonly onClear: () => void
}

function NoMessages({ isFiltered, onClear }: NoMessagesProps) {
  const { offline } = useTexts()
  if (!isFiltered) return <Empty icon="mail" text={offline.noneOfWeek} />
  return (
    <Empty icon="mail" text={offline.noneFound}>
      <button type="button" className="quiet" onClick={onClear}>
        {offline.clearFilters}
      </button>
    </Empty>
  )
}

function isFiltering(filter: OfflineMessageFilter): boolean {
  return Object.values(filter).some((value) => value !== null && value !== undefined)
}
