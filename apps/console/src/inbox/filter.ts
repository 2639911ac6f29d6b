import type { RoomFilter, RoomStatus } from '../../generated/graphql.ts'

/** Whose rooms the list shows. */
export type InboxView = 'mine' | 'unassigned' | 'all'

/** The states of rooms that are not over. */
export const ACTIVE_STATUSES: readonly RoomStatus[] = ['QUEUED', 'OPEN', 'ON_HOLD']

const statuses: readonly RoomStatus[] = [...ACTIVE_STATUSES, 'CLOSED']

/** The order of the list; empty for latest activity first. */
export type InboxSort = '' | 'wait'

/** What the list of conversations shows, and in which order. Empty texts do not filter. */
export interface InboxFilter {
  readonly view: InboxView
  /** Empty: rooms that are not over. */
  readonly status: RoomStatus | ''
  readonly provider: string
  /** Global id. */
  readonly department: string
  readonly tag: string
  readonly text: string
  readonly sort: InboxSort
}

export const DEFAULT_FILTER: InboxFilter = {
  view: 'all',
  status: '',
  provider: '',
  department: '',
  tag: '',
  text: '',
  sort: '',
}

/** Whether only rooms that are not over can match. */
export function isActiveOnly({ status }: InboxFilter): boolean {
  return status !== 'CLOSED'
}

/** The number of filters besides the view and the text. */
export function countFilters({ status, provider, department, tag }: InboxFilter): number {
  return [status, provider, department, tag].filter((value) => value !== '').length
}

/** The filter as the query of an address; empty for the default. */
export function formatFilter(filter: InboxFilter): string {
  const { view, ...texts } = filter
  const query = new URLSearchParams(view === 'all' ? {} : { view })
  for (const [name, value] of Object.entries(texts)) if (value !== '') query.set(name, value)
  return query.toString()
}

/** The filter of an address. What it does not contain, or what is unknown, is the default. */
export function parseFilter(query: string): InboxFilter {
  const values = new URLSearchParams(query)
  const view = values.get('view')
  const status = values.get('status')
  return {
    view: view === 'mine' || view === 'unassigned' ? view : 'all',
    status: statuses.find((known) => known === status) ?? '',
    provider: values.get('provider') ?? '',
    department: values.get('department') ?? '',
    tag: values.get('tag') ?? '',
    text: values.get('text') ?? '',
    sort: values.get('sort') === 'wait' ? 'wait' : '',
  }
}

/** The lists of the gateway that hold the rooms of a filter: one for each own agent, where the view is the operator's. */
export function listsOf(filter: InboxFilter, ownAgentIds: readonly string[]): readonly RoomFilter[] {
  const { view, status, provider, department, tag, text } = filter
  const common: RoomFilter = {
    status: status === '' ? [...ACTIVE_STATUSES] : [status],
    ...(provider && { providers: [provider] }),
    ...(department && { departmentId: department }),
    ...(tag && { tags: [tag] }),
    // The providers search closed conversations only.
    ...(text && status === 'CLOSED' && { text }),
    ...(view === 'unassigned' && { unassigned: true }),
  }
  return view === 'mine' ? ownAgentIds.map((agentId) => ({ ...common, agentId })) : [common]
}
