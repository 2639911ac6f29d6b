import { join } from 'node:path'
import { destination, type Logger } from 'pino'
import type { OpenSandbox } from '../sandbox/open-sandbox.ts'
import { type Config, ConfigError, findConfigWarnings } from './config/index.ts'
import { encodeId } from './domain/ids.ts'
import { packageVersion } from './gateway/package-version.ts'
import { type Gateway, type GatewayOptions, startGateway } from './gateway.ts'
import { createLog } from './log.ts'
import { handleProcessErrors } from './process-errors.ts'
import { readProcessConfig, reportConfigError } from './process-settings.ts'
import type { OpenTracing } from './tracing/open-tracing.ts'

/** Runs the gateway process: reads the settings, starts the gateway, and stops it on SIGTERM or SIGINT. */
export async function run(): Promise<void> {
  const config = readProcessConfig()
  if (!config) return
  const tracing: OpenTracing | null = config.tracing ? await loadTracing(() => log) : null
  // Standard output is for people. The log is for machines and goes to standard error.
  const log = createLog(config.logLevel, destination(2), tracing)
  for (const { message, ...about } of findConfigWarnings(config)) log.warn(about, message)
  try {
    await serve(config, log, tracing)
  } catch (error) {
    if (error instanceof ConfigError) return reportConfigError(error)
    log.fatal({ err: error }, 'gateway could not start')
    process.exitCode = 1
  }
}

/** Loads the library of OpenTelemetry only where traces are on. */
async function loadTracing(log: () => Logger): Promise<OpenTracing> {
  const { openTracing } = await import('./tracing/open-tracing.ts')
  return openTracing(packageVersion(), log)
}

async function serve(config: Config, log: Logger, tracing: OpenTracing | null): Promise<void> {
  const processErrors = handleProcessErrors(log)
  const sandbox = config.sandbox ? await loadSandbox() : null
  const gateway = await openGateway(config, sandbox, { log, tracing }).catch(async (error: unknown) => {
    // Its servers would keep the process alive.
    await sandbox?.close()
    throw error
  })
  const close = async (): Promise<void> => {
    await gateway.close()
    await sandbox?.close()
    await tracing?.close()
  }
  processErrors.serve({ unexpected: gateway.unexpected, stop: close, drainSeconds: config.drainSeconds })
  // Webhooks only reduce latency: the gateway works without them.
  await sandbox
    ?.sendWebhooks(gateway.url)
    .catch((error: unknown) => log.warn({ err: error }, 'webhooks of the sandbox could not be enabled'))
  const guide = sandbox?.guide(gateway.url, roomIdOf, config.operators.length === 0) ?? ''
  process.stdout.write(`${gateway.summary}\n${guide}\nlistening on ${gateway.url}\n`)
  // Nothing waits for it: a gateway serves while its providers do not.
  void gateway.checkProviders()

  // The next signal, of either kind, ends the process at once.
  const stop = (): void => {
    process.off('SIGTERM', stop).off('SIGINT', stop)
    close().catch((error: unknown) => log.error({ err: error }, 'gateway could not stop cleanly'))
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
}

/** Loads the sandbox's modules only when they are needed: a process with configured providers never loads them. */
async function loadSandbox(): Promise<OpenSandbox> {
  const { openSandbox } = await import('../sandbox/open-sandbox.ts')
  return openSandbox()
}

function openGateway(
  config: Config,
  sandbox: OpenSandbox | null,
  options: Pick<GatewayOptions, 'log' | 'tracing'>,
): Promise<Gateway> {
  if (!sandbox) return startGateway(config, options)
  const { providers, operator } = sandbox
  const usesSandboxOperator = config.operators.length === 0
  const exampleTabs = sandbox.exampleTabs(roomIdOf, usesSandboxOperator)
  // The sandbox has its own store: queued messages must never go to a real provider of the same name.
  // Its live events are not kept either: each start has new conversations, some of them under the ids of the last run.
  const dataDir = join(config.dataDir, 'sandbox')
  const { databaseUrl, ...settings } = { ...config, dataDir, eventLogMinutes: 0, providers }
  if (databaseUrl)
    options.log.warn('DATABASE_URL has no effect on the sandbox, which keeps its messages in DATA_DIR')
  if (!usesSandboxOperator) return startGateway(settings, { ...options, exampleTabs })
  const sandboxSettings = { ...settings, operators: [operator] }
  return startGateway(sandboxSettings, { ...options, exampleTabs, sandboxKey: operator.key })
}

function roomIdOf(provider: string, roomId: string): string {
  return encodeId({ type: 'Room', provider, roomId })
}
