import { type RetryPolicy, type WebhookControl, WebhookDelivery } from '../../webhook-delivery.ts'
import { type ChatChange, emitChatChange } from '../store/chat-changes.ts'
import { lastThread } from '../store/licence.ts'
import type { Rules } from '../store/routing.ts'
import { webhookBody } from './body.ts'
import type { Registration, WebhookRegistry } from './registry.ts'

const TIMEOUT_MS = 10_000

/** What a test may do with a licence's webhooks. */
export interface LiveChatWebhooks extends WebhookControl {
  /** Tells of an event that is not stored, as where the webhook comes before the chat shows it. */
  announce(chatId: string): void
}

/** Sends what is registered and switched on for whatever happens in the licence's chats, from now on. */
export function startWebhooks(
  { licence, switches }: Rules,
  registry: WebhookRegistry,
): LiveChatWebhooks & { close(): void } {
  const courier = new WebhookDelivery()

  const send = (happening: ChatChange): void => {
    for (const registration of registry.listening(happening.action)) {
      if (!wants(registration, happening)) continue
      const body = webhookBody(licence, happening, registration)
      courier.dispatch({ url: registration.url, body }, patience(switches.webhookRetries))
    }
  }
  // A new thread is told with what it begins with, which is written in the same turn.
  const onHappened = (happening: ChatChange): void => void setImmediate(() => send(happening))
  licence.changes.on('happened', onHappened)
  return {
    intercept: (conductor) => courier.intercept(conductor),
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
      emitChatChange({ action: 'incoming_event', chat, thread, event })
    },
    close() {
      licence.changes.off('happened', onHappened)
      courier.close()
    },
  }
}

function wants({ authorType }: Registration, happening: ChatChange): boolean {
  if (authorType === undefined || happening.action !== 'incoming_event') return true
  const { authorId } = happening.event
  return happening.chat.users.find(({ id }) => id === authorId)?.type === authorType
}

/** HTTP 200 in time is a success, anything else is sent again (docs/providers/livechat.md 7.1). */
function patience({ retries, delayMs }: Rules['switches']['webhookRetries']): RetryPolicy {
  return {
    attempts: 1 + retries,
    delayMs,
    timeoutMs: TIMEOUT_MS,
    isRetryable: (status) => status !== 200,
  }
}
