/** One thing wrong with the settings. `reason` goes on from the variable's name and never holds a setting's value. */
export interface ConfigIssue {
  readonly variable: string
  readonly reason: string
}

/** The settings cannot be used. Holds every fault found, not only the first. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly issues: readonly ConfigIssue[]

  constructor(faults: readonly ConfigIssue[]) {
    super(faults.map(line).join('\n'))
    this.issues = faults
  }

  /** `NAME: reason` for each fault, one line each, free of secrets. */
  get issueLines(): readonly string[] {
    return this.issues.map(line)
  }
}

function line({ variable, reason }: ConfigIssue): string {
  return `${variable}: ${reason}`
}
