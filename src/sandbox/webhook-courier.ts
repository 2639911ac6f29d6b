import { setTimeout as sleep } from 'node:timers/promises'

/** A webhook as it goes out: JSON by POST. */
export interface Webhook {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** How long a sender waits, and how often it tries. Times are milliseconds. */
export interface Patience {
  readonly attempts: number
  readonly delayMs: number
  readonly timeoutMs: number
  /** Whether it tries again after this status; null is no answer at all. */
  readonly isWorthAnother: (status: number | null) => boolean
}

/** A webhook in the hands of a test. */
export interface HeldWebhook {
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
  conduct(conductor: ((webhook: HeldWebhook) => void) | null): void
}

/** Sends webhooks, until it is closed. Each goes its own way: none waits for another. */
export class WebhookCourier implements WebhookControl {
  readonly #closing = new AbortController()
  #conductor: ((webhook: HeldWebhook) => void) | null = null

  conduct(conductor: ((webhook: HeldWebhook) => void) | null): void {
    this.#conductor = conductor
  }

  dispatch(webhook: Webhook, patience: Patience): void {
    const deliver = () => this.#deliver(webhook, patience)
    if (this.#conductor) this.#conductor({ body: webhook.body, deliver })
    else void deliver()
  }

  /** Gives up whatever is under way or waits for another attempt. */
  close(): void {
    this.#closing.abort()
  }

  async #deliver(webhook: Webhook, patience: Patience): Promise<number | null> {
    const { attempts, delayMs, isWorthAnother } = patience
    let status: number | null = null
    for (let attempt = 1; attempt <= attempts && !this.#closing.signal.aborted; attempt += 1) {
      status = await this.#attempt(webhook, patience.timeoutMs)
      if (attempt === attempts || !isWorthAnother(status)) break
      // Rejects when the courier closes.
      await sleep(delayMs, undefined, { signal: this.#closing.signal, ref: false }).catch(() => {})
    }
    return status
  }

  async #attempt({ url, headers, body }: Webhook, timeoutMs: number): Promise<number | null> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(timeoutMs)]),
      })
      await response.text()
      return response.status
    } catch {
      return null
    }
  }
}
