import { createHash, randomUUID } from 'node:crypto'
import type { Call, ChatAdapter, OfflineDraft } from '../chat/adapter.ts'
import { ChatError } from '../chat/errors.ts'
import type { OfflineMessage } from '../chat/model.ts'

const KEYS_KEPT = 10_000

interface Accepted {
  readonly fingerprint: string
  readonly sent: Promise<OfflineMessage>
}

/**
 * Sends offline messages, each idempotency key once in this process's life. Rocket.Chat recognises no
 * repetition, so a key whose outcome is unknown keeps that outcome: it is never sent again by itself.
 */
export class Outbox {
  readonly #accepted = new Map<string, Accepted>()

  /** Resolves with the message as sent; rejects with the reason why it was not, or may not have been. */
  async send(
    adapter: ChatAdapter,
    draft: OfflineDraft,
    idempotencyKey: string | null,
    call: Call,
  ): Promise<OfflineMessage> {
    if (idempotencyKey === null) return deliver(adapter, draft, call)
    const key = JSON.stringify([adapter.name, idempotencyKey])
    const fingerprint = createHash('sha256').update(JSON.stringify(draft)).digest('base64url')
    const known = this.#accepted.get(key)
    if (known && known.fingerprint !== fingerprint) {
      const detail = 'This idempotency key was used with another input.'
      throw new ChatError('CONFLICT', detail, { field: 'idempotencyKey', provider: adapter.name })
    }
    if (known) return known.sent
    const sent = deliver(adapter, draft, call)
    this.#keep(key, { fingerprint, sent })
    return sent
  }

  #keep(key: string, accepted: Accepted): void {
    this.#accepted.set(key, accepted)
    const [oldest] = this.#accepted.keys()
    if (this.#accepted.size > KEYS_KEPT && oldest !== undefined) this.#accepted.delete(oldest)
    accepted.sent.catch((error: unknown) => {
      // What certainly did not arrive may be tried again under the same key.
      const unknown = error instanceof ChatError && error.code === 'OUTCOME_UNKNOWN'
      if (!unknown && this.#accepted.get(key) === accepted) this.#accepted.delete(key)
    })
  }
}

async function deliver(adapter: ChatAdapter, draft: OfflineDraft, call: Call): Promise<OfflineMessage> {
  // Once under way, a mail is not called back because its sender left: the answer is what tells its outcome.
  await adapter.sendOfflineMessage(draft, { ...call, signal: new AbortController().signal })
  const receivedAt = new Date()
  return {
    type: 'OfflineMessage',
    provider: adapter.name,
    key: randomUUID(),
    nativeId: null,
    name: draft.name,
    email: draft.email,
    text: draft.text,
    rawText: draft.text,
    departmentId: null,
    receivedAt,
    receivedOn: receivedAt.toISOString().slice(0, 10),
    delivery: { state: 'SENT', attempts: 1, lastError: null, nextAttemptAt: null },
  }
}
