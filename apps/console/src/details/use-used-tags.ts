import { useCallback, useRef, useState } from 'react'
import { useClient } from '../client-context.ts'
import { read } from '../read.ts'
import { UsedTagsQuery } from './documents.ts'

/**
 * The tags of the provider's latest rooms, most used first: the gateway has no list of tags. They are read at the first call of
 * `load`. Without them the operator can still type a tag, so a failure is not shown.
 */
export function useUsedTags(provider: string): {
  readonly used: readonly string[]
  readonly load: () => void
} {
  const client = useClient()
  const [used, setUsed] = useState<readonly string[]>([])
  const isLoaded = useRef(false)
  const load = useCallback(() => {
    if (isLoaded.current) return
    isLoaded.current = true
    void read(client, UsedTagsQuery, { filter: { providers: [provider] } }).then(({ data }) => {
      if (data) setUsed(byUse(data.rooms.nodes.flatMap(({ tags }) => tags)))
      else isLoaded.current = false
    })
  }, [client, provider])
  return { used, load }
}

function byUse(tags: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([tag]) => tag)
}
