import type { CombinedError } from 'urql'

/** A failure as it is shown: who is the reason, and what it is. */
export interface Fault {
  /** The provider's name; null where it is not a provider's. */
  readonly provider: string | null
  readonly text: string
}

/** What went wrong, one entry for each failure that the answer tells; empty where nothing did. */
export function faultsOf(error: CombinedError | undefined): readonly Fault[] {
  if (!error) return []
  if (error.networkError) return [{ provider: null, text: 'The gateway cannot be reached.' }]
  return error.graphQLErrors.map(({ message, extensions }) => {
    const provider = extensions['provider']
    return { provider: typeof provider === 'string' ? provider : null, text: message }
  })
}
