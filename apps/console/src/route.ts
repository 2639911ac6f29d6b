import { useSyncExternalStore } from 'react'
import { DEFAULT_FILTER, formatFilter, type InboxFilter, parseFilter } from './inbox/filter.ts'

/** The current route is in the address, so that it can be bookmarked and the browser's back button works. */
export type Route = InboxRoute | { readonly page: 'offline' } | { readonly page: 'providers' }

export interface InboxRoute {
  readonly page: 'inbox'
  readonly roomId: string | null
  /** What the list shows; by default the rooms that are not over. */
  readonly filter?: InboxFilter
}

/** The address of a route. Global ids need no escaping in an address. */
export function hrefOf(route: Route): string {
  if (route.page !== 'inbox') return `#/${route.page}`
  const query = formatFilter(route.filter ?? DEFAULT_FILTER)
  return `#/inbox${route.roomId === null ? '' : `/${route.roomId}`}${query && `?${query}`}`
}

/** Goes to a route. `replace` leaves no step for the browser's back button. */
export function goTo(route: Route, { replace = false } = {}): void {
  if (replace) location.replace(hrefOf(route))
  else location.hash = hrefOf(route)
}

/** Changes the filter of the current address. The open conversation stays open. */
export function changeFilter(change: Partial<InboxFilter>): void {
  const route = routeOf(location.hash)
  if (route.page !== 'inbox') return
  goTo({ ...route, filter: { ...DEFAULT_FILTER, ...route.filter, ...change } }, { replace: true })
}

/** The route of the current address. */
export function useRoute(): Route {
  return routeOf(useSyncExternalStore(listen, () => location.hash))
}

/** What the list shows, by the current address. */
export function useInboxFilter(): InboxFilter {
  const route = useRoute()
  return (route.page === 'inbox' && route.filter) || DEFAULT_FILTER
}

function listen(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.split('?')
  const [, page, id] = path.split('/')
  if (page === 'offline' || page === 'providers') return { page }
  return { page: 'inbox', roomId: id || null, filter: parseFilter(query) }
}
