import { hash } from 'node:crypto'
import type { DocumentNode } from 'graphql'
import type { Caller } from '../../domain/caller.ts'
import { documentBytes } from './document-bytes.ts'
import { sourceKey } from './work-limits.ts'

/** Keys under which a caller's subscriptions and their memory are counted. They contain no credential. */
export interface SubscriptionQuotaKey {
  /** A hash of one operator, one visitor token, or all anonymous callers of one address. */
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
/** Callers with less than this part of the maximum are not reported to other processes. */
const REPORTED_PART = 1 / 50
/** Callers that are reported at most, so that a report stays small: those with the most subscriptions. */
const MAX_REPORTED_CALLERS = 1_000

interface DocumentUsage {
  readonly bytes: number
  subscriptions: number
}

interface SourceUsage {
  bytes: number
  readonly documents: Map<DocumentNode, DocumentUsage>
}

/** Options of a quota. */
export interface SubscriptionQuotaOptions {
  /** Bytes that the subscriptions of one source may occupy in this process; 64 MiB by default. */
  readonly maxBytes?: number
  /** How many subscriptions a caller has at other processes, as far as it is known here; none by default. */
  readonly countElsewhere?: ((caller: string) => number) | undefined
}

/** Limits the active subscriptions of each caller and their memory, over all its sockets and event streams. */
export class SubscriptionQuota {
  readonly #maxPerCaller: number
  readonly #maxBytes: number
  readonly #countElsewhere: (caller: string) => number
  readonly #countByCaller = new Map<string, number>()
  /** The callers that other processes must know of. */
  readonly #reportedCallers = new Set<string>()
  readonly #minReported: number
  readonly #usageBySource = new Map<string, SourceUsage>()
  #size = 0

  constructor(maxPerCaller: number, options: SubscriptionQuotaOptions = {}) {
    this.#maxPerCaller = maxPerCaller
    this.#maxBytes = options.maxBytes ?? MAX_RETAINED_BYTES
    this.#countElsewhere = options.countElsewhere ?? (() => 0)
    this.#minReported = Math.max(1, Math.floor(maxPerCaller * REPORTED_PART))
  }

  /** The number of active subscriptions of all callers. */
  get size(): number {
    return this.#size
  }

  /** Counts one subscription; returns the reason if a limit is reached. Each success needs exactly one `release`. */
  acquire({ caller, source }: SubscriptionQuotaKey, footprint: SubscriptionFootprint): string | null {
    const count = this.#countByCaller.get(caller) ?? 0
    if (count + this.#countElsewhere(caller) >= this.#maxPerCaller)
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
    this.#size += 1
    this.#setCount(caller, count + 1)
    this.#usageBySource.set(source, usage)
    usage.bytes += bytes
    usage.documents.set(footprint.document, document)
    document.subscriptions += 1
    return null
  }

  /** Stops counting one subscription. */
  release({ caller, source }: SubscriptionQuotaKey, footprint: SubscriptionFootprint): void {
    this.#size -= 1
    this.#setCount(caller, (this.#countByCaller.get(caller) ?? 0) - 1)
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

  /** The numbers of subscriptions of the callers that have the most, which other processes must count too. */
  largestCounts(): Readonly<Record<string, number>> {
    const counts = [...this.#reportedCallers].map((caller): readonly [string, number] => [
      caller,
      this.#countByCaller.get(caller) ?? 0,
    ])
    if (counts.length <= MAX_REPORTED_CALLERS) return Object.fromEntries(counts)
    return Object.fromEntries(counts.sort(([, a], [, b]) => b - a).slice(0, MAX_REPORTED_CALLERS))
  }

  #setCount(caller: string, count: number): void {
    if (count > 0) this.#countByCaller.set(caller, count)
    else this.#countByCaller.delete(caller)
    if (count >= this.#minReported) this.#reportedCallers.add(caller)
    else this.#reportedCallers.delete(caller)
  }

  /** Bytes that the subscriptions of one source occupy. */
  retainedBytes(source: string): number {
    return this.#usageBySource.get(source)?.bytes ?? 0
  }
}

/** The keys under which the subscriptions of a caller at this address are counted. */
export function quotaKey(caller: Caller, address: string): SubscriptionQuotaKey {
  const source = sourceKey(caller, address)
  const id = caller.role === 'VISITOR' ? `visitor ${caller.token}` : source
  return { caller: hash('sha256', id, 'base64url'), source }
}
