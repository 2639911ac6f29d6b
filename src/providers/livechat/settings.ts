import { z } from 'zod'
import type { AccountConfig, RawSettings, SettingDependency, SettingsSpec } from '../definition.ts'
import { createSettingNames, httpUrl, oneOf, text, timeZone, token } from '../shared/setting-values.ts'

/**
 * How agent-side requests authenticate (docs/providers/livechat.md 5): a personal access token, or an OAuth
 * bearer.
 */
export type LiveChatCredential =
  | { readonly type: 'pat'; readonly accountId: string; readonly token: string }
  | { readonly type: 'bearer'; readonly token: string }

/** The API that offline messages are read from (docs/providers/livechat.md 1). */
export type OfflineSourceKind = 'rest_v1' | 'helpdesk' | 'archives'

/** The app that the OAuth bearer belongs to. */
export interface LiveChatOAuth {
  readonly clientId: string
  /** Absent for a public client. */
  readonly clientSecret?: string
  /** Without it an expired bearer is not renewed. */
  readonly refreshToken?: string
}

/**
 * One LiveChat account. URLs have no trailing slash. It has a credential, the login of the classic API, or both.
 */
export interface LiveChatConfig extends AccountConfig {
  readonly kind: 'LIVECHAT'
  /** The v3 APIs, without version. */
  readonly apiUrl: string
  /** Customer tokens and OAuth refresh. */
  readonly accountsUrl: string
  /** The ticket API, version included. */
  readonly helpdeskUrl: string
  /** The classic REST API. */
  readonly restUrl: string
  readonly credential?: LiveChatCredential
  readonly oauth?: LiveChatOAuth
  /** Required by the customer API. */
  readonly organizationId?: string
  /** Login and API key of the classic REST API (docs/providers/livechat.md 1.1). */
  readonly classic?: { readonly login: string; readonly apiKey: string }
  /** `rest_v1` requires `classic`, the others require `credential`. */
  readonly offlineSource: OfflineSourceKind
  /**
   * Expected as `secret_key` in webhook bodies (docs/providers/livechat.md 7.1); without it no webhook is
   * accepted.
   */
  readonly webhookSecret?: string
  /** IANA time zone of the classic API's days; no response of LiveChat contains it. */
  readonly timeZone: string
  /**
   * Whose rooms LiveChat's RTM push is used for, with polls as audit: `customers`; `on` for agents too, which brings an agent
   * session online at LiveChat; absent: polls only.
   */
  readonly push?: 'customers' | 'on'
}

const schema = z.object({
  apiUrl: httpUrl.default('https://api.livechatinc.com'),
  accountId: token.exactOptional(),
  token: token.exactOptional(),
  organizationId: token.exactOptional(),
  restUrl: httpUrl.default('https://api.livechatinc.com'),
  login: text.exactOptional(),
  apiKey: text.exactOptional(),
  offlineSource: oneOf('rest_v1', 'helpdesk', 'archives').exactOptional(),
  timeZone: timeZone.default('UTC'),
  accountsUrl: httpUrl.default('https://accounts.livechat.com'),
  clientId: token.exactOptional(),
  clientSecret: token.exactOptional(),
  refreshToken: token.exactOptional(),
  helpdeskUrl: httpUrl.default('https://api.helpdesk.com/v1'),
  webhookSecret: text.exactOptional(),
  push: oneOf('customers', 'on', 'off').default('customers'),
})

const VARIABLE_PREFIX = 'LIVECHAT_'
const otherVariables = { helpdeskUrl: 'HELPDESK_URL' } as const

/** Names settings of an account in messages. */
export const settingNames =
  createSettingNames<Exclude<keyof typeof schema.shape, keyof typeof otherVariables>>(VARIABLE_PREFIX)

/** Settings of a LiveChat account. */
export const liveChatSettings = {
  schema,
  variablePrefix: VARIABLE_PREFIX,
  otherVariables,
  requiresOneOf: ['token', 'login'],
  dependencies: (given) => [
    ['accountId', 'token'],
    ['login', 'apiKey'],
    ['apiKey', 'login'],
    ['clientSecret', 'clientId'],
    ['refreshToken', 'clientId'],
    ['clientId', 'token'],
    ...offlineSourceDependencies(given),
  ],
  toConfig,
} satisfies SettingsSpec<LiveChatConfig, typeof schema.shape>

// The classic list is read with the login, the two others with the token (docs/providers/livechat.md 1).
function offlineSourceDependencies({ offlineSource }: RawSettings): readonly SettingDependency[] {
  if (offlineSource === 'rest_v1') return [['offlineSource', 'login']]
  if (offlineSource === 'helpdesk' || offlineSource === 'archives') return [['offlineSource', 'token']]
  return []
}

function toConfig(name: string, values: z.output<typeof schema>): LiveChatConfig {
  const {
    accountId,
    token,
    login,
    apiKey,
    offlineSource,
    clientId,
    clientSecret,
    refreshToken,
    push,
    ...rest
  } = values
  return {
    name,
    kind: 'LIVECHAT',
    ...rest,
    ...(push !== 'off' && { push }),
    offlineSource: offlineSource ?? (login ? 'rest_v1' : 'helpdesk'),
    ...(token && { credential: accountId ? { type: 'pat', accountId, token } : { type: 'bearer', token } }),
    ...(login && apiKey && { classic: { login, apiKey } }),
    ...(clientId && {
      oauth: { clientId, ...(clientSecret && { clientSecret }), ...(refreshToken && { refreshToken }) },
    }),
  }
}

/** The URLs that receive a credential. */
export function credentialUrls(config: LiveChatConfig): readonly string[] {
  const { credential, organizationId, oauth, classic, offlineSource } = config
  return [
    ...(credential || organizationId ? [config.apiUrl] : []),
    ...(oauth ? [config.accountsUrl] : []),
    ...(offlineSource === 'helpdesk' && credential ? [config.helpdeskUrl] : []),
    ...(offlineSource === 'rest_v1' && classic ? [config.restUrl] : []),
  ]
}

/** Lists the modes of an account: its kinds of callers, and the rooms that LiveChat pushes. */
export function modesOf({ credential, organizationId, classic, push }: LiveChatConfig): readonly string[] {
  const pushMode = { on: 'push', customers: 'push for customers' }
  return [
    credential ? 'service account' : 'no service account',
    organizationId === undefined ? 'no customers' : 'customers',
    ...(classic ? ['classic offline messages'] : []),
    push === undefined ? 'polls only' : pushMode[push],
  ]
}
