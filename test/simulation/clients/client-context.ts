import type { RevokedCredentials } from '../driver/revoked-credentials.ts'

/** What a client needs of its environment. */
export interface ClientContext {
  readonly provider: string
  /** The scenario's clock, in milliseconds. */
  readonly time: () => number
  /** How much older than its start the first events may be: a gateway knows a differing clock only to the second. */
  readonly clockToleranceMs: () => number
  readonly gatewayCount: number
  readonly gateway: (index: number) => { readonly number: number; readonly url: string }
  /** Brings the ledger up to date: whatever is delivered from now on was committed before. */
  readonly observe: () => void
  readonly count: (what: string) => void
  readonly revoked: RevokedCredentials
}
