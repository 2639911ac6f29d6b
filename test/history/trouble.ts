import type { Fault } from '../../src/sandbox/faults.ts'
import type { Step } from './script.ts'
import type { Stage } from './stage.ts'

const SLOW_MS = 60

/** What a step of trouble is to the provider's wire. */
export function faultOf({ trouble, times }: Extract<Step, { do: 'trouble' }>, stage: Stage): Fault {
  switch (trouble) {
    case 'too many':
      return { ...stage.tooMany, times }
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
