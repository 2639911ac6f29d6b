import { setTimeout as sleep } from 'node:timers/promises'

/** An outgoing webhook: JSON by POST. */
export interface Webhook {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** The timeout and the retries of a webhook. Times are in milliseconds. */
export interface RetryPolicy {
  readonly attempts: number
  readonly delayMs: number
  readonly timeoutMs: number
  /** Whether to retry after this status; null is no response. */
  readonly isRetryable: (status: number | null) => boolean
}

/** A webhook that a test intercepted. */
export interface InterceptedWebhook {
  readonly body: unknown
  /** Sends it with retries, each time it is called. Resolves with the last status, null for no response. */
  deliver(): Promise<number | null>
}

/** The control of a sandbox's webhooks for tests. */
export interface WebhookControl {
  /**
   * Passes every webhook to `interceptor` instead of sending it, to deliver it late, twice, in another order, or
   * not at all. Null restores normal sending, the default.
   */
  intercept(interceptor: ((webhook: InterceptedWebhook) => void) | null): void
}

/** Sends webhooks until it is closed, all concurrently. */
export class WebhookDelivery implements WebhookControl {
  /** One controller for each webhook in flight: a shared signal would accumulate listeners. */
  readonly #inFlight = new Set<AbortController>()
  #isClosed = false
  #interceptor: ((webhook: InterceptedWebhook) => void) | null = null

  intercept(interceptor: ((webhook: InterceptedWebhook) => void) | null): void {
    this.#interceptor = interceptor
  }

  dispatch(webhook: Webhook, policy: RetryPolicy): void {
    const deliver = () => this.#deliver(webhook, policy)
    if (this.#interceptor) this.#interceptor({ body: webhook.body, deliver })
    else void deliver()
  }

  /** Cancels all webhooks in flight and all retries. */
  close(): void {
    this.#isClosed = true
    for (const controller of this.#inFlight) controller.abort()
  }

  async #deliver(webhook: Webhook, policy: RetryPolicy): Promise<number | null> {
    if (this.#isClosed) return null
    const controller = new AbortController()
    this.#inFlight.add(controller)
    const status = await deliver(webhook, policy, controller.signal)
    this.#inFlight.delete(controller)
    return status
  }
}

/**
 * Sends until it succeeds, no attempt is left, or `signal` aborts. Resolves with the last status, and never
 * rejects.
 */
async function deliver(webhook: Webhook, policy: RetryPolicy, signal: AbortSignal): Promise<number | null> {
  const { attempts, delayMs, timeoutMs, isRetryable } = policy
  let status: number | null = null
  for (let attempt = 1; attempt <= attempts && !signal.aborted; attempt += 1) {
    status = await send(webhook, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]))
    if (attempt === attempts || !isRetryable(status)) break
    // Rejects when the delivery is closed.
    await sleep(delayMs, undefined, { signal, ref: false }).catch(() => {})
  }
  return status
}

/** Makes one attempt. Resolves with null for no response. */
async function send({ url, headers, body }: Webhook, signal: AbortSignal): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal,
    })
    await response.text()
    return response.status
  } catch {
    return null
  }
}
