import type { z } from 'zod'
import type { LiveChatConfig, ProviderConfig, ProviderKind, RocketChatConfig } from './config.ts'
import type { ConfigIssue } from './error.ts'
import { type ParseResult, toIssues } from './reading.ts'

/** The values of one account by variable, not yet parsed; a setting that is absent has no key. */
export type Given = Readonly<Record<string, unknown>>

/** The first setting is of use only together with the second. */
export type Need = readonly [setting: string, needed: string]

/** All that is known about one kind's settings: the environment and PROVIDERS_FILE are both read by it. */
export interface ProviderTable {
  readonly kind: ProviderKind
  /** The name of the one account that the environment can describe. */
  readonly defaultName: string
  readonly variables: readonly string[]
  /** An account has at least one of these. */
  readonly anchors: readonly [string, ...string[]]
  needs(given: Given): readonly Need[]
  readonly schema: z.ZodType<Omit<RocketChatConfig, 'name'> | Omit<LiveChatConfig, 'name'>>
}

/**
 * Reads one account. `label` gives the word for a variable in this form (the variable itself, or the file's key).
 * Faults come by variable in either form.
 */
export function readProvider(
  table: ProviderTable,
  name: string,
  given: Given,
  label: (variable: string) => string,
): ParseResult<ProviderConfig> {
  const missing = missingSettings(table, given, label)
  const { success, data, error } = table.schema.safeParse(given)
  if (success && missing.size === 0) return { ok: true, value: { name, ...data } }
  const malformed = success ? [] : toIssues(error).filter(({ variable }) => !missing.has(variable))
  return { ok: false, faults: [...missing.values(), ...malformed] }
}

function missingSettings(
  { anchors, needs }: ProviderTable,
  given: Given,
  label: (variable: string) => string,
): ReadonlyMap<string, ConfigIssue> {
  const missing = new Map<string, ConfigIssue>()
  const has = (variable: string) => Object.hasOwn(given, variable)
  for (const [setting, variable] of needs(given)) {
    if (!has(setting) || has(variable) || missing.has(variable)) continue
    missing.set(variable, { variable, reason: `is missing, but ${label(setting)} needs it` })
  }
  if (!anchors.some((anchor) => has(anchor) || missing.has(anchor))) {
    const [variable, ...others] = anchors
    const choice = others.map((other) => `, and so is ${label(other)}: one of them is needed`)
    missing.set(variable, { variable, reason: `is missing${choice.join('')}` })
  }
  return missing
}
