import { z } from 'zod'

/** Requests of a limit that one process leaves to another, in the window that ends at `resetAt` of the provider's clock. */
export interface PermitLoan {
  readonly limit: string
  /** The other process: the lender where it is wanted, the borrower where it is lent. */
  readonly worker: string
  readonly resetAt: number
  /** The total in this window. */
  readonly count: number
}

/** What a process could lend, wants and has lent. */
export interface PermitReport {
  /** Requests that it does not need, by limit. */
  readonly spare: Readonly<Record<string, number>>
  readonly wanted: readonly PermitLoan[]
  readonly lent: readonly PermitLoan[]
}

/** How a process uses the providers' limits, by account and route. */
export interface LimitUse extends PermitReport {
  /** The limits of which it uses more than a little. */
  readonly busyLimits: readonly string[]
  /** Those among them of which it uses more than an equal part, or is about to. */
  readonly grownLimits: readonly string[]
}

/** The report of one process to the others that share its database. It contains no credential. */
export interface ReplicaReport extends LimitUse {
  /** Active subscriptions of the callers that have many, by a keyed hash of the caller. */
  readonly subscriptions: Readonly<Record<string, number>>
}

/** A process that is alive, and its last report; null if it has not reported anything, as versions before reports. */
export interface LiveReplica {
  readonly worker: string
  readonly report: ReplicaReport | null
}

const loanSchema = z.object({
  limit: z.string(),
  worker: z.string(),
  resetAt: z.number(),
  count: z.number(),
})

const reportSchema = z.object({
  busyLimits: z.array(z.string()),
  grownLimits: z.array(z.string()),
  // Versions before loans report none of them.
  spare: z.record(z.string(), z.number()).default({}),
  wanted: z.array(loanSchema).default([]),
  lent: z.array(loanSchema).default([]),
  subscriptions: z.record(z.string(), z.number()),
})

/** Encodes a report for the store. */
export function encodeReport(report: ReplicaReport): string {
  return JSON.stringify(report)
}

/** Decodes a report of any process; null if another version encoded it differently. */
export function decodeReport(encoded: string): ReplicaReport | null {
  try {
    return reportSchema.parse(JSON.parse(encoded))
  } catch {
    return null
  }
}
