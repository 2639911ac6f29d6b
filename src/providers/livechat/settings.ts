import { z } from 'zod'
import type { LiveChatConfig, LiveChatCredential } from '../../config/config.ts'
import type { Given, Need, ProviderTable } from '../../config/provider-table.ts'
import { httpUrl, oneOf, text, timeZone, token } from '../../config/values.ts'

const settings = z.object({
  LIVECHAT_API_URL: httpUrl.default('https://api.livechatinc.com'),
  LIVECHAT_ACCOUNT_ID: token.exactOptional(),
  LIVECHAT_TOKEN: token.exactOptional(),
  LIVECHAT_ORGANIZATION_ID: token.exactOptional(),
  LIVECHAT_REST_URL: httpUrl.default('https://api.livechatinc.com'),
  LIVECHAT_LOGIN: text.exactOptional(),
  LIVECHAT_API_KEY: text.exactOptional(),
  LIVECHAT_OFFLINE_SOURCE: oneOf('rest_v1', 'helpdesk', 'archives').exactOptional(),
  LIVECHAT_TIME_ZONE: timeZone.default('UTC'),
  LIVECHAT_ACCOUNTS_URL: httpUrl.default('https://accounts.livechat.com'),
  LIVECHAT_CLIENT_ID: token.exactOptional(),
  LIVECHAT_CLIENT_SECRET: token.exactOptional(),
  LIVECHAT_REFRESH_TOKEN: token.exactOptional(),
  HELPDESK_URL: httpUrl.default('https://api.helpdesk.com/v1'),
  LIVECHAT_WEBHOOK_SECRET: text.exactOptional(),
})

/** The settings of a LiveChat licence. */
export const liveChatTable: ProviderTable = {
  kind: 'LIVECHAT',
  defaultName: 'livechat',
  variables: Object.keys(settings.shape),
  anchors: ['LIVECHAT_TOKEN', 'LIVECHAT_LOGIN'],
  needs: (given) => [
    ['LIVECHAT_ACCOUNT_ID', 'LIVECHAT_TOKEN'],
    ['LIVECHAT_LOGIN', 'LIVECHAT_API_KEY'],
    ['LIVECHAT_API_KEY', 'LIVECHAT_LOGIN'],
    ['LIVECHAT_CLIENT_SECRET', 'LIVECHAT_CLIENT_ID'],
    ['LIVECHAT_REFRESH_TOKEN', 'LIVECHAT_CLIENT_ID'],
    ['LIVECHAT_CLIENT_ID', 'LIVECHAT_TOKEN'],
    ...offlineSourceNeeds(given),
  ],
  schema: settings.transform(toConfig),
}

// The classic list is read with the login, the two others with the token (docs/providers/livechat.md 1).
function offlineSourceNeeds(given: Given): readonly Need[] {
  const source = given['LIVECHAT_OFFLINE_SOURCE']
  if (source === 'rest_v1') return [['LIVECHAT_OFFLINE_SOURCE', 'LIVECHAT_LOGIN']]
  if (source === 'helpdesk' || source === 'archives') return [['LIVECHAT_OFFLINE_SOURCE', 'LIVECHAT_TOKEN']]
  return []
}

function toConfig(read: z.output<typeof settings>): Omit<LiveChatConfig, 'name'> {
  const {
    LIVECHAT_LOGIN: login,
    LIVECHAT_API_KEY: apiKey,
    LIVECHAT_ORGANIZATION_ID: organizationId,
    LIVECHAT_WEBHOOK_SECRET: webhookSecret,
  } = read
  const credential = toCredential(read.LIVECHAT_ACCOUNT_ID, read.LIVECHAT_TOKEN)
  const oauth = toOAuth(read.LIVECHAT_CLIENT_ID, read.LIVECHAT_CLIENT_SECRET, read.LIVECHAT_REFRESH_TOKEN)
  return {
    kind: 'LIVECHAT',
    apiUrl: read.LIVECHAT_API_URL,
    accountsUrl: read.LIVECHAT_ACCOUNTS_URL,
    helpdeskUrl: read.HELPDESK_URL,
    restUrl: read.LIVECHAT_REST_URL,
    offlineSource: read.LIVECHAT_OFFLINE_SOURCE ?? (login ? 'rest_v1' : 'helpdesk'),
    timeZone: read.LIVECHAT_TIME_ZONE,
    ...(credential && { credential }),
    ...(organizationId && { organizationId }),
    ...(login && apiKey && { classic: { login, apiKey } }),
    ...(oauth && { oauth }),
    ...(webhookSecret && { webhookSecret }),
  }
}

function toCredential(
  accountId: string | undefined,
  secret: string | undefined,
): LiveChatCredential | undefined {
  if (!secret) return undefined
  return accountId ? { type: 'pat', accountId, token: secret } : { type: 'bearer', token: secret }
}

function toOAuth(
  clientId: string | undefined,
  clientSecret: string | undefined,
  refreshToken: string | undefined,
): LiveChatConfig['oauth'] {
  if (!clientId) return undefined
  return { clientId, ...(clientSecret && { clientSecret }), ...(refreshToken && { refreshToken }) }
}
