import { LRUCache } from 'lru-cache'
import { runAsSpan, type SpanReference, type Tracing } from '../tracing/tracing.ts'
import type { AttemptOutcome, StoredMessage } from './offline-store.ts'

/** Operations that are remembered: for a link a long queue may do without the rest. */
const MAX_OPERATIONS = 1_000

/** Records attempts to deliver offline messages as spans, with links to the operations that asked for them. */
export class DeliverySpans {
  readonly #tracing: Tracing
  /** By the id of the message. */
  readonly #operations = new LRUCache<string, SpanReference>({ max: MAX_OPERATIONS })

  constructor(tracing: Tracing) {
    this.#tracing = tracing
  }

  /** An operation has accepted the message, or retries it. */
  onRequested(id: string): void {
    const { active } = this.#tracing
    if (active) this.#operations.set(id, active.reference)
  }

  /** Runs an attempt as a span. It begins a trace: any operation may have started the queue. */
  run(
    provider: string,
    { id, attempts }: Pick<StoredMessage, 'id' | 'attempts'>,
    attempt: () => Promise<AttemptOutcome>,
  ): Promise<AttemptOutcome> {
    const operation = this.#operations.get(id)
    const start = {
      name: 'deliver offline message',
      kind: 'internal',
      attributes: { 'switchboard.provider': provider, 'switchboard.delivery.attempt': attempts },
      parent: null,
      links: operation ? [operation] : [],
    } as const
    return runAsSpan(
      this.#tracing,
      start,
      async (span) => {
        const outcome = await attempt()
        span.set({ 'switchboard.delivery.state': outcome.state })
        if (outcome.state === 'SENT') this.#operations.delete(id)
        else span.fail(outcome.state)
        return outcome
      },
      () => 'unexpected',
    )
  }
}
