import { useEffect, useState } from 'react'
import type { OfflineMessageFilter } from '../../generated/graphql.ts'
import { useReports } from '../providers/provider-reports.ts'
import { useTexts } from '../texts/language-context.tsx'
import { Select } from '../ui/select.tsx'

interface OfflineFiltersProps {
  readonly filter: OfflineMessageFilter
  readonly onFilter: (filter: OfflineMessageFilter) => void
}

/** Waits this long after the last key press, in milliseconds: reading a provider's list costs calls. */
const TYPING_MS = 400

/** Filters the list. Without dates it covers the last seven days. */
export function OfflineFilters({ filter, onFilter }: OfflineFiltersProps) {
  const { offline } = useTexts()
  const { providers } = useReports()
  const [text, setText] = useState(filter.text ?? '')
  useEffect(() => {
    if (text === (filter.text ?? '')) return
    const timer = setTimeout(() => onFilter({ ...filter, text: text || null }), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, filter, onFilter])
  const listing = providers.filter(({ capabilities }) => capabilities.includes('LIST_OFFLINE_MESSAGES'))
  return (
    <search className="filters page-filters">
      <input
        type="search"
        aria-label={offline.text}
        placeholder={offline.text}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Select
        label={offline.provider}
        value={filter.providers?.[0] ?? ''}
        options={Object.fromEntries(listing.map(({ name }) => [name, name]))}
        onChange={(name) => onFilter({ ...filter, providers: name ? [name] : null })}
      />
      <Select
        label={offline.delivery}
        value={filter.states?.[0] ?? ''}
        options={offline.states}
        onChange={(state) => onFilter({ ...filter, states: state ? [state] : null })}
      />
      <label>
        <span>{offline.from}</span>
        <input
          type="date"
          value={filter.from ?? ''}
          onChange={({ target }) => onFilter({ ...filter, from: target.value || null })}
        />
      </label>
      <label>
        <span>{offline.to}</span>
        <input
          type="date"
          value={filter.to ?? ''}
          onChange={({ target }) => onFilter({ ...filter, to: target.value || null })}
        />
      </label>
    </search>
  )
}
