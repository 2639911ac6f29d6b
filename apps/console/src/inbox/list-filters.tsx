import { useEffect, useId, useRef, useState } from 'react'
import type { RoomStatus } from '../../generated/graphql.ts'
import { useShortcuts } from '../frame/shortcuts.tsx'
import { useReports } from '../providers/provider-reports.ts'
import { goTo, useRoute } from '../route.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'
import { Select } from '../ui/select.tsx'
import { countFilters, DEFAULT_FILTER, type InboxFilter } from './filter.ts'
import type { ListedRoom } from './listed-room.ts'
import { useCounts } from './use-counts.ts'

/** Waits this long after the last key press, in milliseconds: searching at a provider costs calls. */
const TYPING_MS = 300

interface ListFiltersProps {
  readonly filter: InboxFilter
  /** The rooms whose tags are offered. */
  readonly rooms: readonly ListedRoom[]
}

/** The search and the filters of the list. They are in the address. */
export function ListFilters({ filter, rooms }: ListFiltersProps) {
  const { inbox } = useTexts()
  const change = useFilterChange(filter)
  const panelId = useId()
  const set = countFilters(filter)
  const [isOpen, setOpen] = useState(false)
  return (
    <search className="list-filters">
      <div className="search-line">
        <SearchField filter={filter} onChange={change} />
        <button
          type="button"
          className={set > 0 ? 'quiet filters-set' : 'quiet'}
          aria-expanded={isOpen}
          aria-controls={isOpen ? panelId : undefined}
          aria-label={set > 0 ? `${inbox.filters}: ${inbox.filtersSet(set)}` : inbox.filters}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="filter" />
          {set > 0 && <span>{set}</span>}
        </button>
      </div>
      {isOpen && <FilterPanel id={panelId} filter={filter} rooms={rooms} onChange={change} />}
      {filter.text !== '' && filter.status !== 'CLOSED' && (
        <button type="button" className="quiet wide" onClick={() => change({ status: 'CLOSED' })}>
          {inbox.searchClosed}
        </button>
      )}
    </search>
  )
}

type Change = (change: Partial<InboxFilter>) => void

/** Changes the filter in the address. The open conversation stays open. */
function useFilterChange(filter: InboxFilter): Change {
  const route = useRoute()
  const roomId = route.page === 'inbox' ? route.roomId : null
  return (change) => goTo({ page: 'inbox', roomId, filter: { ...filter, ...change } }, { replace: true })
}

interface FilterProps {
  readonly filter: InboxFilter
  readonly onChange: Change
}

function SearchField({ filter, onChange }: FilterProps) {
  const { inbox } = useTexts()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(filter.text)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // Somebody has changed the address, for example with the browser's back button.
  useEffect(() => setText(filter.text), [filter.text])
  useEffect(() => () => clearTimeout(timer.current), [])
  useShortcuts('list', [{ keys: '/', label: inbox.search, run: () => field.current?.select() }])
  const write = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onChange({ text: next.trim() }), TYPING_MS)
  }
  return (
    <span className="search-field">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        aria-label={inbox.search}
        placeholder={inbox.search}
        value={text}
        onChange={({ target }) => write(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && write('')}
      />
    </span>
  )
}

interface FilterPanelProps extends FilterProps, ListFiltersProps {
  readonly id: string
}

const statuses = ['QUEUED', 'OPEN', 'ON_HOLD', 'CLOSED'] as const satisfies readonly RoomStatus[]

/** Status, provider and tag, each with the number of rooms where it is known. */
function FilterPanel({ id, filter, rooms, onChange }: FilterPanelProps) {
  const { inbox } = useTexts()
  const { providers } = useReports()
  const { countWith } = useCounts(filter)
  const formats = useFormats()
  const name = (label: string, change: Partial<InboxFilter>) => {
    const count = countWith(change)
    return count === null ? label : inbox.withCount(label, formats.number(count))
  }
  const tags = new Set([...rooms.flatMap(({ room }) => room.tags), ...(filter.tag ? [filter.tag] : [])])
  return (
    <div id={id} className="filter-panel">
      <Select<string>
        label={inbox.status}
        value={filter.status}
        all={name(inbox.notOver, { status: '' })}
        options={Object.fromEntries(
          statuses.map((status) => [status, name(inbox.statuses[status], { status })]),
        )}
        onChange={(status) => onChange({ status: statuses.find((known) => known === status) ?? '' })}
      />
      <Select
        label={inbox.provider}
        value={filter.provider}
        options={Object.fromEntries(
          providers.map(({ name: provider }) => [provider, name(provider, { provider })]),
        )}
        onChange={(provider) => onChange({ provider })}
      />
      <Select
        label={inbox.tag}
        value={filter.tag}
        options={Object.fromEntries([...tags].sort().map((tag) => [tag, name(tag, { tag })]))}
        onChange={(tag) => onChange({ tag })}
      />
      {countFilters(filter) > 0 && (
        <button
          type="button"
          className="quiet"
          onClick={() => onChange({ ...DEFAULT_FILTER, view: filter.view, text: filter.text })}
        >
          {inbox.clearFilters}
        </button>
      )}
    </div>
  )
}
