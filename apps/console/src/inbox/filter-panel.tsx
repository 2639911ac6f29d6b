import type { RoomStatus } from '../../generated/graphql.ts'
import { type ProviderReport, useReports } from '../providers/provider-reports.ts'
import { changeFilter } from '../route.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Select } from '../ui/select.tsx'
import { countFilters, DEFAULT_FILTER, type InboxFilter } from './filter.ts'
import type { ListedRoom } from './listed-room.ts'
import type { InboxCounts } from './use-counts.ts'

interface FilterPanelProps {
  readonly id: string
  readonly filter: InboxFilter
  /** The rooms whose tags are offered. */
  readonly rooms: readonly ListedRoom[]
  readonly countWith: InboxCounts['countWith']
}

const statuses = ['QUEUED', 'OPEN', 'ON_HOLD', 'CLOSED'] as const satisfies readonly RoomStatus[]

/** Order, status, provider, department and tag, each filter with the number of rooms where it is known. */
export function FilterPanel({ id, filter, rooms, countWith }: FilterPanelProps) {
  const { inbox } = useTexts()
  const { providers } = useReports()
  const formats = useFormats()
  const name = (label: string, change: Partial<InboxFilter>) => {
    const count = countWith(change)
    return count === null ? label : inbox.withCount(label, formats.number(count))
  }
  const departments = useDepartmentNames(filter, providers)
  const tags = new Set([...rooms.flatMap(({ room }) => room.tags), ...(filter.tag ? [filter.tag] : [])])
  return (
    <div id={id} className="filter-panel">
      <Select<string>
        label={inbox.sort}
        value={filter.sort}
        all={inbox.orders['']}
        options={{ wait: inbox.orders.wait }}
        onChange={(sort) => changeFilter({ sort: sort === 'wait' ? sort : '' })}
      />
      <Select<string>
        label={inbox.status}
        value={filter.status}
        all={name(inbox.notOver, { status: '' })}
        options={Object.fromEntries(
          statuses.map((status) => [status, name(inbox.statuses[status], { status })]),
        )}
        onChange={(status) => changeFilter({ status: statuses.find((known) => known === status) ?? '' })}
      />
      <Select
        label={inbox.provider}
        value={filter.provider}
        options={Object.fromEntries(
          providers.map(({ name: provider }) => [
            provider,
            // A department belongs to one provider.
            name(provider, { provider, department: '' }),
          ]),
        )}
        onChange={(provider) => changeFilter({ provider, department: '' })}
      />
      {departments.length > 0 && (
        <Select
          label={inbox.department}
          value={filter.department}
          options={Object.fromEntries(
            departments.map(([department, label]) => [department, name(label, { department })]),
          )}
          onChange={(department) => changeFilter({ department })}
        />
      )}
      <Select
        label={inbox.tag}
        value={filter.tag}
        options={Object.fromEntries([...tags].sort().map((tag) => [tag, name(tag, { tag })]))}
        onChange={(tag) => changeFilter({ tag })}
      />
      {countFilters(filter) > 0 && (
        <button
          type="button"
          className="quiet"
          onClick={() =>
            changeFilter({ ...DEFAULT_FILTER, view: filter.view, text: filter.text, sort: filter.sort })
          }
        >
          {inbox.clearFilters}
        </button>
      )}
    </div>
  )
}

/** The departments of the filter's providers: ids and names, with the provider's where there are several. */
function useDepartmentNames(
  { provider, department }: InboxFilter,
  providers: readonly ProviderReport[],
): readonly (readonly [id: string, name: string])[] {
  const { providers: texts } = useTexts()
  const offering = providers.filter(
    ({ name, departments }) => departments.length > 0 && (provider === '' || name === provider),
  )
  const known = offering.flatMap(({ name: providerName, departments }) =>
    departments.map(({ id, name }) => {
      const label = name ?? texts.unnamedDepartment
      return [id, offering.length > 1 ? `${label} · ${providerName}` : label] as const
    }),
  )
  // One of the address that was deleted, or that is not loaded yet.
  const isMissing = department !== '' && !known.some(([id]) => id === department)
  return isMissing ? [...known, [department, texts.unnamedDepartment]] : known
}
