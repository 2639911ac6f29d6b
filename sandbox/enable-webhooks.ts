import { randomBytes } from 'node:crypto'
import { type LiveChatSandbox, webhookActions } from './livechat/index.ts'
import type { RocketChatSandbox } from './rocketchat/index.ts'

/** The webhook secrets of one run. */
export interface WebhookSecrets {
  readonly rocketChat: string
  readonly liveChat: string
}

/** New secrets. */
export function createWebhookSecrets(): WebhookSecrets {
  return {
    rocketChat: randomBytes(18).toString('base64url'),
    liveChat: randomBytes(18).toString('base64url'),
  }
}

/** Makes a Rocket.Chat send every kind of webhook to an address, as its administrator would. */
export function enableRocketChatWebhooks({ settings }: RocketChatSandbox, url: string, secret: string): void {
  Object.assign(settings, {
    Livechat_webhookUrl: url,
    Livechat_secret_token: secret,
    Livechat_webhook_on_agent_message: true,
    Livechat_webhook_on_chat_queued: true,
    Livechat_webhook_on_chat_taken: true,
    Livechat_webhook_on_forward: true,
    Livechat_webhook_on_close: true,
    Livechat_webhook_on_offline_msg: true,
    Livechat_webhook_on_start: true,
    Livechat_webhook_on_visitor_message: true,
  } satisfies Partial<RocketChatSandbox['settings']>)
}

/** Makes a LiveChat send every kind of webhook to an address, through its Configuration API. */
export async function enableLiveChatWebhooks(
  sandbox: LiveChatSandbox,
  url: string,
  secret: string,
): Promise<void> {
  const { accessToken, clientId } = sandbox.credentials
  const call = async (action: string, input: object): Promise<void> => {
    const response = await fetch(`${sandbox.url}/v3.6/configuration/action/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
      body: JSON.stringify({ ...input, owner_client_id: clientId }),
    })
    if (!response.ok) throw new Error(`${action} answered ${response.status}`)
  }
  for (const action of webhookActions) {
    await call('register_webhook', { action, url, secret_key: secret, type: 'license' })
  }
  await call('enable_license_webhooks', {})
  sandbox.clearCalls()
}
