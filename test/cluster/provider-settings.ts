import type { LiveChatConfig, ProviderConfig, RocketChatConfig } from '../../src/config/index.ts'

/** The variables from which a gateway process reads a provider's configuration. */
export function providerSettings(config: ProviderConfig): Readonly<Record<string, string>> {
  const settings = config.kind === 'ROCKET_CHAT' ? rocketChatSettings(config) : liveChatSettings(config)
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

type Settings = Readonly<Record<string, string | undefined>>

function rocketChatSettings({ url, serviceAccount, webhookToken, push }: RocketChatConfig): Settings {
  return {
    ROCKETCHAT_URL: url,
    ROCKETCHAT_USER_ID: serviceAccount?.userId,
    ROCKETCHAT_AUTH_TOKEN: serviceAccount?.authToken,
    ROCKETCHAT_WEBHOOK_TOKEN: webhookToken,
    ROCKETCHAT_PUSH: push ? 'on' : 'off',
  }
}

function liveChatSettings(config: LiveChatConfig): Settings {
  const { credential, oauth, classic } = config
  return {
    LIVECHAT_API_URL: config.apiUrl,
    LIVECHAT_ACCOUNTS_URL: config.accountsUrl,
    LIVECHAT_REST_URL: config.restUrl,
    HELPDESK_URL: config.helpdeskUrl,
    LIVECHAT_TOKEN: credential?.token,
    LIVECHAT_ACCOUNT_ID: credential?.type === 'pat' ? credential.accountId : undefined,
    LIVECHAT_CLIENT_ID: oauth?.clientId,
    LIVECHAT_CLIENT_SECRET: oauth?.clientSecret,
    LIVECHAT_REFRESH_TOKEN: oauth?.refreshToken,
    LIVECHAT_LOGIN: classic?.login,
    LIVECHAT_API_KEY: classic?.apiKey,
    LIVECHAT_ORGANIZATION_ID: config.organizationId,
    LIVECHAT_OFFLINE_SOURCE: config.offlineSource,
    LIVECHAT_TIME_ZONE: config.timeZone,
    LIVECHAT_WEBHOOK_SECRET: config.webhookSecret,
    LIVECHAT_PUSH: config.push ?? 'off',
  }
}
