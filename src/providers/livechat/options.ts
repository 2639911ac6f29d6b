import type { IdempotentWrites } from '../../domain/idempotent-writes.ts'
import type { UpstreamRequestReport } from '../../upstream/client.ts'
import type { RateLimiterEvent } from '../../upstream/rate-limit/rate-limiter.ts'
import type { AccountTokens } from '../shared/visitor-token-owners.ts'

/**
 * How agent-side calls authenticate (docs/providers/livechat.md 5): a personal access token, or an OAuth
 * bearer.
 */
export type LiveChatCredential =
  | { readonly type: 'pat'; readonly accountId: string; readonly token: string }
  | { readonly type: 'bearer'; readonly token: string }

/** The app that the OAuth bearer belongs to. */
export interface LiveChatOAuth {
  readonly clientId: string
  /** Null for a public client. */
  readonly clientSecret: string | null
  /** Null leaves an expired bearer expired. */
  readonly refreshToken: string | null
}

/** Where offline messages are kept (docs/providers/livechat.md 1.7). */
export type OfflineSourceKind = 'rest_v1' | 'helpdesk' | 'archives'

/** One LiveChat licence. Addresses have no trailing slash; null is what the account does not have. */
export interface LiveChatOptions {
  /** The configured name. */
  readonly name: string
  /** The v3 APIs, without version. */
  readonly apiUrl: string
  /** Customer tokens and OAuth refresh. */
  readonly accountsUrl: string
  /** The ticket API, version included. */
  readonly helpdeskUrl: string
  /** The classic REST API. */
  readonly restUrl: string
  readonly credential: LiveChatCredential | null
  readonly oauth: LiveChatOAuth | null
  /** What the customer-side API asks for. */
  readonly organizationId: string | null
  /** Login and key of the classic REST API. */
  readonly classic: { readonly login: string; readonly apiKey: string } | null
  readonly offlineSource: OfflineSourceKind
  /** IANA zone in which the licence counts its days. */
  readonly timeZone: string
  /** One upstream request. */
  readonly timeoutMs: number
  /** Keeps other accounts' visitors' tokens from this licence; left out where it is the only account. */
  readonly accountTokens?: AccountTokens
  /** Does writes with an idempotency key once. */
  readonly keyedWrites: IdempotentWrites
  /** What webhooks carry; without it none is read. */
  readonly webhookSecret?: string
  readonly onCall?: (report: UpstreamRequestReport) => void
  readonly onBudget?: (event: RateLimiterEvent) => void
}
