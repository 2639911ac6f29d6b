import { describe, expect, test } from 'vitest'
import { issueLines } from './support/config-lines.ts'

describe('a name that looks like a setting of the gateway must be known', () => {
  test.each([
    ['LOG_LEVLE', 'LOG_LEVEL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['log_level', 'LOG_LEVEL'],
    ['DATABSE_URL', 'DATABASE_URL'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['DATADIR', 'DATA_DIR'],
    ['PROVIDER_FILE', 'PROVIDERS_FILE'],
    ['OPERATOR_KEY', 'OPERATOR_KEYS'],
    ['OPERATORS_KEYS', 'OPERATOR_KEYS'],
    ['ROCKET_CHAT_URL', 'ROCKETCHAT_URL'],
    ['Rocketchat_Url', 'ROCKETCHAT_URL'],
    ['ROCKETCHAT_USER', 'ROCKETCHAT_USER_ID'],
    ['LIVECHAT_ORGANISATION_ID', 'LIVECHAT_ORGANIZATION_ID'],
    ['LIVECHAT_TIMEZONE', 'LIVECHAT_TIME_ZONE'],
    ['POLL_INTERVAL', 'POLL_INTERVAL_MS'],
    ['INTROSPECTIONS', 'INTROSPECTION'],
    ['MAX_SUBSCRIPTIONS', 'MAX_SUBSCRIPTIONS_PER_SOCKET'],
    ['TRUSTED_DOCUMENT', 'TRUSTED_DOCUMENTS'],
  ])('%s is recognized as %s', (name, meant) => {
    expect(issueLines({ [name]: 'x' })).toEqual([`${name}: is not a known setting; did you mean ${meant}?`])
  })

  test.each(['LIVECHAT_PAT', 'HELPDESK_PASSWORD', 'UPSTREAM_RETRIES', 'ALLOWED_USERS', 'ROCKETCHAT_PORTS'])(
    '%s is refused although no known name is close',
    (name) => {
      expect(issueLines({ [name]: 'x' })).toEqual([`${name}: is not a known setting`])
    },
  )
})

describe('variables of other programs are ignored', () => {
  test.each([
    [
      'the system',
      ['PATH', 'HOME', 'HOSTNAME', 'LOGNAME', 'LANG', 'PWD', 'SHLVL', 'TERM', 'TZ', 'USER', '_'],
    ],
    ['the desktop', ['DISPLAY', 'XDG_DATA_DIRS', 'XDG_DATA_HOME', 'HOSTTYPE', 'http_proxy', 'NO_PROXY']],
    ['node and npm', ['NODE_ENV', 'NODE_OPTIONS', 'npm_config_loglevel', 'npm_package_name', 'NO_COLOR']],
    [
      'neighbours',
      ['PGDATA', 'PORTS', 'HOSTS', 'DATABASE_NAME', 'DATABASE_HOST', 'LOG_FORMAT', 'LOG_DIR', 'DEBUG'],
    ],
    ['CI', ['CI', 'GITHUB_TOKEN', 'RUNNER_OS', 'POSTGRES_PASSWORD', 'REDIS_URL', 'BASE_URL']],
    [
      'container platforms',
      [
        'ROCKETCHAT_SERVICE_HOST',
        'ROCKETCHAT_SERVICE_PORT',
        'ROCKETCHAT_SERVICE_PORT_HTTP',
        'ROCKETCHAT_PORT',
        'ROCKETCHAT_PORT_3000_TCP',
        'ROCKETCHAT_PORT_3000_TCP_ADDR',
        'LIVECHAT_GATEWAY_PORT_53_UDP_PROTO',
        'KUBERNETES_SERVICE_HOST',
      ],
    ],
  ])('of %s', (_, names) => {
    expect(issueLines(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([])
  })
})

test('an unknown setting that is empty is unset, as a known one is', () => {
  expect(issueLines({ LOG_LEVLE: '' })).toEqual([])
})
