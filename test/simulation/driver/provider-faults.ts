import type { Fault } from '../../../sandbox/faults.ts'
import type { Command } from '../commands/scenario.ts'
import type { SimulatedProvider } from './simulated-provider.ts'

const SLOW_MS = 60

/** What a step of trouble is to the provider's wire. */
export function wireFaultOf(
  { trouble, times }: Extract<Command, { do: 'trouble' }>,
  stage: SimulatedProvider,
): Fault {
  switch (trouble) {
    case 'too many':
      return { ...stage.rateLimitFault, times }
    case 'error 500':
      return { kind: 'answer', status: 500, body: { error: 'internal' }, times }
    case 'half body':
      return { kind: 'half-body', times }
    case 'slow':
      return { kind: 'slow', ms: SLOW_MS, times }
    case 'reset':
    case 'stall':
      return { kind: trouble, times }
  }
}
