import type { RoomStatus } from '../../../generated/graphql.ts'
import type { InboxSort, InboxView } from '../../inbox/filter.ts'
import { plural } from './general.ts'

/** The list of conversations. */
export const inbox = {
  conversations: 'Conversations',
  choose: 'Choose a conversation.',
  chooseByKeys: 'Alt+↓ opens the next one. ? shows all shortcuts.',
  status: 'Status',
  provider: 'Provider',
  department: 'Department',
  tag: 'Tag',
  sort: 'Order',
  none: 'No conversations.',
  views: { mine: 'Mine', unassigned: 'Unassigned', all: 'All' } satisfies Readonly<Record<InboxView, string>>,
  viewsName: 'Whose conversations',
  /** A count that may be higher: not all conversations are loaded. */
  atLeast: (count: string) => `${count}+`,
  withCount: (name: string, count: string) => `${name} (${count})`,
  notOver: 'Open and waiting',
  search: 'Search conversations',
  searchLoaded: 'Only the conversations that are loaded are searched.',
  searchClosed: 'Search closed conversations',
  filters: 'Filters',
  filtersSet: (count: number) => plural(count, { one: '1 filter', other: `${count} filters` }),
  clearFilters: 'Clear filters',
  news: (count: number) =>
    plural(count, { one: '1 conversation has news', other: `${count} conversations have news` }),
  unread: 'unread',
  waiting: 'waiting',
  underAMinute: '< 1 min',
  orders: { '': 'Latest activity first', wait: 'Longest wait first' } satisfies Readonly<
    Record<InboxSort, string>
  >,
  sortedLoaded: 'Only the conversations that are loaded are in this order.',
  assignedTo: (names: string) => `with ${names}`,
  next: 'Next conversation',
  previous: 'Previous conversation',
  still: (reason: string) => `This list does not move by itself: ${reason}`,
  saidBy: (name: string, text: string) => `${name}: ${text}`,
  notedBy: (name: string, text: string) => `Note by ${name}: ${text}`,
  statuses: {
    QUEUED: 'Waiting',
    OPEN: 'Open',
    ON_HOLD: 'On hold',
    CLOSED: 'Closed',
    UNKNOWN: 'Unknown',
  } satisfies Readonly<Record<RoomStatus, string>>,
}
