import { type RetryPolicy, type WebhookControl, WebhookDelivery } from '../../webhook-delivery.ts'
import { type ChatChange, emitChatChange } from '../store/chat-changes.ts'
import { lastThread } from '../store/licence.ts'
import type { Rules } from '../store/routing.ts'
import { webhookBody } from './body.ts'
import type { Registration, WebhookRegistry } from './registry.ts'

const TIMEOUT_MS = 10_000

/** The control of a licence's webhooks for tests. */
export interface LiveChatWebhooks extends WebhookControl {
  /** Sends the webhook of an event that is not stored, as where the webhook arrives before the chat shows the event. */
  announce(chatId: string): void
}

/** Sends the enabled webhooks of all changes in the licence's chats, from now on. */
export function startWebhooks(
  { licence, switches }: Rules,
  registry: WebhookRegistry,
): LiveChatWebhooks & { close(): void } {
  const delivery = new WebhookDelivery()

  const send = (change: ChatChange): void => {
    for (const registration of registry.listening(change.action)) {
      if (!wants(registration, change)) continue
      const body = webhookBody(licence, change, registration)
      delivery.dispatch({ url: registration.url, body }, policy(switches.webhookRetries))
    }
  }
  // The webhook of a new thread contains its first events, which are written in the same turn.
  const onChange = (change: ChatChange): void => void setImmediate(() => send(change))
  licence.changes.on('change', onChange)
  return {
    intercept: (interceptor) => delivery.intercept(interceptor),
    announce(chatId) {
      const chat = licence.chats.get(chatId)
      const thread = chat && lastThread(chat)
      if (!thread) throw new Error(`the sandbox has no thread in ${chatId}`)
      const id = `${thread.id}_${thread.lastNumber + 1}`
      const fields = { text: 'not there yet' }
      const event = {
        id,
        type: 'message',
        createdAt: licence.nextTimestamp(),
        visibility: 'all',
        deleted: false,
        fields,
      } as const
      emitChatChange({ action: 'incoming_event', chat, thread, event, isInitial: false })
    },
    close() {
      licence.changes.off('change', onChange)
      delivery.close()
    },
  }
}

function wants({ authorType }: Registration, change: ChatChange): boolean {
  if (authorType === undefined || change.action !== 'incoming_event') return true
  const { authorId } = change.event
  return change.chat.users.find(({ id }) => id === authorId)?.type === authorType
}

/** HTTP 200 in time is a success; anything else is retried (docs/providers/livechat.md 7.1). */
function policy({ retries, delayMs }: Rules['switches']['webhookRetries']): RetryPolicy {
  return {
    attempts: 1 + retries,
    delayMs,
    timeoutMs: TIMEOUT_MS,
    isRetryable: (status) => status !== 200,
  }
}
