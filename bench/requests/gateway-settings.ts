import type { World } from './world.ts'

/**
 * The environment of the measured gateway, as an operator of one would write it: both providers, an operator key,
 * everything else by default. Peers receive the same. Only limits that count by caller or address are raised, because
 * the whole load is one address: mutations per minute (the default is 60 of one visitor).
 */
export function createSettings(
  upstreamUrl: string,
  { rocketChat, liveChat }: World,
  operatorKey: string,
): Readonly<Record<string, string>> {
  return {
    OPERATOR_KEYS: `bench:${operatorKey}`,
    RATE_LIMIT_ANONYMOUS: '0',
    RATE_LIMIT_VISITOR: '0',
    RATE_LIMIT_OPERATOR: '0',
    ROCKETCHAT_URL: upstreamUrl,
    ROCKETCHAT_USER_ID: rocketChat.userId,
    ROCKETCHAT_AUTH_TOKEN: rocketChat.authToken,
    LIVECHAT_API_URL: upstreamUrl,
    LIVECHAT_REST_URL: upstreamUrl,
    LIVECHAT_ACCOUNTS_URL: upstreamUrl,
    HELPDESK_URL: `${upstreamUrl}/v1`,
    LIVECHAT_ACCOUNT_ID: liveChat.accountId,
    LIVECHAT_TOKEN: liveChat.token,
    LIVECHAT_ORGANIZATION_ID: liveChat.organizationId,
  }
}
