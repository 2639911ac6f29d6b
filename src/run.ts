import { readFileSync } from 'node:fs'
import { destination, type Logger } from 'pino'
import { type Config, ConfigError, type Environment, loadConfig, readEnvironment } from './config/index.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { createLog } from './log.ts'
import { type OpenSandbox, openSandbox } from './sandbox/open-sandbox.ts'

const EXIT_BAD_SETTINGS = 2

/** The process: settings in, doors open, until a signal closes them. */
export async function run(): Promise<void> {
  const config = readConfig()
  if (!config) {
    process.exitCode = EXIT_BAD_SETTINGS
    return
  }
  // Standard output is for people; the log is for machines and goes beside it.
  const log = createLog(config.logLevel, destination(2))
  try {
    await serve(config, log)
  } catch (error) {
    log.fatal({ err: error }, 'could not start')
    process.exitCode = 1
  }
}

async function serve(config: Config, log: Logger): Promise<void> {
  for (const note of withoutEffect(config)) log.warn(note)
  const sandbox = config.sandbox ? await openSandbox() : null
  const gateway = await openGateway(config, sandbox, log).catch(async (error: unknown) => {
    // Its doors would keep the process alive, serving nobody.
    await sandbox?.close()
    throw error
  })
  if (sandbox) process.stdout.write(`${sandbox.guide(gateway.url, config.operators.length === 0)}\n`)
  process.stdout.write(`listening on ${gateway.url}\n`)

  const stop = (): void => {
    gateway
      .close()
      .then(() => sandbox?.close())
      .catch((error: unknown) => log.error({ err: error }, 'could not stop cleanly'))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

function openGateway(config: Config, sandbox: OpenSandbox | null, log: Logger): Promise<Gateway> {
  if (!sandbox) return startGateway(config, { log })
  const { providers, operator, exampleQuery } = sandbox
  const operators = config.operators.length === 0 ? [operator] : config.operators
  return startGateway({ ...config, operators, providers }, { log, exampleQuery })
}

function readConfig(): Config | null {
  try {
    return loadConfig(environment(), { readText })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.lines.join('\n')}\n`)
    return null
  }
}

function environment(): Environment {
  return readEnvironment(process.env, readText('.env'))
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Settings that are valid and that this version makes no use of: nobody shall believe that they work. */
function withoutEffect(config: Config): string[] {
  const notes: string[] = []
  if (config.databaseUrl)
    notes.push('DATABASE_URL has no effect yet: offline messages are sent at once and not stored')
  for (const provider of config.providers) {
    if (provider.kind === 'ROCKET_CHAT') {
      if (provider.webhookToken) notes.push(`${provider.name}: the webhook token has no effect yet`)
      continue
    }
    if (provider.webhookSecret) notes.push(`${provider.name}: the webhook secret has no effect yet`)
  }
  return notes
}
