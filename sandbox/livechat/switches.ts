/** Switches that a test can change while the sandbox runs. Each is a variation of the real LiveChat's behaviour. */
export interface LiveChatSwitches {
  /** How methods without a result answer: `{}` or nothing at all (docs/providers/livechat.md 3). */
  voidBody: 'object' | 'empty'
  /**
   * `3.7` renames chats_summary and last_thread_summary and moves last_event_per_type into the latter
   * (docs/providers/livechat.md 0).
   */
  chatFieldNames: '3.6' | '3.7'
  /**
   * The region that holds the licence; calls without the fitting `X-Region` are then misdirected. Null leaves it
   * unchecked.
   */
  region: 'dal' | 'fra' | null
  /** Sent with every v3 answer, e.g. `{ Legacy: '2027-02-01' }` (docs/providers/livechat.md 0). */
  lifecycleHeaders: Readonly<Record<string, string>>
  /** Added to found_chats, found_threads and total_chats, which are estimates (docs/providers/livechat.md 3.1). */
  foundDrift: number
  /** Whether list_archives shows active threads too; unverified on the real one (docs/providers/livechat.md 8). */
  archivesIncludeActive: boolean
  /** How many agents of visibility `all` a chat may hold (docs/providers/livechat.md 3.3). */
  publicAgentLimit: number
  /** Whether RTM takes personal access tokens; unverified on the real one (docs/providers/livechat.md 25.1). */
  rtmTakesPersonalTokens: boolean
  /** How many agents may be logged in over RTM; an agent above it is refused (docs/providers/livechat.md 25.3). */
  agentSeats: number
  /** How many RTM connections an agent may have; a new one above it replaces the oldest (docs/providers/livechat.md 25.4). */
  agentConnectionLimit: number
  /**
   * Whether incoming_event is pushed for the events that a thread begins with, which incoming_chat contains; not stated for
   * webhooks (docs/providers/livechat.md 7.1), which always have it here.
   */
  rtmPushesInitialEvents: boolean
  /**
   * How HelpDesk words an error: `{error:{message}}`, `{message}`, `{error}` or bare text
   * (docs/providers/livechat.md 1.5).
   */
  helpdeskErrorForm: 'nested' | 'message' | 'error' | 'text'
  /**
   * How often a webhook that got no 200 is sent again, and after how long each; older texts say 10 in 6 h
   * (docs/providers/livechat.md 7.1).
   */
  webhookRetries: { readonly retries: number; readonly delayMs: number }
}

/** The switches as a sandbox starts. */
export function defaultSwitches(): LiveChatSwitches {
  return {
    voidBody: 'object',
    chatFieldNames: '3.6',
    region: null,
    lifecycleHeaders: {},
    foundDrift: 0,
    archivesIncludeActive: false,
    publicAgentLimit: 1,
    rtmTakesPersonalTokens: true,
    agentSeats: Number.POSITIVE_INFINITY,
    agentConnectionLimit: Number.POSITIVE_INFINITY,
    rtmPushesInitialEvents: true,
    helpdeskErrorForm: 'nested',
    webhookRetries: { retries: 3, delayMs: 20_000 },
  }
}
