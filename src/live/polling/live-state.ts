/** Where live events come from: a digest of the whole account, looks at each room, or nowhere while nobody listens. */
export type LiveSource = 'DIGEST' | 'POLL' | 'NONE'

/** Which source runs, and how late it may be, in milliseconds; null while none runs. */
export interface LiveState {
  readonly source: LiveSource
  /** From one look to the next, as they are scheduled now. */
  readonly latencyMs: number | null
  /** Since the last look that was answered began. */
  readonly lagMs: number | null
}

/** The state while nobody listens. */
export const NOT_LIVE: LiveState = { source: 'NONE', latencyMs: null, lagMs: null }

/** What one account's sources look like from outside, for metrics. */
export interface LiveReport {
  readonly provider: string
  /** Whether its digest runs, and how long ago it last looked. */
  readonly accountPollerLagMs: number | null
  /** Watched rooms by what serves them. */
  readonly rooms: Readonly<Record<'DIGEST' | 'POLL', number>>
}
