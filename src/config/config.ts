/** The chat backends this gateway speaks to, by the names of the GraphQL schema. */
export type ProviderKind = 'ROCKET_CHAT' | 'LIVECHAT'

/** What an operator may do, by the names of the GraphQL schema. */
export type Permission = 'READ' | 'WRITE' | 'MANAGE'

/** The agent that an operator acts as at one provider: `userId` at Rocket.Chat, `accountId` at LiveChat. */
export interface AgentCredential {
  readonly userId?: string
  readonly accountId?: string
  readonly token: string
}

/** Who may use the gateway as an operator: by a key, by JWTs with its subject, or by either. */
export interface Operator {
  /** For logs and limits. */
  readonly name: string
  /** The secret as it is presented, or `sha256:` and the 64 hex digits of its SHA-256. */
  readonly key?: string
  /** `sub` of its JWTs. */
  readonly subject?: string
  /** Without it: all. */
  readonly permissions?: readonly Permission[]
  /** Configured names of the providers that it may use; without it: all. */
  readonly providers?: readonly string[]
  /** By the provider's configured name. */
  readonly agents?: Readonly<Record<string, AgentCredential>>
}

/** Which JWTs operators may present. */
export interface JwtConfig {
  /** https, or http on loopback. */
  readonly jwksUrl: string
  readonly issuer: string
  readonly audience: string
}

/** One Rocket.Chat server. Addresses have no trailing slash. */
export interface RocketChatConfig {
  /** Unique among all providers; it is part of global ids and of the webhook address. */
  readonly name: string
  readonly kind: Extract<ProviderKind, 'ROCKET_CHAT'>
  readonly url: string
  /** Without it the provider serves visitors only. */
  readonly serviceAccount?: { readonly userId: string; readonly authToken: string }
  /**
   * Expected in `X-RocketChat-Livechat-Token` (docs/providers/rocketchat.md 7.1); without it no webhook is
   * accepted.
   */
  readonly webhookToken?: string
  /** Sent with an offline message that names none, to servers that demand one. */
  readonly offlineDepartment?: string
  readonly offlineHost?: string
}

/**
 * How agent-side calls to LiveChat authenticate (docs/providers/livechat.md 5): a personal access token, or
 * an OAuth bearer.
 */
export type LiveChatCredential =
  | { readonly type: 'pat'; readonly accountId: string; readonly token: string }
  | { readonly type: 'bearer'; readonly token: string }

/** Where LiveChat's offline messages are read from (docs/providers/livechat.md 1). */
export type OfflineSource = 'rest_v1' | 'helpdesk' | 'archives'

/** One LiveChat licence. Addresses have no trailing slash; it always has a credential, the classic login, or both. */
export interface LiveChatConfig {
  /** Unique among all providers; it is part of global ids and of the webhook address. */
  readonly name: string
  readonly kind: Extract<ProviderKind, 'LIVECHAT'>
  /** The v3 APIs. */
  readonly apiUrl: string
  /** Customer tokens and OAuth refresh. */
  readonly accountsUrl: string
  /** The ticket API, version included. */
  readonly helpdeskUrl: string
  /** The classic REST API. */
  readonly restUrl: string
  readonly credential?: LiveChatCredential
  readonly organizationId?: string
  /** Login and API key of the classic REST API (docs/providers/livechat.md 1.1). */
  readonly classic?: { readonly login: string; readonly apiKey: string }
  /** `rest_v1` comes only with `classic`, the others only with `credential`. */
  readonly offlineSource: OfflineSource
  readonly oauth?: {
    readonly clientId: string
    readonly clientSecret?: string
    readonly refreshToken?: string
  }
  /**
   * Expected as `secret_key` in webhook bodies (docs/providers/livechat.md 7.1); without it no webhook is
   * accepted.
   */
  readonly webhookSecret?: string
  /** IANA zone in which the classic API counts its days; LiveChat does not tell it. */
  readonly timeZone: string
}

/** One configured account of a chat backend. */
export type ProviderConfig = RocketChatConfig | LiveChatConfig

/** Who may ask the schema about itself. */
export type Introspection = 'anyone' | 'operators' | 'off'

/** Mutations per minute, with a burst of as many again; 0 is unlimited. */
export interface MutationRateLimits {
  /** Of one client address without a credential. */
  readonly anonymous: number
  /** Of one visitor token. */
  readonly visitor: number
  /** Of one operator. */
  readonly operator: number
}

/** Who may run trusted documents only: nobody, visitors and anonymous callers, or everybody. */
export type TrustedDocumentsMode = 'off' | 'public' | 'all'

/** pino's levels. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/** All that the gateway is told from outside. Durations are milliseconds. */
export interface Config {
  readonly host: string
  /** 0 takes a free port. */
  readonly port: number
  readonly operators: readonly Operator[]
  /** Without it no JWT is accepted. */
  readonly jwt?: JwtConfig
  readonly providers: readonly ProviderConfig[]
  /** True when no provider is configured: the gateway then starts providers of its own to be tried against. */
  readonly sandbox: boolean
  /** How often an active room is looked at. */
  readonly pollIntervalMs: number
  /** How often an idle room is looked at, at the least; never below `pollIntervalMs`. */
  readonly pollIdleIntervalMs: number
  /** One upstream request. */
  readonly upstreamTimeoutMs: number
  /** Exact origins as browsers send them; empty means same origin only. */
  readonly allowedOrigins: readonly string[]
  /**
   * Host names that browsers may reach the gateway under, in lower case and without port; null for the listening
   * address, localhost and the hosts of `allowedOrigins`.
   */
  readonly allowedHosts: readonly string[] | null
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. */
  readonly trustedProxies: readonly string[]
  readonly rateLimits: MutationRateLimits
  /** WebSockets and event streams open at once in all; 0 is unlimited. */
  readonly maxSockets: number
  /** WebSockets and event streams open at once from one client address; 0 is unlimited. */
  readonly maxSocketsPerAddress: number
  readonly introspection: Introspection
  readonly trustedDocuments: TrustedDocumentsMode
  /** SHA-256 of a document's text, in lower-case hex, to the text. Not empty unless `trustedDocuments` is `off`. */
  readonly documentsById: ReadonlyMap<string, string>
  /** Whether the console and the widget's page are served. */
  readonly console: boolean
  readonly maxSubscriptionsPerSocket: number
  /** Over all sockets and streams: of one operator key, one visitor token, or one address without either. */
  readonly maxSubscriptionsPerCaller: number
  /** Whether sockets may use permessage-deflate. */
  readonly webSocketCompression: boolean
  readonly logLevel: LogLevel
  /** PostgreSQL; without it the embedded database in `dataDir` is used. */
  readonly databaseUrl?: string
  readonly dataDir: string
  /** Between two attempts to deliver an offline message to a Rocket.Chat; 0 for none. */
  readonly offlineSpacingMs: number
  /** Offline messages that may wait for delivery per provider; one more is refused. */
  readonly offlineMaxQueued: number
  /** After so many attempts an offline message is given up. */
  readonly offlineAttempts: number
  /** How long offline messages are kept once they are sent or discarded. */
  readonly offlineRetentionDays: number
  /** How long the idempotency keys of offline messages are kept. */
  readonly offlineKeyDays: number
}
