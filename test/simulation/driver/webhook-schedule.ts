import type { InterceptedWebhook, WebhookControl } from '../../../sandbox/webhook-delivery.ts'
import type { WebhookTiming } from '../commands/scenario.ts'

/** Delivers a provider's webhooks with the scenario's timing. Call `before` before each change. */
export function scheduleWebhooks(webhooks: WebhookControl, timing: WebhookTiming): { before(): void } {
  let last: InterceptedWebhook | null = null
  let count = 0
  if (timing === 'none' || timing === 'due') return { before: () => {} }
  webhooks.intercept((webhook) => {
    count += 1
    if (timing === 'twice') deliver(webhook, webhook)
    if (timing === 'some' && count % 2 === 0) deliver(webhook)
    // Every other webhook arrives after the one that follows it.
    if (timing === 'late' && last) deliver(webhook, last)
    last = timing === 'late' && last ? null : webhook
  })
  return {
    before: () => {
      if (timing === 'early' && last) deliver(last)
    },
  }
}

/** Delivers one after the other, in the background. */
function deliver(...webhooks: readonly InterceptedWebhook[]): void {
  webhooks.reduce(
    (previous: Promise<unknown>, webhook) => previous.then(() => webhook.deliver()),
    Promise.resolve(),
  )
}
