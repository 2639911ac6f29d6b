import { type Config, ConfigError, type ConfigWarning, findConfigWarnings } from './config/index.ts'
import { checkAccount } from './gateway/check-account.ts'
import { checkDocuments } from './gateway/check-documents.ts'
import { describeCheck, works } from './gateway/check-report.ts'
import { createLog } from './log.ts'
import { readProcessConfig, reportConfigError } from './process-settings.ts'

const EXIT_PROVIDER_FAILS = 1

/**
 * Validates the settings and asks each configured account once, without starting anything; the database is not opened. The
 * report goes to standard output, and what is wrong with the settings to standard error.
 */
export async function check(): Promise<void> {
  const config = readProcessConfig()
  if (!config) return
  try {
    checkDocuments(config)
  } catch (error) {
    if (error instanceof ConfigError) return reportConfigError(error)
    throw error
  }
  print('settings  valid')
  for (const warning of findConfigWarnings(config)) print(describeWarning(warning))
  if (config.sandbox) print('No provider is configured: the gateway would start its sandbox.')
  else if (!(await checkAccounts(config))) process.exitCode = EXIT_PROVIDER_FAILS
}

/** Asks all accounts at the same time and prints each report; whether all work. */
async function checkAccounts(config: Config): Promise<boolean> {
  // The report has the reason of each failure, which the log would repeat.
  const log = createLog('silent', process.stderr)
  const checks = await Promise.all(
    config.providers.map(async (account) => ({ account, check: await checkAccount(account, config, log) })),
  )
  for (const { account, check } of checks) print(describeCheck(account, check))
  return checks.every(({ check }) => works(check))
}

function describeWarning({ message, ...about }: ConfigWarning): string {
  return `  warning: ${Object.values(about).join(', ')}: ${message}`
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
