import { describe, expect, test } from 'vitest'
import { type Config, ConfigError, loadConfig } from '../../src/config/index.ts'
import { issueLines, noFiles } from './support/config-lines.ts'

const DEFAULTS: Config = {
  host: '127.0.0.1',
  port: 4000,
  operators: [],
  providers: [],
  sandbox: true,
  pollIntervalMs: 1000,
  pollIdleIntervalMs: 15_000,
  upstreamTimeoutMs: 10_000,
  allowedOrigins: [],
  allowedHosts: null,
  trustedProxies: [],
  rateLimits: { anonymous: 10, visitor: 60, operator: 600 },
  maxSockets: 20_000,
  maxSocketsPerAddress: 1_000,
  introspection: 'anyone',
  trustedDocuments: 'off',
  documentsById: new Map(),
  console: true,
  mcp: true,
  widget: true,
  maxSubscriptionsPerSocket: 200,
  maxSubscriptionsPerCaller: 10_000,
  drainSeconds: 0,
  webSocketCompression: false,
  requestLog: false,
  httpCompression: true,
  logLevel: 'info',
  tracing: false,
  dataDir: './data',
  offlineMaxQueued: 10_000,
  offlineAttempts: 12,
  offlineRetentionDays: 30,
  offlineKeyDays: 7,
  eventLogMinutes: 15,
}

test('without settings every default holds and the sandbox is on', () => {
  expect(loadConfig({}, noFiles)).toEqual(DEFAULTS)
})

test('an empty variable counts as unset', () => {
  expect(loadConfig({ PORT: '', ROCKETCHAT_URL: '', LOG_LEVEL: undefined }, noFiles)).toEqual(DEFAULTS)
})

test.each([
  [{}, true, true],
  [{ CONSOLE: 'off' }, false, false],
  [{ CONSOLE: 'off', WIDGET: 'on' }, false, true],
  [{ CONSOLE: 'on', WIDGET: 'off' }, true, false],
  [{ WIDGET: 'off' }, true, false],
])('%j serves the console: %s, and the widget: %s', (env, console, widget) => {
  expect(loadConfig(env, noFiles)).toMatchObject({ console, widget })
})

