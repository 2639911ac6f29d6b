import { z } from 'zod'
import type { RocketChatConfig } from '../../config/config.ts'
import type { ProviderTable } from '../../config/provider-table.ts'
import { httpUrl, text, token } from '../../config/values.ts'

const settings = z.object({
  ROCKETCHAT_URL: httpUrl,
  ROCKETCHAT_USER_ID: token.exactOptional(),
  ROCKETCHAT_AUTH_TOKEN: token.exactOptional(),
  ROCKETCHAT_WEBHOOK_TOKEN: text.exactOptional(),
  ROCKETCHAT_OFFLINE_DEPARTMENT: text.exactOptional(),
  ROCKETCHAT_OFFLINE_HOST: text.exactOptional(),
})

/** The settings of a Rocket.Chat server. */
export const rocketChatTable: ProviderTable = {
  kind: 'ROCKET_CHAT',
  defaultName: 'rocketchat',
  variables: Object.keys(settings.shape),
  anchors: ['ROCKETCHAT_URL'],
  needs: () => [
    ['ROCKETCHAT_USER_ID', 'ROCKETCHAT_AUTH_TOKEN'],
    ['ROCKETCHAT_AUTH_TOKEN', 'ROCKETCHAT_USER_ID'],
  ],
  schema: settings.transform(toConfig),
}

function toConfig(read: z.output<typeof settings>): Omit<RocketChatConfig, 'name'> {
  const {
    ROCKETCHAT_URL: url,
    ROCKETCHAT_USER_ID: userId,
    ROCKETCHAT_AUTH_TOKEN: authToken,
    ROCKETCHAT_WEBHOOK_TOKEN: webhookToken,
    ROCKETCHAT_OFFLINE_DEPARTMENT: offlineDepartment,
    ROCKETCHAT_OFFLINE_HOST: offlineHost,
  } = read
  return {
    kind: 'ROCKET_CHAT',
    url,
    ...(userId && authToken && { serviceAccount: { userId, authToken } }),
    ...(webhookToken && { webhookToken }),
    ...(offlineDepartment && { offlineDepartment }),
    ...(offlineHost && { offlineHost }),
  }
}
