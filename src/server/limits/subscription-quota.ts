import { createHash } from 'node:crypto'
import type { DocumentNode } from 'graphql'
import type { Caller } from '../../domain/caller.ts'
import { documentBytes } from '../graphql/document-cache.ts'
import type { SubscriptionFootprint } from '../shared-subscriptions/subscription-request.ts'
import { sourceKey } from './work-limits.ts'

/** Under which names a caller's subscriptions and their memory are counted. It holds no credential. */
export interface SubscriptionQuotaKey {
  /** One operator, one visitor token, or those of one address without either. */
  readonly caller: string
  /** One operator, or one address: visitor tokens can be invented. */
  readonly source: string
}

/** Bytes that the documents and variables of one source's subscriptions may hold together. */
export const MAX_RETAINED_BYTES = 64 * 1024 * 1024

interface KeptDocument {
  readonly bytes: number
  /** How many subscriptions keep it. */
  keepers: number
}

interface Holding {
  bytes: number
  readonly documents: Map<DocumentNode, KeptDocument>
}

/**
 * How many subscriptions each caller has at the moment, over all its sockets and streams, how many it may have, and
 * how much memory they hold.
 */
export class SubscriptionQuota {
  readonly #most: number
  readonly #maxBytes: number
  readonly #taken = new Map<string, number>()
  readonly #held = new Map<string, Holding>()

  constructor(most: number, maxBytes: number = MAX_RETAINED_BYTES) {
    this.#most = most
    this.#maxBytes = maxBytes
  }

  /** Takes a place, or gives why there is none. Every place that is taken is given back once. */
  acquire({ caller, source }: SubscriptionQuotaKey, held: SubscriptionFootprint): string | null {
    const taken = this.#taken.get(caller) ?? 0
    if (taken >= this.#most) return `At most ${this.#most} subscriptions at a time for one caller.`
    const holding = this.#held.get(source) ?? { bytes: 0, documents: new Map<DocumentNode, KeptDocument>() }
    const kept = holding.documents.get(held.document)
    const document = kept ?? { bytes: documentBytes(held.document), keepers: 0 }
    const bytes = held.variableBytes + (kept ? 0 : document.bytes)
    if (holding.bytes + bytes > this.#maxBytes)
      return `The subscriptions of one client hold ${this.#maxBytes} bytes at most in documents and variables.`
    this.#taken.set(caller, taken + 1)
    this.#held.set(source, holding)
    holding.bytes += bytes
    holding.documents.set(held.document, document)
    document.keepers += 1
    return null
  }

  /** Gives one place back. */
  release(
    { caller, source }: SubscriptionQuotaKey,
    { document, variableBytes }: SubscriptionFootprint,
  ): void {
    const taken = this.#taken.get(caller) ?? 0
    if (taken > 1) this.#taken.set(caller, taken - 1)
    else this.#taken.delete(caller)
    const holding = this.#held.get(source)
    const kept = holding?.documents.get(document)
    if (!holding || !kept) return
    kept.keepers -= 1
    holding.bytes -= variableBytes
    if (kept.keepers > 0) return
    holding.bytes -= kept.bytes
    holding.documents.delete(document)
    if (holding.documents.size === 0) this.#held.delete(source)
  }

  /** Bytes that a source's subscriptions hold. */
  retainedBytes(source: string): number {
    return this.#held.get(source)?.bytes ?? 0
  }
}

/** Where a caller's subscriptions are counted. */
export function quotaKey(caller: Caller, address: string): SubscriptionQuotaKey {
  const source = sourceKey(caller, address)
  if (caller.role !== 'VISITOR') return { caller: source, source }
  const digest = createHash('sha256').update(caller.token).digest('base64')
  return { caller: `visitor ${digest}`, source }
}