describe('a valid setting is read', () => {
  const key = '0123456789abcdef'
  test.each<[string, string, Partial<Config>]>([
    ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
    ['HOST', '::1', { host: '::1' }],
    ['HOST', 'gateway_1.internal', { host: 'gateway_1.internal' }],
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    ['OPERATOR_KEYS', `ann:${key}`, { operators: [{ name: 'ann', key }] }],
    [
      'OPERATOR_KEYS',
      `ann:${key}, bob:${key}:x`,
      {
        operators: [
          { name: 'ann', key },
          { name: 'bob', key: `${key}:x` },
        ],
      },
    ],
    ['DATABASE_URL', 'postgres://u:p@db/x', { databaseUrl: 'postgres://u:p@db/x' }],
    ['DATABASE_URL', 'postgresql:///x?host=/run', { databaseUrl: 'postgresql:///x?host=/run' }],
    ['DATA_DIR', '/var/lib/my data', { dataDir: '/var/lib/my data' }],
    ['OFFLINE_SPACING_MS', '0', { offlineSpacingMs: 0 }],
    ['OFFLINE_ATTEMPTS', '1', { offlineAttempts: 1 }],
    ['OFFLINE_RETENTION_DAYS', '90', { offlineRetentionDays: 90 }],
    ['OFFLINE_RETENTION_DAYS', '2', { offlineRetentionDays: 2, offlineKeyDays: 2 }],
    ['OFFLINE_KEY_DAYS', '30', { offlineKeyDays: 30 }],
    ['POLL_INTERVAL_MS', '50', { pollIntervalMs: 50 }],
    ['POLL_INTERVAL_MS', '20000', { pollIntervalMs: 20_000, pollIdleIntervalMs: 20_000 }],
    ['POLL_IDLE_INTERVAL_MS', '1000', { pollIdleIntervalMs: 1000 }],
    ['UPSTREAM_TIMEOUT_MS', '1', { upstreamTimeoutMs: 1 }],
    ['ALLOWED_ORIGINS', 'https://a.example', { allowedOrigins: ['https://a.example'] }],
    [
      'ALLOWED_ORIGINS',
      'http://localhost:5173, capacitor://localhost',
      { allowedOrigins: ['http://localhost:5173', 'capacitor://localhost'] },
    ],
    ['INTROSPECTION', 'off', { introspection: 'off' }],
    ['VISITOR_SECRET', 's'.repeat(32), { visitorSecret: 's'.repeat(32) }],
    ['ALLOWED_HOSTS', 'Gateway.example, [::1]', { allowedHosts: ['gateway.example', '::1'] }],
    ['TRUSTED_PROXIES', '10.0.0.0/8,::1,fd00::/8', { trustedProxies: ['10.0.0.0/8', '::1', 'fd00::/8'] }],
    ['RATE_LIMIT_ANONYMOUS', '0', { rateLimits: { anonymous: 0, visitor: 60, operator: 600 } }],
    ['MAX_SOCKETS', '0', { maxSockets: 0 }],
    ['MAX_SOCKETS_PER_ADDRESS', '5', { maxSocketsPerAddress: 5 }],
    ['OFFLINE_MAX_QUEUED', '1', { offlineMaxQueued: 1 }],
    ['EVENT_LOG_MINUTES', '0', { eventLogMinutes: 0 }],
    ['EVENT_LOG_MINUTES', '1440', { eventLogMinutes: 1_440 }],
    ['MAX_SUBSCRIPTIONS_PER_SOCKET', '1', { maxSubscriptionsPerSocket: 1 }],
    ['MAX_SUBSCRIPTIONS_PER_CALLER', '1', { maxSubscriptionsPerCaller: 1 }],
    ['DRAIN_SECONDS', '600', { drainSeconds: 600 }],
    ['WEBSOCKET_COMPRESSION', 'on', { webSocketCompression: true }],
    ['REQUEST_LOG', 'on', { requestLog: true }],
    ['HTTP_COMPRESSION', 'off', { httpCompression: false }],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector:4318', { tracing: true }],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'https://collector.example/v1/traces', { tracing: true }],
    ['OTEL_SERVICE_NAME', 'gateway', {}],
  ])('%s=%s', (variable, value, expected) => {
    expect(loadConfig({ [variable]: value }, noFiles)).toEqual({ ...DEFAULTS, ...expected })
  })
})

test.each([
  ['OTEL_TRACES_EXPORTER', 'none'],
  ['OTEL_SDK_DISABLED', 'true'],
  ['OTEL_SDK_DISABLED', 'TRUE'],
])('%s=%s turns traces off', (variable, value) => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', [variable]: value }
  expect(loadConfig(env, noFiles)).toEqual(DEFAULTS)
})

