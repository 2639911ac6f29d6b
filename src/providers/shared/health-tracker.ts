import type { ProviderHealth } from '../../domain/model.ts'
import type { UpstreamRequestReport } from '../../upstream/client.ts'

const FAILURES_UNTIL_DOWN = 3

/** A provider's health as its last calls told it: no call is made only to know. */
export class HealthTracker {
  #checkedAt: Date | null = null
  #failures = 0
  #reason: string | null = null

  /** Takes note of one finished call. A caller who left says nothing about the provider. */
  readonly observe = ({ outcome }: UpstreamRequestReport): void => {
    if (outcome === 'aborted') return
    this.#checkedAt = new Date()
    const reason = trouble(outcome)
    this.#reason = reason
    this.#failures = reason === null || outcome === '429' ? 0 : this.#failures + 1
  }

  /** Marks what only the answer's content could tell, e.g. a refused service account. */
  markDown(reason: string): void {
    this.#checkedAt = new Date()
    this.#reason = reason
    this.#failures = FAILURES_UNTIL_DOWN
  }

  /** As of the last call; UNKNOWN before the first. */
  current(): ProviderHealth {
    const checkedAt = this.#checkedAt
    if (checkedAt === null) return { status: 'UNKNOWN', checkedAt, reason: null }
    if (this.#reason === null) return { status: 'UP', checkedAt, reason: null }
    const status = this.#failures >= FAILURES_UNTIL_DOWN ? 'DOWN' : 'DEGRADED'
    return { status, checkedAt, reason: this.#reason }
  }
}

function trouble(outcome: string): string | null {
  if (outcome === 'not-sent') return 'No connection to the provider.'
  if (outcome === 'lost') return 'The connection to the provider broke.'
  if (outcome === 'timeout') return 'The provider did not answer in time.'
  if (outcome === 'oversized') return 'The provider’s answers are longer than the gateway reads.'
  if (outcome === '429') return 'The provider limits the rate of calls.'
  return outcome.startsWith('5') ? `The provider answered ${outcome}.` : null
}
