import { createContext, useContext, useEffect, useState } from 'react'
import { useClient } from 'urql'
import type { ConsoleProvidersQuery } from '../../generated/graphql.ts'
import { ProvidersQuery } from '../documents.ts'
import { useConnection } from '../gateway-context.ts'
import { type Fault, faultsOf } from '../ui/displayed-errors.ts'

export type ProviderReport = ConsoleProvidersQuery['providers'][number]

export interface ProviderReports {
  readonly providers: readonly ProviderReport[]
  readonly faults: readonly Fault[]
}

/** What the gateway said last of its providers: asked once for all who show it. */
export const ProvidersContext = createContext<ProviderReports>({ providers: [], faults: [] })

export function useReports(): ProviderReports {
  return useContext(ProvidersContext)
}

/** Asking costs the providers nothing: health is what calls made anyway have told, and departments are kept. */
const REFRESH_MS = 5_000

/** Asks the gateway about its providers for as long as the component is shown. */
export function useProviderReports(): ProviderReports {
  const client = useClient()
  const { opened } = useConnection()
  const [reports, setReports] = useState<ProviderReports>({ providers: [], faults: [] })
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked at once when the connection is back.
  useEffect(() => {
    let wanted = true
    const ask = async () => {
      const { data, error } = await client.query(ProvidersQuery, {})
      if (!wanted) return
      setReports(({ providers }) => ({ providers: data?.providers ?? providers, faults: faultsOf(error) }))
    }
    void ask()
    const timer = setInterval(() => void ask(), REFRESH_MS)
    return () => {
      wanted = false
      clearInterval(timer)
    }
  }, [client, opened])
  return reports
}
