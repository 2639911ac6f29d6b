import type { Logger } from 'pino'
import type { UnexpectedErrors } from './server/diagnostics/unexpected-errors.ts'

const EXIT_FAILURE = 1
/** Milliseconds that a clean stop may take, its own deadlines included, before the process is ended without it. */
const STOP_MS = 20_000

/** What the process has while it serves. */
export interface RunningService {
  readonly unexpected: Pick<UnexpectedErrors, 'report'>
  /** Stops taking requests, drains, and releases everything. */
  stop(): Promise<void>
}

/**
 * Handles errors that nothing else caught.
 *
 * A rejected promise that nobody awaits belongs to one operation, and its stack is unwound: it is recorded, and the
 * process goes on. So it does after the `error` event of a connection or file without a listener, which leaves only
 * that one unusable. Any other uncaught exception has stopped a listener or timer half-way, with state that nobody
 * knows: the process drains, closes cleanly and exits with code 1, so that its supervisor starts a new one.
 */
export function handleProcessErrors(log: Logger): { serve(service: RunningService): void } {
  let service: RunningService | null = null
  let isStopping = false

  const fail = (error: unknown): void => {
    if (service === null) {
      log.fatal({ err: error }, 'could not start')
      process.exit(EXIT_FAILURE)
    }
    service.unexpected.report(error, 'process')
    if (isStopping || isConnectionError(error)) return
    isStopping = true
    log.error('closing after an unexpected error')
    process.exitCode = EXIT_FAILURE
    setTimeout(() => process.exit(EXIT_FAILURE), STOP_MS).unref()
    service.stop().catch((failure: unknown) => log.error({ err: failure }, 'could not stop cleanly'))
  }

  process.on('uncaughtException', fail)
  process.on('unhandledRejection', (error) => {
    if (service === null) fail(error)
    else service.unexpected.report(error, 'promise')
  })
  return {
    serve(running) {
      service = running
    },
  }
}

/** An error of the operating system's, as sockets and files emit them. */
function isConnectionError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'errno' in error
}
