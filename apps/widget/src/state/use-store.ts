import { useEffect, useState } from 'preact/hooks'

/** A state that changes, as the client package has them. */
interface Store<State> {
  current(): State
  subscribe(listener: () => void): () => void
}

/** Renders the component again after each change of a store while it is mounted. */
export function useStore<State>(store: Store<State> | undefined): State | undefined {
  const [, setChanges] = useState(0)
  useEffect(() => store?.subscribe(() => setChanges((count) => count + 1)), [store])
  return store?.current()
}
