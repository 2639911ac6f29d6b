import { useSyncExternalStore } from 'react'

/** The current route is in the address, so that it can be bookmarked and the browser's back button works. */
export type Route =
  | { readonly page: 'inbox'; readonly roomId: string | null }
  | { readonly page: 'offline' }
  | { readonly page: 'providers' }

/** The address of a route. Global ids need no escaping in an address. */
export function hrefOf(route: Route): string {
  if (route.page !== 'inbox') return `#/${route.page}`
  return route.roomId === null ? '#/inbox' : `#/inbox/${route.roomId}`
}

/** The route of the current address. */
export function useRoute(): Route {
  return routeOf(useSyncExternalStore(listen, () => location.hash))
}

function listen(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

function routeOf(hash: string): Route {
  const [, page, id] = hash.split('/')
  if (page === 'offline' || page === 'providers') return { page }
  return { page: 'inbox', roomId: id || null }
}
