import { GatewayError } from '@switchboard/client'
import type { Texts } from '../texts/en/index.ts'

/** An error that can be displayed. */
export interface DisplayedError {
  /** The provider's name; null where it is not a provider's. */
  readonly provider: string | null
  /** The gateway's explanation; null if it was not reached. */
  readonly explanation: string | null
}

/** An error of the client as it is displayed: everything but an error of the gateway is a failure of the connection. */
export function errorFrom(error: unknown): DisplayedError {
  if (!(error instanceof GatewayError)) return { provider: null, explanation: null }
  return { provider: error.provider, explanation: error.message }
}

/** An error in words. */
export function describeError({ provider, explanation }: DisplayedError, texts: Texts['errors']): string {
  if (explanation === null) return texts.unreachable
  return provider === null ? explanation : texts.from(provider, explanation)
}
