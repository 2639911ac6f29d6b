import type { ProviderHealth } from '../../domain/model.ts'
import type { UpstreamRequestReport } from '../../upstream/client.ts'

const FAILURES_UNTIL_DOWN = 3

/** Derives a provider's health from its latest requests; it sends none of its own. */
export class HealthTracker {
  #checkedAt: Date | null = null
  #failures = 0
  #reason: string | null = null

  /** Records one finished request. A caller that disconnected says nothing about the provider. */
  readonly observe = ({ outcome }: UpstreamRequestReport): void => {
    if (outcome === 'aborted') return
    this.#checkedAt = new Date()
    const reason = failureReason(outcome)
    this.#reason = reason
    this.#failures = reason === null || outcome === '429' ? 0 : this.#failures + 1
  }

  /** Health as of the latest request; UNKNOWN before the first. */
  current(): ProviderHealth {
    const checkedAt = this.#checkedAt
    if (checkedAt === null) return { status: 'UNKNOWN', checkedAt, reason: null }
    if (this.#reason === null) return { status: 'UP', checkedAt, reason: null }
    const status = this.#failures >= FAILURES_UNTIL_DOWN ? 'DOWN' : 'DEGRADED'
    return { status, checkedAt, reason: this.#reason }
  }
}

function failureReason(outcome: string): string | null {
  if (outcome === 'not-sent') return 'No connection to the provider.'
  if (outcome === 'lost') return 'The connection to the provider broke.'
  if (outcome === 'timeout') return 'The provider did not respond in time.'
  if (outcome === 'oversized') return 'The provider’s responses are longer than the gateway reads.'
  if (outcome === '429') return 'The provider limits the rate of requests.'
  return outcome.startsWith('5') ? `The provider responded with status ${outcome}.` : null
}
