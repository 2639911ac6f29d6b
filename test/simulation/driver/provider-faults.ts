import type { Fault } from '../../../sandbox/faults.ts'
import type { PushConnection, PushFault } from '../../../sandbox/push-faults.ts'
import type { Command } from '../commands/scenario.ts'
import type { SimulatedProvider } from './simulated-provider.ts'

const SLOW_MS = 60
/** By how much `lag` delays pushes. */
export const LAG_MS = 80

/** The sandbox fault for a command. */
export function wireFaultOf(
  { fault, times }: Extract<Command, { type: 'inject fault' }>,
  { rateLimitFault }: SimulatedProvider,
): Fault {
  switch (fault) {
    case 'rate limit':
      return { ...rateLimitFault, times }
    case 'error 500':
      return { kind: 'answer', status: 500, body: { error: 'internal' }, times }
    case 'half body':
      return { kind: 'half-body', times }
    case 'slow':
      return { kind: 'slow', ms: SLOW_MS, times }
    case 'reset':
    case 'stall':
      return { kind: fault, times }
  }
}

/** Chooses every other connection. */
export function isOfHalf({ number }: PushConnection): boolean {
  return number % 2 === 1
}

const UPGRADE_STATUSES = [403, 404, 502] as const

/** The sandbox fault of the push for a command. */
export function pushFaultOf(
  { fault, pick, ofHalf }: Extract<Command, { type: 'inject push fault' }>,
  { push: { errors } }: SimulatedProvider,
): PushFault {
  const target = ofHalf ? { where: isOfHalf } : {}
  const error = errors[pick % errors.length] ?? {}
  switch (fault) {
    case 'refuse upgrades':
      return { kind: 'refuse-upgrade', status: UPGRADE_STATUSES[pick % UPGRADE_STATUSES.length] ?? 502 }
    case 'refuse logins':
      return { kind: 'refuse-login', error, ...target }
    case 'refuse requests':
      return { kind: 'refuse-request', error, ...target }
    case 'lag':
      return { kind: 'lag', ms: LAG_MS, ...target }
    case 'hold replies':
      return { kind: 'hold-replies', ...target }
    case 'half-open':
    case 'silent':
    case 'hold':
    case 'duplicate':
    case 'reorder':
      return { kind: fault, ...target }
  }
}
