import { setTimeout as sleep } from 'node:timers/promises'

/** A webhook as it goes out: JSON by POST. */
export interface Webhook {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** How long a sender waits, and how often it tries. Times are milliseconds. */
export interface RetryPolicy {
  readonly attempts: number
  readonly delayMs: number
  readonly timeoutMs: number
  /** Whether it tries again after this status; null is no answer at all. */
  readonly isRetryable: (status: number | null) => boolean
}

/** A webhook in the hands of a test. */
export interface InterceptedWebhook {
  readonly body: unknown
  /** Sends it, with the sender's retries; as often as it is called. Gives the last status, null for no answer. */
  deliver(): Promise<number | null>
}

/** What a test may do with the webhooks of a sandbox. */
export interface WebhookControl {
  /**
   * Hands every webhook to `conductor` in place of sending it: to deliver late, twice, in another order, or not
   * at all. Null sends them by themselves again, which is how a sandbox starts.
   */
  intercept(conductor: ((webhook: InterceptedWebhook) => void) | null): void
}

/** Sends webhooks, until it is closed. Each goes its own way: none waits for another. */
export class WebhookDelivery implements WebhookControl {
  /** Of those under way, each its own: a signal for all would gather their listeners. */
  readonly #leaving = new Set<AbortController>()
  #isClosed = false
  #conductor: ((webhook: InterceptedWebhook) => void) | null = null

  intercept(conductor: ((webhook: InterceptedWebhook) => void) | null): void {
    this.#conductor = conductor
  }

  dispatch(webhook: Webhook, patience: RetryPolicy): void {
    const deliver = () => this.#deliver(webhook, patience)
    if (this.#conductor) this.#conductor({ body: webhook.body, deliver })
    else void deliver()
  }

  /** Gives up whatever is under way or waits for another attempt. */
  close(): void {
    this.#isClosed = true
    for (const leaving of this.#leaving) leaving.abort()
  }

  async #deliver(webhook: Webhook, patience: RetryPolicy): Promise<number | null> {
    if (this.#isClosed) return null
    const leaving = new AbortController()
    this.#leaving.add(leaving)
    const status = await deliver(webhook, patience, leaving.signal)
    this.#leaving.delete(leaving)
    return status
  }
}

/** Sends until it is taken, the patience is at its end, or `signal` aborts; gives the last status. Never rejects. */
async function deliver(webhook: Webhook, patience: RetryPolicy, signal: AbortSignal): Promise<number | null> {
  const { attempts, delayMs, timeoutMs, isRetryable: isWorthAnother } = patience
  let status: number | null = null
  for (let attempt = 1; attempt <= attempts && !signal.aborted; attempt += 1) {
    status = await send(webhook, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]))
    if (attempt === attempts || !isWorthAnother(status)) break
    // Rejects when the courier closes.
    await sleep(delayMs, undefined, { signal, ref: false }).catch(() => {})
  }
  return status
}

/** One attempt; gives null for no answer. */
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
