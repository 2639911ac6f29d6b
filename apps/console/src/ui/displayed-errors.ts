import type { CombinedError } from 'urql'

/** An error as it is displayed. */
export interface DisplayedError {
  /** The provider's name; null where it is not a provider's. */
  readonly provider: string | null
  readonly text: string
}

/** The errors of a result; empty where it has none. */
export function errorsOf(error: CombinedError | undefined): readonly DisplayedError[] {
  if (!error) return []
  if (error.networkError) return [{ provider: null, text: 'The gateway cannot be reached.' }]
  return error.graphQLErrors.map(({ message, extensions }) => {
    const provider = extensions['provider']
    return { provider: typeof provider === 'string' ? provider : null, text: message }
  })
}
