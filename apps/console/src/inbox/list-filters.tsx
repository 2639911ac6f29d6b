import { useEffect, useId, useRef, useState } from 'react'
import { useShortcuts } from '../frame/shortcuts.tsx'
import { changeFilter } from '../route.ts'
import { useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'
import { countFilters, type InboxFilter } from './filter.ts'
import { FilterPanel } from './filter-panel.tsx'
import type { ListedRoom } from './listed-room.ts'
import type { InboxCounts } from './use-counts.ts'

/** Waits this long after the last key press, in milliseconds: searching at a provider costs calls. */
const TYPING_MS = 300

interface ListFiltersProps {
  readonly filter: InboxFilter
  /** The rooms whose tags are offered. */
  readonly rooms: readonly ListedRoom[]
  readonly countWith: InboxCounts['countWith']
}

/** The search and the filters of the list. They are in the address. */
export function ListFilters({ filter, rooms, countWith }: ListFiltersProps) {
  const { inbox } = useTexts()
  const panelId = useId()
  const set = countFilters(filter)
  const [isOpen, setOpen] = useState(false)
  return (
    <search className="list-filters">
      <div className="search-line">
        <SearchField filter={filter} />
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
      {isOpen && <FilterPanel id={panelId} filter={filter} rooms={rooms} countWith={countWith} />}
      {filter.text !== '' && filter.status !== 'CLOSED' && (
        <button type="button" className="quiet wide" onClick={() => changeFilter({ status: 'CLOSED' })}>
          {inbox.searchClosed}
        </button>
      )}
    </search>
  )
}

function SearchField({ filter }: { readonly filter: InboxFilter }) {
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
    timer.current = setTimeout(() => changeFilter({ text: next.trim() }), TYPING_MS)
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
