import type { RevokedCredentials } from '../driver/revoked-credentials.ts'

/** The world as a subscriber needs it. */
export interface ClientContext {
  readonly provider: string
  /** The script's clock, in milliseconds. */
  readonly time: () => number
  /** For how many milliseconds before it a beginning now may tell: a gateway knows a strange clock by the second. */
  readonly clockToleranceMs: number
  readonly gateway: (index: number) => { readonly number: number; readonly url: string }
  /** Has the truth look at the provider: whatever is told from now on was committed before. */
  readonly observe: () => void
  readonly count: (what: string) => void
  readonly revoked: RevokedCredentials
}
