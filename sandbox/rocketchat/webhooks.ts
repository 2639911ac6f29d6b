import { type RetryPolicy, type WebhookControl, WebhookDelivery } from '../webhook-delivery.ts'
import type { Message, OfflineMail, Room } from './model.ts'
import { type WebhookType, webhookBody } from './webhook-body.ts'
import { createMessage } from './workspace/messages.ts'
import { refOf, type Workspace } from './workspace/workspace.ts'

/** The control of a server's webhooks for tests. */
export interface RocketChatWebhooks extends WebhookControl {
  /**
   * Sends the webhook of a visitor's message that is not stored, as where the webhook arrives before the history
   * shows it.
   */
  announce(rid: string): void
}

/**
 * Sends the livechat webhooks that the settings switch on (docs/providers/rocketchat.md 7.1), from now on. They are
 * sent after the write; deletions send none. `retryAfterMs` replaces the release's own delay.
 */
export function startWebhooks(
  workspace: Workspace,
  retryAfterMs?: number,
): RocketChatWebhooks & { close(): void } {
  const { settings, events } = workspace
  const delivery = new WebhookDelivery()

  const send = (body: object): void => {
    const { Livechat_webhookUrl: url, Livechat_secret_token: secret } = settings
    if (url === '') return
    const headers = secret === '' ? {} : { 'x-rocketchat-livechat-token': secret }
    const policy = retryPolicyOf(workspace)
    delivery.dispatch({ url, headers, body }, { ...policy, delayMs: retryAfterMs ?? policy.delayMs })
  }
  const sendRoomWebhook = (type: WebhookType, { _id }: Room, messages: readonly Message[] = []): void => {
    const room = workspace.rooms.get(_id)
    if (room) send(webhookBody(workspace, type, room, messages))
  }
  const onMessage = (message: Message): void => {
    const room = workspace.rooms.get(message.rid)
    // System messages are left out, except the closing one (docs/providers/rocketchat.md 7.1).
    if (!room || (message.t !== undefined && message.t !== 'livechat-close')) return
    const isVisitors = message.token !== undefined
    const on = isVisitors
      ? settings.Livechat_webhook_on_visitor_message
      : settings.Livechat_webhook_on_agent_message
    if (on) sendRoomWebhook('Message', room, [message])
  }
  const onOpened = (room: Room): void => {
    if (settings.Livechat_webhook_on_start) sendRoomWebhook('LivechatSessionStart', room)
    if (room.servedBy) onTaken(room)
    else onQueued(room)
  }
  const onTaken = (room: Room): void => {
    if (settings.Livechat_webhook_on_chat_taken) sendRoomWebhook('LivechatSessionTaken', room)
  }
  const onQueued = (room: Room): void => {
    if (settings.Livechat_webhook_on_chat_queued) sendRoomWebhook('LivechatSessionQueued', room)
  }
  const onForwarded = (room: Room, previous: Room): void => {
    if (!settings.Livechat_webhook_on_forward) return
    const { servedBy: oldServedBy, departmentId: oldDepartmentId } = previous
    const body = webhookBody(workspace, 'LivechatSessionForwarded', room, [])
    send({ ...body, oldServedBy, oldDepartmentId })
  }
  const onClosed = (room: Room): void => {
    const messages = workspace.messages
      .ofRoom(room._id)
      .filter(({ t, _hidden }) => t === undefined && !_hidden)
    if (settings.Livechat_webhook_on_close) sendRoomWebhook('LivechatSession', room, messages)
  }
  const onMail = ({ name, email, message, at }: OfflineMail): void => {
    if (!settings.Livechat_webhook_on_offline_msg) return
    send({ type: 'LivechatOfflineMessage', sentAt: at, visitor: { name, email }, message })
  }
  const listeners = [
    ['message', onMessage],
    ['edited', onMessage],
    ['opened', onOpened],
    ['taken', onTaken],
    ['queued', onQueued],
    ['forwarded', onForwarded],
    ['closed', onClosed],
    ['mail', onMail],
  ] as const
  for (const [event, listener] of listeners) events.on(event, listener)
  return {
    intercept: (interceptor) => delivery.intercept(interceptor),
    announce(rid) {
      const visitor = workspace.visitors.get(workspace.rooms.get(rid)?.v.token ?? '')
      if (!visitor) throw new Error(`the sandbox has no room ${rid}`)
      const _id = workspace.host.newId()
      onMessage(
        createMessage(workspace, { _id, rid, msg: 'not there yet', u: refOf(visitor), token: visitor.token }),
      )
    },
    close() {
      for (const [event, listener] of listeners) events.off(event, listener)
      delivery.close()
    },
  }
}

/**
 * Only 200 is a success. Older releases retry anything else, newer ones only transient failures
 * (docs/providers/rocketchat.md 7.1).
 */
function retryPolicyOf({ profile, settings: { Livechat_http_timeout: timeoutMs } }: Workspace): RetryPolicy {
  if (profile.webhookRetries === 'any') {
    return { attempts: 10, delayMs: 2 * timeoutMs, timeoutMs, isRetryable: (status) => status !== 200 }
  }
  const isTransient = (status: number | null) => status === null || status === 429 || status >= 500
  return { attempts: 5, delayMs: 4 * timeoutMs, timeoutMs, isRetryable: isTransient }
}
