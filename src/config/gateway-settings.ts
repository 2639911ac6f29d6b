import { z } from 'zod'
import type { Config } from './config.ts'
import type { ConfigIssue } from './error.ts'
import { operatorKeys } from './operator-keys.ts'
import { type ParseResult, toIssues } from './reading.ts'
import {
  addressRanges,
  databaseUrl,
  host,
  hosts,
  integer,
  jwksUrl,
  milliseconds,
  oneOf,
  origins,
  text,
} from './values.ts'

const IDLE_DEFAULT_MS = 15_000
const KEY_DAYS_DEFAULT = 7
const POLL_VARIABLES = new Set<PropertyKey | undefined>(['POLL_INTERVAL_MS', 'POLL_IDLE_INTERVAL_MS'])
const KEEPING_VARIABLES = new Set<PropertyKey | undefined>(['OFFLINE_RETENTION_DAYS', 'OFFLINE_KEY_DAYS'])

const JWT_VARIABLES = ['JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'] as const

const perMinute = integer(0, 1_000_000)

/** The gateway's own settings: variable, what it may hold, default. */
const settings = z.object({
  HOST: host.default('127.0.0.1'),
  PORT: integer(0, 65_535).default(4000),
  OPERATOR_KEYS: operatorKeys.default([]),
  OPERATORS_FILE: text.exactOptional(),
  JWT_JWKS_URL: jwksUrl.exactOptional(),
  JWT_ISSUER: text.exactOptional(),
  JWT_AUDIENCE: text.exactOptional(),
  PROVIDERS_FILE: text.exactOptional(),
  DATABASE_URL: databaseUrl.exactOptional(),
  DATA_DIR: text.default('./data'),
  // Rocket.Chat takes one in 5 s (docs/providers/rocketchat.md 3) and counts by arrival: the rest is for what
  // the network adds.
  OFFLINE_SPACING_MS: integer(0, 3_600_000).default(5_250),
  OFFLINE_MAX_QUEUED: integer(1, 10_000_000).default(10_000),
  OFFLINE_ATTEMPTS: integer(1, 100).default(12),
  OFFLINE_RETENTION_DAYS: integer(1, 36_500).default(30),
  OFFLINE_KEY_DAYS: integer(1, 36_500).exactOptional(),
  POLL_INTERVAL_MS: milliseconds.default(1000),
  POLL_IDLE_INTERVAL_MS: milliseconds.exactOptional(),
  UPSTREAM_TIMEOUT_MS: milliseconds.default(10_000),
  ALLOWED_ORIGINS: origins.default([]),
  ALLOWED_HOSTS: hosts.exactOptional(),
  TRUSTED_PROXIES: addressRanges.default([]),
  RATE_LIMIT_ANONYMOUS: perMinute.default(10),
  RATE_LIMIT_VISITOR: perMinute.default(60),
  RATE_LIMIT_OPERATOR: perMinute.default(600),
  MAX_SOCKETS: integer(0, 1_000_000).default(20_000),
  MAX_SOCKETS_PER_ADDRESS: integer(0, 1_000_000).default(1_000),
  INTROSPECTION: oneOf('anyone', 'operators', 'off').exactOptional(),
  TRUSTED_DOCUMENTS: oneOf('off', 'public', 'all').default('off'),
  TRUSTED_DOCUMENTS_FILE: text.exactOptional(),
  CONSOLE: oneOf('on', 'off').exactOptional(),
  MAX_SUBSCRIPTIONS_PER_SOCKET: integer(1, 1_000_000).default(200),
  MAX_SUBSCRIPTIONS_PER_CALLER: integer(1, 1_000_000).default(10_000),
  WEBSOCKET_COMPRESSION: oneOf('on', 'off').default('off'),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('info'),
})

