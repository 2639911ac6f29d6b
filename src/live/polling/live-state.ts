/** The source of live events: the provider's push, the account poller, the room's own polls, or none while there are no subscribers. */
export type LiveSource = 'PUSH' | 'DIGEST' | 'POLL' | 'NONE'

/** The current source and its delay in milliseconds; null while there is none. */
export interface LiveState {
  readonly source: LiveSource
  /** Time between two polls, as they are scheduled now; 0 where the provider pushes. */
  readonly latencyMs: number | null
  /** Time since the last successful poll started, or since the push socket last showed life. */
  readonly lagMs: number | null
}

/** The state without subscribers. */
export const NOT_LIVE: LiveState = { source: 'NONE', latencyMs: null, lagMs: null }

/** The state of one account, for metrics. */
export interface LiveReport {
  readonly provider: string
  /** Time since the account poller's last successful poll started; null while it has none. */
  readonly accountPollerLagMs: number | null
  /** Number of subscribed rooms by source. */
  readonly rooms: Readonly<Record<Exclude<LiveSource, 'NONE'>, number>>
}
