import type { Fault } from '../../../sandbox/faults.ts'
import type { Command } from '../commands/scenario.ts'
import type { SimulatedProvider } from './simulated-provider.ts'

const SLOW_MS = 60

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
