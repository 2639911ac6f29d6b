import type { Logger } from 'pino'
import { Counter, type Registry } from 'prom-client'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Caller } from '../../domain/caller.ts'

/** Reasons for which a request is refused: the label of the counter and the `reason` in the log. */
export const refusalReasons = [
  'operator_key',
  'jwt',
  'visitor_token',
  'origin',
  'host',
  'rate_limit',
  'sockets',
  'subscriptions',
  'operations',
  'transfers',
  'request_size',
  'untrusted_document',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** The details of a refused request for the log. They contain no credential and no text of the client. */
export interface RefusalDetails {
  /** The client's address as limits count it; null if it is unknown. */
  readonly address: string | null
  /** The configured name of the operator, if it is known. */
  readonly operator?: string
  /** The check that failed. */
  readonly detail?: string
}

/** The details of an identified caller. */
export function refusalDetails(caller: Caller, address: string | null): RefusalDetails {
  return caller.role === 'OPERATOR' ? { address, operator: caller.name } : { address }
}

/** Records requests that were refused for security. */
export interface SecurityLog {
  /** Counts a refusal, and logs it unless the limit of log lines for its reason is reached. */
  recordRefusal(reason: RefusalReason, details: RefusalDetails): void
}

/** Log lines per minute and reason. All refusals are counted. */
const LINES_PER_MINUTE = 10

/** Creates the security log and its counter. */
export function createSecurityLog(log: Logger, registry: Registry): SecurityLog {
  const counter = new Counter({
    name: 'switchboard_refused_requests_total',
    help: 'Requests refused for security reasons: credentials, origins, hosts, limits and untrusted documents.',
    labelNames: ['reason'],
    registers: [registry],
  })
  // Reasons that have not occurred show as 0, so that an alert on an increase works from the start.
  for (const reason of refusalReasons) counter.inc({ reason }, 0)
  const lines = new RateLimiterMemory({ points: LINES_PER_MINUTE, duration: 60 })
  const suppressed = new Map<RefusalReason, number>()

  return {
    recordRefusal(reason, details) {
      counter.inc({ reason })
      lines.consume(reason).then(
        () => {
          log.warn({ reason, ...details, suppressed: suppressed.get(reason) ?? 0 }, 'request refused')
          suppressed.delete(reason)
        },
        () => void suppressed.set(reason, (suppressed.get(reason) ?? 0) + 1),
      )
    },
  }
}
