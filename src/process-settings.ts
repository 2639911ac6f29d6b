import { readFileSync } from 'node:fs'
import { type Config, ConfigError, type Environment, loadConfig, readEnvironment } from './config/index.ts'

/** Exit code for settings that cannot be used. */
export const EXIT_INVALID_SETTINGS = 2

/**
 * Reads the configuration from the environment and the `.env` file of the current directory. Null after printing what is wrong
 * with the settings: the process then ends with code 2.
 */
export function readProcessConfig(): Config | null {
  try {
    return loadConfig(environment(), { readText })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    reportConfigError(error)
    return null
  }
}

/** Prints what is wrong with the settings, one line each, and sets the exit code. */
export function reportConfigError(error: ConfigError): void {
  process.stderr.write(`${error.issueLines.join('\n')}\n`)
  process.exitCode = EXIT_INVALID_SETTINGS
}

/** The library of OpenTelemetry reads its variables from the environment of the process, so those of `.env` are added there. */
function environment(): Environment {
  const variables = readEnvironment(process.env, readText('.env'))
  for (const [name, value] of Object.entries(variables)) {
    if (name.startsWith('OTEL_') && value !== undefined) process.env[name] = value
  }
  return variables
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
