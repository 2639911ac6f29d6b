import { z } from 'zod'
import { anyText, httpUrl, oneOf, text, toVariableName } from '../providers/shared/setting-values.ts'
import type { Variables } from './environment.ts'
import { type ConfigIssue, missingSettings, toPathIssues } from './issues.ts'
import { operatorKeys } from './operator-keys.ts'
import {
  addressRanges,
  databaseUrl,
  host,
  hosts,
  integer,
  jwksUrl,
  milliseconds,
  onOff,
  origins,
  secret,
} from './values.ts'

const DEFAULT_IDLE_INTERVAL_MS = 15_000
const DEFAULT_KEY_DAYS = 7
const JWT_VARIABLES = ['JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE']

const perMinute = integer(0, 1_000_000)

/** The gateway's own settings. The variable of `pollIntervalMs` is `POLL_INTERVAL_MS`. */
const settings = z.object({
  host: host.default('127.0.0.1'),
  /** 0 takes a free port. */
  port: integer(0, 65_535).default(4000),
  operatorKeys: operatorKeys.default([]),
  operatorsFile: text.exactOptional(),
  /** Secret from which the key of visitors' renewal tokens is derived; by default the one in the database. */
  visitorSecret: secret.exactOptional(),
  jwtJwksUrl: jwksUrl.exactOptional(),
  jwtIssuer: text.exactOptional(),
  jwtAudience: text.exactOptional(),
  providersFile: text.exactOptional(),
  /** PostgreSQL; without it the embedded database in `dataDir` is used. */
  databaseUrl: databaseUrl.exactOptional(),
  dataDir: text.default('./data'),
  /** Least time between two attempts to deliver an offline message, to providers that limit them; 0 for none. */
  offlineSpacingMs: integer(0, 3_600_000).exactOptional(),
  /** Offline messages that may wait for delivery per provider; one more is refused. */
  offlineMaxQueued: integer(1, 10_000_000).default(10_000),
  /** Attempts after which delivery of an offline message stops. */
  offlineAttempts: integer(1, 100).default(12),
  /** How long sent and discarded offline messages are kept. */
  offlineRetentionDays: integer(1, 36_500).default(30),
  /** How long the idempotency keys of offline messages are kept. */
  offlineKeyDays: integer(1, 36_500).exactOptional(),
  /**
   * How long the events of watched rooms are kept in the database for exact resuming; 0 keeps none there, and each replica
   * reads its rooms by itself.
   */
  eventLogMinutes: integer(0, 1_440).default(15),
  /** How often an active room is polled. */
  pollIntervalMs: milliseconds.default(1000),
  /** Longest interval between two polls of an idle room; at least `pollIntervalMs`. */
  pollIdleIntervalMs: milliseconds.exactOptional(),
  /** Timeout of one upstream request. */
  upstreamTimeoutMs: milliseconds.default(10_000),
  /** Exact origins as browsers send them; empty means same origin only. */
  allowedOrigins: origins.default([]),
  /**
   * Host names under which browsers may reach the gateway, in lower case and without port; null for the listening
   * address, localhost and the hosts of `allowedOrigins`.
   */
  allowedHosts: hosts.nullable().default(null),
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are trusted. */
  trustedProxies: addressRanges.default([]),
  rateLimitAnonymous: perMinute.default(10),
  rateLimitVisitor: perMinute.default(60),
  rateLimitOperator: perMinute.default(600),
  /** WebSockets and event streams open at once in all; 0 is unlimited. */
  maxSockets: integer(0, 1_000_000).default(20_000),
  /** WebSockets and event streams open at once from one client address; 0 is unlimited. */
  maxSocketsPerAddress: integer(0, 1_000_000).default(1_000),
  /** Who may use introspection. */
  introspection: oneOf('anyone', 'operators', 'off').exactOptional(),
  /** Who may run trusted documents only: nobody, visitors and anonymous callers, or everybody. */
  trustedDocuments: oneOf('off', 'public', 'all').default('off'),
  trustedDocumentsFile: text.exactOptional(),
  /** Whether the console is served. */
  console: onOff.exactOptional(),
  /** Whether the Model Context Protocol is served. */
  mcp: onOff.exactOptional(),
  /** Whether the widget's script is served, and a page with it. */
  widget: onOff.exactOptional(),
  maxSubscriptionsPerSocket: integer(1, 1_000_000).default(200),
  /** Over all sockets and streams: of one operator, one visitor token, or one address without either. */
  maxSubscriptionsPerCaller: integer(1, 1_000_000).default(10_000),
  /** Whether responses are compressed for HTTP clients that accept it. */
  httpCompression: onOff.default(true),
  websocketCompression: onOff.default(false),
  /** Time in which a stopping gateway announces the stop and then closes its connections; 0 closes them at once. */
  drainSeconds: integer(0, 600).exactOptional(),
  /** Whether each HTTP request and GraphQL operation is logged. */
  requestLog: onOff.default(false),
  logLevel: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('info'),
  // Standard variables of OpenTelemetry that decide whether there are traces; its library reads these and all others by itself.
  otelExporterOtlpEndpoint: httpUrl.exactOptional(),
  otelExporterOtlpTracesEndpoint: httpUrl.exactOptional(),
  otelTracesExporter: oneOf('otlp', 'none').default('otlp'),
  otelSdkDisabled: anyText.transform((value) => value.toLowerCase() === 'true').default(false),
})

