import { useSyncExternalStore } from 'react'

/** What is shown, as the address says it: it can be bookmarked, and the browser's back button works. */
export type Place =
  | { readonly page: 'inbox'; readonly roomId: string | null }
  | { readonly page: 'offline' }
  | { readonly page: 'providers' }

/** The address of a place. Global ids are made of letters that an address takes as they are. */
export function addressOf(place: Place): string {
  if (place.page !== 'inbox') return `#/${place.page}`
  return place.roomId === null ? '#/inbox' : `#/inbox/${place.roomId}`
}

/** The place that the address shows. */
export function usePlace(): Place {
  return placeOf(useSyncExternalStore(listen, () => location.hash))
}

export function goTo(place: Place): void {
  location.hash = addressOf(place)
}

function listen(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

function placeOf(hash: string): Place {
  const [, page, id] = hash.split('/')
  if (page === 'offline' || page === 'providers') return { page }
  return { page: 'inbox', roomId: id || null }
}
