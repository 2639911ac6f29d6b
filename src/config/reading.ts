import type { z } from 'zod'
import type { ConfigIssue } from './error.ts'

/** What came of reading some settings: a value, or everything that stands in its way. */
export type ParseResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly ConfigIssue[] }

/** Gives the faults of a reading, none where it went well. */
export function issuesOf(reading: ParseResult<unknown>): readonly ConfigIssue[] {
  return reading.ok ? [] : reading.faults
}

/** Turns zod's issues into faults. The first step of an issue's path is the variable; a second one is a list position. */
export function toIssues(error: z.ZodError): ConfigIssue[] {
  return error.issues.map(({ path: [variable, position], message }) => ({
    variable: String(variable),
    reason: typeof position === 'number' ? `entry ${position + 1} ${message}` : message,
  }))
}
