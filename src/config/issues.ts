import type { z } from 'zod'

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

/** Converts zod's issues. The first step of an issue's path is the setting's key; a second one is a list position. */
export function keyIssues(error: z.ZodError): readonly { readonly key: string; readonly reason: string }[] {
  return error.issues.map(({ path: [key, index], message }) => ({
    key: String(key),
    reason: typeof index === 'number' ? `entry ${index + 1} ${message}` : message,
  }))
}

/**
 * Finds settings that are absent although another one needs them: one issue for each, by the missing setting. `label` is the
 * word for a setting in the message.
 */
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