const checkedSettings = settings
  .refine(({ pollIntervalMs: active, pollIdleIntervalMs: idle = active }) => idle >= active, {
    path: ['pollIdleIntervalMs'],
    error: 'must not be below POLL_INTERVAL_MS (1000 unless set)',
    when: areValid('pollIntervalMs', 'pollIdleIntervalMs'),
  })
  .refine(({ offlineRetentionDays, offlineKeyDays = 1 }) => offlineKeyDays <= offlineRetentionDays, {
    path: ['offlineKeyDays'],
    // A key that outlives its message could only lead to a conflict.
    error: 'must not be above OFFLINE_RETENTION_DAYS (30 unless set)',
    when: areValid('offlineRetentionDays', 'offlineKeyDays'),
  })

/** Compares two settings even when others are invalid, but only if both were read. */
function areValid(...keys: readonly string[]) {
  return ({ issues }: z.core.ParsePayload) => !issues.some(({ path }) => keys.includes(String(path?.[0])))
}

/** Names of the gateway's own variables. */
export const gatewayVariables: readonly string[] = Object.keys(settings.shape).map(toVariableName)

/** Values of the gateway's own variables, before it is known whether providers are configured. */
export type GatewaySettings = Readonly<ReturnType<typeof toSettings>>

/** Reads the gateway's own variables and fills in their defaults; null where there are issues. */
export function readGatewaySettings(variables: Variables, issues: ConfigIssue[]): GatewaySettings | null {
  const given = Object.keys(settings.shape).flatMap((key) => {
    const value = variables.get(toVariableName(key))
    return value === undefined ? [] : [[key, value]]
  })
  const parsed = checkedSettings.safeParse(Object.fromEntries(given))
  for (const { path, reason } of parsed.success ? [] : toPathIssues(parsed.error, () => [])) {
    const [key, index] = path
    const entry = typeof index === 'number' ? `entry ${index + 1} ` : ''
    issues.push({ variable: toVariableName(String(key)), reason: `${entry}${reason}` })
  }
  // A JWT is checked by all three: none is of use without the others.
  const pairs = JWT_VARIABLES.flatMap((one) => JWT_VARIABLES.map((other) => [one, other] as const))
  const missing = missingSettings(
    pairs,
    (variable) => variables.has(variable),
    (variable) => variable,
  )
  for (const [variable, reason] of missing) issues.push({ variable, reason })
  return parsed.success && missing.size === 0 ? toSettings(parsed.data) : null
}

function toSettings({
  operatorKeys: operators,
  operatorsFile: _operatorsFile,
  providersFile: _providersFile,
  trustedDocumentsFile: _trustedDocumentsFile,
  jwtJwksUrl: jwksUrl,
  jwtIssuer: issuer,
  jwtAudience: audience,
  rateLimitAnonymous: anonymous,
  rateLimitVisitor: visitor,
  rateLimitOperator: operator,
  websocketCompression: webSocketCompression,
  otelExporterOtlpEndpoint: endpoint,
  otelExporterOtlpTracesEndpoint: tracesEndpoint = endpoint,
  otelTracesExporter: tracesExporter,
  otelSdkDisabled: isSdkDisabled,
  ...values
}: z.output<typeof settings>) {
  const { pollIntervalMs, offlineRetentionDays } = values
  return {
    ...values,
    operators,
    /** Mutations per minute of one client address without a credential, one visitor token and one operator; 0 is unlimited. */
    rateLimits: { anonymous, visitor, operator },
    webSocketCompression,
    /** Whether traces are recorded and exported. */
    tracing: tracesEndpoint !== undefined && tracesExporter === 'otlp' && !isSdkDisabled,
    pollIdleIntervalMs: values.pollIdleIntervalMs ?? Math.max(DEFAULT_IDLE_INTERVAL_MS, pollIntervalMs),
    offlineKeyDays: values.offlineKeyDays ?? Math.min(DEFAULT_KEY_DAYS, offlineRetentionDays),
    ...(jwksUrl && issuer && audience && { jwt: { jwksUrl, issuer, audience } }),
  }
}
