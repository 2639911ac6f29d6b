import type { z } from 'zod'
import { didYouMean } from './similar-names.ts'

/** One thing wrong with the settings. `reason` continues the variable's name and never holds a setting's value. */
export interface ConfigIssue {
  readonly variable: string
  readonly reason: string
}

/** The settings cannot be used. Holds every issue, not only the first. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly issues: readonly ConfigIssue[]

  constructor(issues: readonly ConfigIssue[]) {
    super(issues.map(toLine).join('\n'))
    this.issues = issues
  }

  /** `NAME: reason` for each issue, one line each, free of secrets. */
  get issueLines(): readonly string[] {
    return this.issues.map(toLine)
  }
}

function toLine({ variable, reason }: ConfigIssue): string {
  return `${variable}: ${reason}`
}

/** An issue of a setting, by its path in the parsed value: `reason` continues the name of that place. */
export interface PathIssue {
  readonly path: readonly PropertyKey[]
  readonly reason: string
}

/** Converts zod's issues. `knownKeys` lists the keys of the object at a path, to which an unknown key may be close. */
export function toPathIssues(
  error: z.ZodError,
  knownKeys: (path: readonly PropertyKey[]) => readonly string[],
): readonly PathIssue[] {
  return error.issues.flatMap((issue): PathIssue[] => {
    const { path } = issue
    if (issue.code !== 'unrecognized_keys') return [{ path, reason: issue.message }]
    return issue.keys.map((key) => ({
      path,
      reason: `has an unknown key ${JSON.stringify(key)}${didYouMean(key, knownKeys(path))}`,
    }))
  })
}

/** The place of an issue in a file: `ann.agents.support.token`, `ann.permissions entry 2`. */
export function placeOf([name, ...path]: readonly PropertyKey[]): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return ` entry ${step + 1}`
    const key = String(step)
    return /^[\w-]+$/.test(key) ? `.${key}` : `.${JSON.stringify(key)}`
  })
  return [String(name), ...steps].join('')
}

/** Finds settings that are absent although another one needs them, with the reason. `label` names a setting in a reason. */
export function missingSettings(
  dependencies: readonly (readonly [setting: string, required: string])[],
  isSet: (setting: string) => boolean,
  label: (setting: string) => string,
): Map<string, string> {
  const missing = new Map<string, string>()
  for (const [setting, required] of dependencies) {
    if (!isSet(setting) || isSet(required) || missing.has(required)) continue
    missing.set(required, `is missing, but ${label(setting)} needs it`)
  }
  return missing
}

/** Formats the issues of an entry of a file. A text whose references cannot be resolved has no other issue. */
export function toReasons(
  name: string,
  unresolved: readonly PathIssue[],
  invalid: readonly PathIssue[],
): readonly string[] {
  const toPlace = ({ path }: PathIssue) => placeOf([name, ...path])
  const unresolvedPlaces = new Set(unresolved.map(toPlace))
  const others = invalid.filter((issue) => !unresolvedPlaces.has(toPlace(issue)))
  return [...unresolved, ...others].map((issue) => `${toPlace(issue)} ${issue.reason}`)
}
