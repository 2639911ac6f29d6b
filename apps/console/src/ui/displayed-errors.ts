import type { CombinedError } from 'urql'
import type { Texts } from '../texts/en/index.ts'

/** An error that can be displayed. */
export interface DisplayedError {
  /** The provider's name; null where it is not a provider's. */
  readonly provider: string | null
  /** The gateway's code; null if the gateway was not reached, or has sent none. */
  readonly code: string | null
  /** The gateway's explanation; null if it was not reached. */
  readonly explanation: string | null
}

/** The gateway cannot be reached. */
export const unreachable: DisplayedError = { provider: null, code: null, explanation: null }

/** An error of a GraphQL response. */
export interface ResponseError {
  readonly message: string
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

export function errorFrom({ message, extensions }: ResponseError): DisplayedError {
  const provider = extensions?.['provider']
  const code = extensions?.['code']
  return {
    provider: typeof provider === 'string' ? provider : null,
    code: typeof code === 'string' ? code : null,
    explanation: message,
  }
}

/** Whether a subscription failed with the gateway's errors: everything else is a failure of the connection. */
export function isErrorList(error: unknown): error is readonly ResponseError[] {
  return Array.isArray(error)
}

/** The errors of a result; empty where it has none. */
export function errorsOf(error: CombinedError | undefined): readonly DisplayedError[] {
  if (!error) return []
  return error.networkError ? [unreachable] : error.graphQLErrors.map(errorFrom)
}

/** An error in words. */
export function describeError({ provider, explanation }: DisplayedError, texts: Texts['errors']): string {
  if (explanation === null) return texts.unreachable
  return provider === null ? explanation : texts.from(provider, explanation)
}

/** The fields of a mutation's result that say whether it failed. */
export interface MutationResult {
  readonly __typename: string
  /** The explanation of a typed error. */
  readonly detail?: string
}

/** Why a mutation failed, in words, or `otherwise` if nothing says why; null if it succeeded. */
export function describeFailure(
  {
    result,
    error,
  }: { readonly result: MutationResult | undefined; readonly error: CombinedError | undefined },
  texts: Texts['errors'],
  otherwise: string,
): string | null {
  if (result) return result.detail ?? null
  const [first] = errorsOf(error)
  return first ? describeError(first, texts) : otherwise
}
