import { createHash } from 'node:crypto'
import type { DocumentNode } from 'graphql'
import type { Caller } from '../../domain/caller.ts'
import { documentBytes } from './document-bytes.ts'
import { sourceKey } from './work-limits.ts'

/** Keys under which a caller's subscriptions and their memory are counted. They contain no credential. */
export interface SubscriptionQuotaKey {
  /** One operator, one visitor token, or all anonymous callers of one address. */
  readonly caller: string
  /** One operator, or one address, because a client can invent any number of visitor tokens. */
  readonly source: string
}

/** The memory that one subscription occupies while it is active. */
export interface SubscriptionFootprint {
  /** Subscriptions with the same document share it. */
  readonly document: DocumentNode
  /** Bytes of the variables. */
  readonly variableBytes: number
}

/** Bytes that the documents and variables of one source's subscriptions may occupy together. */
const MAX_RETAINED_BYTES = 64 * 1024 * 1024

interface DocumentUsage {
  readonly bytes: number
  subscriptions: number
}

interface SourceUsage {
  bytes: number
  readonly documents: Map<DocumentNode, DocumentUsage>
}

/** Limits the active subscriptions of each caller and their memory, over all its sockets and event streams. */
export class SubscriptionQuota {
  readonly #maxPerCaller: number
  readonly #maxBytes: number
  readonly #countByCaller = new Map<string, number>()
  readonly #usageBySource = new Map<string, SourceUsage>()

  constructor(maxPerCaller: number, maxBytes: number = MAX_RETAINED_BYTES) {
    this.#maxPerCaller = maxPerCaller
    this.#maxBytes = maxBytes
  }

  /** Counts one subscription; returns the reason if a limit is reached. Each success needs exactly one `release`. */
  acquire({ caller, source }: SubscriptionQuotaKey, footprint: SubscriptionFootprint): string | null {
    const count = this.#countByCaller.get(caller) ?? 0
    if (count >= this.#maxPerCaller)
      return `At most ${this.#maxPerCaller} subscriptions at a time for one caller.`
    const usage = this.#usageBySource.get(source) ?? {
      bytes: 0,
      documents: new Map<DocumentNode, DocumentUsage>(),
    }
    const existing = usage.documents.get(footprint.document)
    const document = existing ?? { bytes: documentBytes(footprint.document), subscriptions: 0 }
    const bytes = footprint.variableBytes + (existing ? 0 : document.bytes)
    if (usage.bytes + bytes > this.#maxBytes)
      return `The documents and variables of one client's subscriptions may take at most ${this.#maxBytes} bytes.`
    this.#countByCaller.set(caller, count + 1)
    this.#usageBySource.set(source, usage)
    usage.bytes += bytes
    usage.documents.set(footprint.document, document)
    document.subscriptions += 1
    return null
  }

  /** Stops counting one subscription. */
  release({ caller, source }: SubscriptionQuotaKey, footprint: SubscriptionFootprint): void {
    const count = this.#countByCaller.get(caller) ?? 0
    if (count > 1) this.#countByCaller.set(caller, count - 1)
    else this.#countByCaller.delete(caller)
    const usage = this.#usageBySource.get(source)
    const document = usage?.documents.get(footprint.document)
    if (!usage || !document) return
    document.subscriptions -= 1
    usage.bytes -= footprint.variableBytes
    if (document.subscriptions > 0) return
    usage.bytes -= document.bytes
    usage.documents.delete(footprint.document)
    if (usage.documents.size === 0) this.#usageBySource.delete(source)
  }

  /** Bytes that the subscriptions of one source occupy. */
  retainedBytes(source: string): number {
    return this.#usageBySource.get(source)?.bytes ?? 0
  }
}

/** The keys under which the subscriptions of a caller at this address are counted. */
export function quotaKey(caller: Caller, address: string): SubscriptionQuotaKey {
  const source = sourceKey(caller, address)
  if (caller.role !== 'VISITOR') return { caller: source, source }
  const digest = createHash('sha256').update(caller.token).digest('base64')
  return { caller: `visitor ${digest}`, source }
}