const checkedSettings = settings
  .refine(({ POLL_INTERVAL_MS: active, POLL_IDLE_INTERVAL_MS: idle = active }) => idle >= active, {
    path: ['POLL_IDLE_INTERVAL_MS'],
    error: 'must not be below POLL_INTERVAL_MS (1000 unless set)',
    // Told together with faults elsewhere, but only about two numbers that were read.
    when: ({ issues }) => !issues.some(({ path }) => POLL_VARIABLES.has(path?.[0])),
  })
  .refine(({ OFFLINE_RETENTION_DAYS: kept, OFFLINE_KEY_DAYS: keys = 1 }) => keys <= kept, {
    path: ['OFFLINE_KEY_DAYS'],
    // A key that outlives its message could answer nothing but a conflict.
    error: 'must not be above OFFLINE_RETENTION_DAYS (30 unless set)',
    when: ({ issues }) => !issues.some(({ path }) => KEEPING_VARIABLES.has(path?.[0])),
  })

/** The names of the gateway's own variables. */
export const settingVariables: readonly string[] = Object.keys(settings.shape)

/** What the gateway's own variables say, before it is known whether there are providers. */
export type GatewaySettings = Omit<
  Config,
  'providers' | 'sandbox' | 'introspection' | 'console' | 'documentsById'
> &
  Partial<Pick<Config, 'introspection' | 'console'>>

/** Reads the gateway's own variables and fills in their defaults. */
export function readSettings(set: ReadonlyMap<string, string>): ParseResult<GatewaySettings> {
  const { success, data, error } = checkedSettings.safeParse(Object.fromEntries(set))
  const missing = missingJwtSettings(set)
  if (!success) return { ok: false, faults: [...toIssues(error), ...missing] }
  if (missing.length > 0) return { ok: false, faults: missing }
  const { JWT_JWKS_URL: jwksUrl, JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = data
  return {
    ok: true,
    value: {
      host: data.HOST,
      port: data.PORT,
      operators: data.OPERATOR_KEYS,
      pollIntervalMs: data.POLL_INTERVAL_MS,
      pollIdleIntervalMs: data.POLL_IDLE_INTERVAL_MS ?? Math.max(IDLE_DEFAULT_MS, data.POLL_INTERVAL_MS),
      upstreamTimeoutMs: data.UPSTREAM_TIMEOUT_MS,
      allowedOrigins: data.ALLOWED_ORIGINS,
      allowedHosts: data.ALLOWED_HOSTS ?? null,
      trustedProxies: data.TRUSTED_PROXIES,
      rateLimits: {
        anonymous: data.RATE_LIMIT_ANONYMOUS,
        visitor: data.RATE_LIMIT_VISITOR,
        operator: data.RATE_LIMIT_OPERATOR,
      },
      maxSockets: data.MAX_SOCKETS,
      maxSocketsPerAddress: data.MAX_SOCKETS_PER_ADDRESS,
      trustedDocuments: data.TRUSTED_DOCUMENTS,
      maxSubscriptionsPerSocket: data.MAX_SUBSCRIPTIONS_PER_SOCKET,
      maxSubscriptionsPerCaller: data.MAX_SUBSCRIPTIONS_PER_CALLER,
      webSocketCompression: data.WEBSOCKET_COMPRESSION === 'on',
      logLevel: data.LOG_LEVEL,
      dataDir: data.DATA_DIR,
      offlineSpacingMs: data.OFFLINE_SPACING_MS,
      offlineMaxQueued: data.OFFLINE_MAX_QUEUED,
      offlineAttempts: data.OFFLINE_ATTEMPTS,
      offlineRetentionDays: data.OFFLINE_RETENTION_DAYS,
      offlineKeyDays: data.OFFLINE_KEY_DAYS ?? Math.min(KEY_DAYS_DEFAULT, data.OFFLINE_RETENTION_DAYS),
      ...(data.INTROSPECTION !== undefined && { introspection: data.INTROSPECTION }),
      ...(data.CONSOLE !== undefined && { console: data.CONSOLE === 'on' }),
      ...(jwksUrl && issuer && audience && { jwt: { jwksUrl, issuer, audience } }),
      ...(data.DATABASE_URL !== undefined && { databaseUrl: data.DATABASE_URL }),
    },
  }
}

/** A JWT is judged by all three: none is of use without the others. */
function missingJwtSettings(set: ReadonlyMap<string, string>): readonly ConfigIssue[] {
  const [given] = JWT_VARIABLES.filter((variable) => set.has(variable))
  if (given === undefined) return []
  return JWT_VARIABLES.filter((variable) => !set.has(variable)).map((variable) => ({
    variable,
    reason: `is missing, but ${given} needs it`,
  }))
}
