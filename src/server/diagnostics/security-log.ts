import type { Logger } from 'pino'
import { Counter, type Registry } from 'prom-client'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Caller } from '../../domain/caller.ts'

/** Why a request was refused for security: the label of its counter and the `reason` of its log line. */
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
  'request_size',
  'untrusted_document',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** What a log line says of a refused request. It holds no credential and no text of the client's. */
export interface RefusalDetails {
  /** The client's address as limits count it; null where the transport does not tell. */
  readonly address: string | null
  /** The operator's configured name, where one is known. */
  readonly operator?: string
  /** Which check failed, in the gateway's words. */
  readonly detail?: string
}

/** The details of a caller that was identified. */
export function refusalDetails(caller: Caller, address: string | null): RefusalDetails {
  return caller.role === 'OPERATOR' ? { address, operator: caller.name } : { address }
}

/** Records requests that were refused for security. */
export interface SecurityLog {
  /** Counts a refusal, and logs it unless too many of its reason were logged within the last minute. */
  recordRefusal(reason: RefusalReason, details: RefusalDetails): void
}

/** Refusals of one reason that are logged per minute; all are counted. */
const LINES_PER_MINUTE = 10

/** Creates the log and registers its counter, `switchboard_refused_requests_total`. */
export function createSecurityLog(log: Logger, registry: Registry): SecurityLog {
  const counter = new Counter({
    name: 'switchboard_refused_requests_total',
    help: 'Requests refused for security, by reason.',
    labelNames: ['reason'],
    registers: [registry],
  })
  // A reason that never occurs still shows as 0, so that an alarm on its increase works from the start.
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