describe('an invalid setting is reported by name', () => {
  test.each([
    ['HOST', 'http://localhost'],
    ['HOST', 'localhost:4000'],
    ['HOST', 'two hosts'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '4000.0'],
    ['PORT', '4e3'],
    ['PORT', '0x10'],
    ['PORT', ' 80'],
    ['OPERATOR_KEYS', 'no-key-at-all'],
    ['OPERATOR_KEYS', 'ann:0123456789abcde'],
    ['OPERATOR_KEYS', ':0123456789abcdef'],
    ['OPERATOR_KEYS', 'ann:0123456789 abcdef'],
    ['OPERATOR_KEYS', 'ann:0123456789abcdef,'],
    ['OPERATOR_KEYS', 'ann:0123456789abcdef,ann:fedcba9876543210'],
    ['OPERATOR_KEYS', 'ann:0123456789abcdef,bob:0123456789abcdef'],
    ['DATABASE_URL', 'mysql://db/x'],
    ['DATABASE_URL', 'db/x'],
    ['DATA_DIR', ' ./data'],
    ['DATA_DIR', 'two\nlines'],
    ['OFFLINE_SPACING_MS', '-1'],
    ['OFFLINE_ATTEMPTS', '0'],
    ['OFFLINE_RETENTION_DAYS', '0'],
    ['OFFLINE_KEY_DAYS', '31'],
    ['POLL_INTERVAL_MS', '0'],
    ['POLL_INTERVAL_MS', '1s'],
    ['POLL_INTERVAL_MS', '2147483648'],
    ['POLL_IDLE_INTERVAL_MS', '999'],
    ['UPSTREAM_TIMEOUT_MS', '-5'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'null'],
    ['ALLOWED_ORIGINS', 'https://*.example'],
    ['ALLOWED_ORIGINS', 'https://a.example/'],
    ['ALLOWED_ORIGINS', 'https://a.example:443'],
    ['ALLOWED_ORIGINS', 'https://A.example'],
    ['ALLOWED_ORIGINS', 'https://a.example,,https://b.example'],
    ['INTROSPECTION', 'yes'],
    ['VISITOR_SECRET', 's'.repeat(31)],
    ['TRUSTED_DOCUMENTS', 'yes'],
    ['TRUSTED_DOCUMENTS_FILE', 'missing.json'],
    ['ALLOWED_HOSTS', 'https://a.example'],
    ['ALLOWED_HOSTS', 'a.example:443'],
    ['ALLOWED_HOSTS', '*.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', '::1/129'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['RATE_LIMIT_VISITOR', '-1'],
    ['MAX_SOCKETS', '1.5'],
    ['OFFLINE_MAX_QUEUED', '0'],
    ['EVENT_LOG_MINUTES', '1441'],
    ['MAX_SUBSCRIPTIONS_PER_SOCKET', '0'],
    ['MAX_SUBSCRIPTIONS_PER_CALLER', '0'],
    ['DRAIN_SECONDS', '601'],
    ['DRAIN_SECONDS', '-1'],
    ['WEBSOCKET_COMPRESSION', 'yes'],
    ['LOG_LEVEL', 'INFO'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_TRACES_EXPORTER', 'zipkin'],
    ['PROVIDERS_FILE', 'missing.json'],
  ])('%s=%s', (variable, value) => {
    expect(issueLines({ [variable]: value })).toEqual([expect.stringMatching(`^${variable}: `)])
  })
})

test('all issues are reported at once, each entry of a list by its position', () => {
  const env = {
    PORT: 'x',
    OPERATOR_KEYS: 'bad,ann:0123456789abcdef,worse',
    POLL_INTERVAL_MS: '2000',
    POLL_IDLE_INTERVAL_MS: '1000',
    ROCKETCHAT_USER_ID: 'u',
    LOG_LEVLE: 'debug',
  }
  expect(issueLines(env)).toEqual([
    'PORT: must be a whole number from 0 to 65535',
    expect.stringMatching(/^OPERATOR_KEYS: entry 1 must be name:key/),
    expect.stringMatching(/^OPERATOR_KEYS: entry 3 must be name:key/),
    expect.stringMatching(/^POLL_IDLE_INTERVAL_MS: must not be below POLL_INTERVAL_MS/),
    'ROCKETCHAT_AUTH_TOKEN: is missing, but ROCKETCHAT_USER_ID needs it',
    'ROCKETCHAT_URL: is missing',
    'LOG_LEVLE: is not a known setting; did you mean LOG_LEVEL?',
  ])
})

test('the error holds its issues as data and as text', () => {
  const error = new ConfigError([{ variable: 'PORT', reason: 'is wrong' }])
  expect(error).toMatchObject({
    name: 'ConfigError',
    message: 'PORT: is wrong',
    issueLines: ['PORT: is wrong'],
  })
  expect(error.issues).toEqual([{ variable: 'PORT', reason: 'is wrong' }])
})

test('a gateway with providers drains for five seconds by default, or at once if the setting says so', () => {
  const env = { ROCKETCHAT_URL: 'https://chat.example' }
  expect(loadConfig(env, noFiles)).toMatchObject({ drainSeconds: 5 })
  expect(loadConfig({ ...env, DRAIN_SECONDS: '0' }, noFiles)).toMatchObject({ drainSeconds: 0 })
})

describe('introspection', () => {
  test('is for operators once a provider is configured', () => {
    const config = loadConfig({ ROCKETCHAT_URL: 'https://chat.example' }, noFiles)
    expect(config).toMatchObject({ sandbox: false, introspection: 'operators' })
  })

  test('follows the setting, in the sandbox too', () => {
    expect(loadConfig({ INTROSPECTION: 'operators' }, noFiles)).toMatchObject({
      sandbox: true,
      introspection: 'operators',
    })
  })
})
