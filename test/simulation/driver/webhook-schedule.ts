import type { InterceptedWebhook, WebhookControl } from '../../../sandbox/webhook-delivery.ts'
import type { WebhookTiming } from '../commands/scenario.ts'

/** Lets a provider's webhooks come as a script wants them. `before` is to be called before anything happens. */
export function scheduleWebhooks(webhooks: WebhookControl, hints: WebhookTiming): { before(): void } {
  let last: InterceptedWebhook | null = null
  let count = 0
  if (hints === 'none' || hints === 'due') return { before: () => {} }
  webhooks.intercept((webhook) => {
    count += 1
    if (hints === 'twice') deliver(webhook, webhook)
    if (hints === 'some' && count % 2 === 0) deliver(webhook)
    // Each comes behind the one after it.
    if (hints === 'late' && last) deliver(webhook, last)
    last = hints === 'late' && last ? null : webhook
  })
  return {
    before: () => {
      if (hints === 'early' && last) deliver(last)
    },
  }
}

/** One behind the other; nobody waits for them. */
function deliver(...webhooks: readonly InterceptedWebhook[]): void {
  webhooks.reduce(
    (before: Promise<unknown>, webhook) => before.then(() => webhook.deliver()),
    Promise.resolve(),
  )
}
