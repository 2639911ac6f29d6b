import { useConnection } from '@switchboard/client/react'
import { createContext, useContext, useEffect, useState } from 'react'
import type { ConsoleProvidersQuery } from '../../generated/graphql.ts'
import { useClient } from '../client-context.ts'
import { ProvidersQuery } from '../documents.ts'
import { read } from '../read.ts'
import type { DisplayedError } from '../ui/displayed-errors.ts'

export type ProviderReport = ConsoleProvidersQuery['providers'][number]

export interface ProviderReports {
  readonly providers: readonly ProviderReport[]
  /** False until the first report. */
  readonly isLoaded: boolean
  readonly errors: readonly DisplayedError[]
}

const NOT_LOADED: ProviderReports = { providers: [], isLoaded: false, errors: [] }

/** The gateway's last report of its providers, read once for all components. */
export const ProvidersContext = createContext<ProviderReports>(NOT_LOADED)

export function useReports(): ProviderReports {
  return useContext(ProvidersContext)
}

/** Health comes from other calls; departments cost one call per provider and minute, for all consoles together. */
const REFRESH_MS = 5_000

/** Reads the provider reports repeatedly while the component is mounted. */
export function useProviderReports(): ProviderReports {
  const client = useClient()
  const { opened } = useConnection(client)
  const [reports, setReports] = useState<ProviderReports>(NOT_LOADED)
  // biome-ignore lint/correctness/useExhaustiveDependencies: read at once when the connection is back.
  useEffect(() => {
    let wanted = true
    const ask = async () => {
      const { data, errors } = await read(client, ProvidersQuery, {})
      if (!wanted) return
      setReports(({ providers, isLoaded }) => ({
        providers: data?.providers ?? providers,
        isLoaded: isLoaded || Boolean(data),
        errors,
      }))
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
