import { z } from 'zod'

/** How a process uses the providers' limits, by account and route. */
export interface LimitUse {
  /** The limits of which it uses more than a little. */
  readonly busyLimits: readonly string[]
  /** Those among them of which it uses more than an equal part, or is about to. */
  readonly grownLimits: readonly string[]
}

/** The report of one process to the others that share its database. It contains no credential. */
export interface ReplicaReport extends LimitUse {
  /** Active subscriptions of the callers that have many, by a hash of the caller. */
  readonly subscriptions: Readonly<Record<string, number>>
}

/** A process that is alive, and its last report; null if it has not reported anything, as versions before reports. */
export interface LiveReplica {
  readonly worker: string
  readonly report: ReplicaReport | null
}

const reportSchema = z.object({
  busyLimits: z.array(z.string()),
  grownLimits: z.array(z.string()),
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
