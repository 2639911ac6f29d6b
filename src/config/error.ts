/** One thing wrong with the settings. `reason` goes on from the variable's name and never holds a setting's value. */
export interface Fault {
  readonly variable: string
  readonly reason: string
}

/** The settings cannot be used. Holds every fault found, not only the first. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(faults.map(line).join('\n'))
    this.faults = faults
  }

  /** `NAME: reason` for each fault, one line each, free of secrets. */
  get lines(): readonly string[] {
    return this.faults.map(line)
  }
}

function line({ variable, reason }: Fault): string {
  return `${variable}: ${reason}`
}
