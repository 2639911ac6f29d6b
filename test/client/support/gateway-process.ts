import { onTestFinished } from 'vitest'
import { startLiveChatSandbox } from '../../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../../sandbox/rocketchat/index.ts'
import { type GatewayProcess, startProcess } from '../../process/gateway-process.ts'
import { createTestDirectory } from '../../support/temporary-directory.ts'

export const OPERATOR_KEY = 'operator-key-of-ann-4711'

/** Both providers, and a gateway process in front of them that can be killed and started at the same address. */
export async function startKillableGateway() {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  const liveChat = await startLiveChatSandbox({ seed: false })
  rocketChat.workspace.createAgent({ name: 'Ada Agent' })
  const { userId, authToken } = rocketChat.workspace.serviceAccount()
  const { accountId, personalAccessToken, organizationId } = liveChat.credentials
  const settings = {
    DATA_DIR: createTestDirectory(),
    OPERATOR_KEYS: `ann:${OPERATOR_KEY}`,
    ROCKETCHAT_URL: rocketChat.url,
    ROCKETCHAT_USER_ID: userId,
    ROCKETCHAT_AUTH_TOKEN: authToken,
    LIVECHAT_ACCOUNT_ID: accountId,
    LIVECHAT_TOKEN: personalAccessToken,
    LIVECHAT_ORGANIZATION_ID: organizationId,
    LIVECHAT_API_URL: liveChat.url,
    LIVECHAT_ACCOUNTS_URL: liveChat.url,
    POLL_INTERVAL_MS: '100',
  }
  let gateway: GatewayProcess = startProcess({ ...settings, PORT: '0' })
  onTestFinished(async () => {
    gateway.dispose()
    await Promise.all([rocketChat.close(), liveChat.close()])
  })
  const url = await gateway.url
  return {
    rocketChat,
    liveChat,
    url,
    async kill() {
      gateway.signal('SIGKILL')
      await gateway.ended
      gateway.dispose()
    },
    async start() {
      gateway = startProcess({ ...settings, PORT: new URL(url).port })
      await gateway.url
    },
  }
}
