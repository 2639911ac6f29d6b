import type { CallContext } from '../../../domain/adapter.ts'
import type { VisitorDetails } from '../../../domain/model.ts'
import { TtlCache } from '../../shared/ttl-cache.ts'
import { hasErrorCode } from '../errors.ts'
import type { AgentClient } from './agent-client.ts'
import { visitorInfoResponse } from './agent-wire.ts'

const TTL_MS = 60_000
const MAX_VISITORS = 5_000

/**
 * Addresses, phone numbers and fields of visitors, of which rooms contain at most the number. Each visitor costs one request a minute
 * (docs/providers/rocketchat.md 4.3).
 */
export class AgentVisitorDetails {
  readonly #client: AgentClient
  readonly #detailsById = new TtlCache<VisitorDetails>(TTL_MS, MAX_VISITORS)

  constructor(client: AgentClient) {
    this.#client = client
  }

  /** Returns null for an unknown visitor. */
  async read(visitorId: string, call: CallContext): Promise<VisitorDetails | null> {
    const known = this.#detailsById.get(visitorId)
    if (known) return known
    const request = {
      method: 'GET',
      route: '/api/v1/livechat/visitors.info',
      query: { visitorId },
      permission: 'view-l-room',
    } as const
    try {
      const { email, phone, customFields } = await this.#client.send(request, visitorInfoResponse, call)
      const details = { email, phone, customFields }
      this.#detailsById.set(visitorId, details)
      return details
    } catch (error) {
      if (hasErrorCode(error, 'visitor-not-found')) return null
      throw error
    }
  }
}
