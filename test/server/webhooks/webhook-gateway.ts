import { onTestFinished } from 'vitest'
import type { LiveChatConfig } from '../../../src/config/index.ts'
import { startGateway } from '../../../src/gateway.ts'
import { createLog } from '../../../src/log.ts'
import { endpointUrl, request } from '../../support/http.ts'
import { rocketChatConfig, testConfig } from '../../support/test-gateway.ts'

export const ROCKETCHAT_SECRET = 'word-of-the-livechat-settings'
/** Contains characters that are not allowed in headers: LiveChat sends it in the body. */
export const LIVECHAT_SECRET = 'słówko ✓ der Webhooks'

/** No server listens here, because the webhook handler sends no requests to providers. */
const NOWHERE = 'http://127.0.0.1:9'

/** A gateway whose providers cannot be reached. */
export interface WebhookGateway {
  readonly url: string
  /** Lines of the log. */
  readonly lines: readonly string[]
  /** Providers with a hint for offline messages, in order. */
  readonly offlineHints: readonly string[]
  metrics(): Promise<string>
  /** Stops the gateway before the end of the test. */
  close(): Promise<void>
}

/** Starts it with webhooks for `rocketchat`, `livechat` and `two words %`, and none for `deaf`. */
export async function openWebhookGateway(): Promise<WebhookGateway> {
  const lines: string[] = []
  const offlineHints: string[] = []
  const liveChat: LiveChatConfig = {
    name: 'livechat',
    kind: 'LIVECHAT',
    apiUrl: NOWHERE,
    accountsUrl: NOWHERE,
    helpdeskUrl: NOWHERE,
    restUrl: NOWHERE,
    credential: { type: 'bearer', token: 'token-of-livechat' },
    offlineSource: 'archives',
    timeZone: 'UTC',
    webhookSecret: LIVECHAT_SECRET,
  }
  const rocketChat = (name: string) => ({
    ...rocketChatConfig(NOWHERE, name),
    webhookToken: ROCKETCHAT_SECRET,
  })
  const providers = [
    rocketChat('rocketchat'),
    rocketChat('two words %'),
    liveChat,
    rocketChatConfig(NOWHERE, 'deaf'),
  ]
  const gateway = await startGateway(testConfig(providers), {
    log: createLog('trace', { write: (line) => void lines.push(line) }),
    onOfflineHint: (provider) => void offlineHints.push(provider),
  })
  onTestFinished(() => gateway.close())
  const { url } = gateway
  return {
    url,
    lines,
    offlineHints,
    metrics: async () => (await request(endpointUrl(url, '/metrics'))).text,
    close: () => gateway.close(),
  }
}

/** A webhook of Rocket.Chat about a room (docs/providers/rocketchat.md 7.1). */
export function rocketChatWebhook(roomId: unknown, type = 'Message') {
  const visitor = { _id: 'v1', token: 'token-of-a-visitor', name: 'Vera' }
  return { _id: roomId, label: 'Vera', visitor, type, messages: [{ _id: 'm1', rid: roomId, msg: 'private' }] }
}

/** A webhook of LiveChat about a chat (docs/providers/livechat.md 7.1). */
export function liveChatWebhook(payload: unknown, action = 'incoming_event') {
  const secret_key: unknown = LIVECHAT_SECRET
  return { webhook_id: 'w1', secret_key, action, organization_id: 'o1', payload, additional_data: {} }
}
