import type { z } from 'zod'
import type { Fault } from './error.ts'

/** What came of reading some settings: a value, or everything that stands in its way. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** Gives the faults of a reading, none where it went well. */
export function faultsOf(reading: Reading<unknown>): readonly Fault[] {
  return reading.ok ? [] : reading.faults
}

/** Turns zod's issues into faults. The first step of an issue's path is the variable; a second one is a list position. */
export function toFaults(error: z.ZodError): Fault[] {
  return error.issues.map(({ path: [variable, position], message }) => ({
    variable: String(variable),
    reason: typeof position === 'number' ? `entry ${position + 1} ${message}` : message,
  }))
}
