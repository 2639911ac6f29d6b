import { z } from 'zod'
import type { Config } from './config.ts'
import { type Reading, toFaults } from './reading.ts'
import { databaseUrl, host, integer, milliseconds, oneOf, operatorKeys, origins, text } from './values.ts'

const IDLE_DEFAULT_MS = 15_000
const POLL_VARIABLES = new Set<PropertyKey | undefined>(['POLL_INTERVAL_MS', 'POLL_IDLE_INTERVAL_MS'])

/** The gateway's own settings: variable, what it may hold, default. */
const settings = z.object({
  HOST: host.default('127.0.0.1'),
  PORT: integer(0, 65_535).default(4000),
  OPERATOR_KEYS: operatorKeys.default([]),
  PROVIDERS_FILE: text.exactOptional(),
  DATABASE_URL: databaseUrl.exactOptional(),
  DATA_DIR: text.default('./data'),
  POLL_INTERVAL_MS: milliseconds.default(1000),
  POLL_IDLE_INTERVAL_MS: milliseconds.exactOptional(),
  UPSTREAM_TIMEOUT_MS: milliseconds.default(10_000),
  ALLOWED_ORIGINS: origins.default([]),
  INTROSPECTION: oneOf('anyone', 'operators', 'off').exactOptional(),
  MAX_SUBSCRIPTIONS_PER_SOCKET: integer(1, 1_000_000).default(200),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('info'),
})

const checkedSettings = settings.refine(
  ({ POLL_INTERVAL_MS: active, POLL_IDLE_INTERVAL_MS: idle = active }) => idle >= active,
  {
    path: ['POLL_IDLE_INTERVAL_MS'],
    error: 'must not be below POLL_INTERVAL_MS (1000 unless set)',
    // Told together with faults elsewhere, but only about two numbers that were read.
    when: ({ issues }) => !issues.some(({ path }) => POLL_VARIABLES.has(path?.[0])),
  },
)

/** The names of the gateway's own variables. */
export const settingVariables: readonly string[] = Object.keys(settings.shape)

/** What the gateway's own variables say, before it is known whether there are providers. */
export type GatewaySettings = Omit<Config, 'providers' | 'sandbox' | 'introspection'> &
  Partial<Pick<Config, 'introspection'>>

/** Reads the gateway's own variables and fills in their defaults. */
export function readSettings(set: ReadonlyMap<string, string>): Reading<GatewaySettings> {
  const { success, data, error } = checkedSettings.safeParse(Object.fromEntries(set))
  if (!success) return { ok: false, faults: toFaults(error) }
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
      maxSubscriptionsPerSocket: data.MAX_SUBSCRIPTIONS_PER_SOCKET,
      logLevel: data.LOG_LEVEL,
      dataDir: data.DATA_DIR,
      ...(data.INTROSPECTION !== undefined && { introspection: data.INTROSPECTION }),
      ...(data.DATABASE_URL !== undefined && { databaseUrl: data.DATABASE_URL }),
    },
  }
}
