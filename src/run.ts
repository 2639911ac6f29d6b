import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { destination, type Logger } from 'pino'
import type { OpenSandbox } from '../sandbox/open-sandbox.ts'
import {
  type Config,
  ConfigError,
  type Environment,
  findConfigWarnings,
  loadConfig,
  readEnvironment,
} from './config/index.ts'
import { encodeId } from './domain/ids.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { createLog } from './log.ts'
import { handleProcessErrors } from './process-errors.ts'

const EXIT_BAD_SETTINGS = 2

/** The process: settings in, doors open, until a signal closes them. */
export async function run(): Promise<void> {
  const config = readConfig()
  if (!config) return
  // Standard output is for people; the log is for machines and goes beside it.
  const log = createLog(config.logLevel, destination(2))
  for (const { message, ...about } of findConfigWarnings(config)) log.warn(about, message)
  try {
    await serve(config, log)
  } catch (error) {
    if (error instanceof ConfigError) return refuse(error)
    log.fatal({ err: error }, 'could not start')
    process.exitCode = 1
  }
}

async function serve(config: Config, log: Logger): Promise<void> {
  const processErrors = handleProcessErrors(log)
  const sandbox = config.sandbox ? await loadSandbox() : null
  const gateway = await openGateway(config, sandbox, log).catch(async (error: unknown) => {
    // Its doors would keep the process alive, serving nobody.
    await sandbox?.close()
    throw error
  })
  const close = async (): Promise<void> => {
    await gateway.close()
    await sandbox?.close()
  }
  processErrors.serve({ unexpected: gateway.unexpected, stop: close })
  // Without them it is as right, only later.
  await sandbox?.sendWebhooks(gateway.url).catch((error: unknown) => log.warn({ err: error }, 'no webhooks'))
  if (sandbox)
    process.stdout.write(`${sandbox.guide(gateway.url, roomIdOf, config.operators.length === 0)}\n`)
  process.stdout.write(`listening on ${gateway.url}\n`)

  const stop = (): void => {
    close().catch((error: unknown) => log.error({ err: error }, 'could not stop cleanly'))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

/** Loads the sandbox's modules only here: a process with providers of its own never needs them. */
async function loadSandbox(): Promise<OpenSandbox> {
  const { openSandbox } = await import('../sandbox/open-sandbox.ts')
  return openSandbox()
}

function openGateway(config: Config, sandbox: OpenSandbox | null, log: Logger): Promise<Gateway> {
  if (!sandbox) return startGateway(config, { log })
  const { providers, operator } = sandbox
  const isOwn = config.operators.length === 0
  const exampleTabs = sandbox.exampleTabs(roomIdOf, isOwn)
  // What waits for a made-up provider must never go out to a real one of the same name: it has a store of its own.
  const { databaseUrl, ...settings } = { ...config, dataDir: join(config.dataDir, 'sandbox'), providers }
  if (databaseUrl) log.warn('DATABASE_URL has no effect on the sandbox, which keeps its messages in DATA_DIR')
  if (!isOwn) return startGateway(settings, { log, exampleTabs })
  const own = { ...settings, operators: [operator] }
  return startGateway(own, { log, exampleTabs, sandboxKey: operator.key })
}

function roomIdOf(provider: string, roomId: string): string {
  return encodeId({ type: 'Room', provider, roomId })
}

function readConfig(): Config | null {
  try {
    return loadConfig(environment(), { readText })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    refuse(error)
    return null
  }
}

/** Says what is wrong with the settings, or with what they lead to. */
function refuse(error: ConfigError): void {
  process.stderr.write(`${error.issueLines.join('\n')}\n`)
  process.exitCode = EXIT_BAD_SETTINGS
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
