import type { Logger } from 'pino'
import type { UnexpectedErrors } from './server/diagnostics/unexpected-errors.ts'

const EXIT_FAILURE = 1
/** Milliseconds that a clean stop may take after it has drained, including its own timeouts, before the process exits without it. */
const STOP_MS = 20_000

/** The running gateway. */
export interface RunningService {
  readonly unexpected: Pick<UnexpectedErrors, 'report'>
  /** Seconds in which `stop` announces the stop and closes connections. */
  readonly drainSeconds: number
  /** Stops accepting requests, waits for those in flight, and releases everything. */
  stop(): Promise<void>
}

/**
 * Handles errors that nothing else catches.
 *
 * A rejected promise that is not awaited affects one operation, whose stack is unwound: it is recorded, and the process
 * continues. An `error` event without a listener affects one connection or file: the process continues too. Any other
 * uncaught exception has interrupted a listener or timer and may leave an inconsistent state. Then the process stops
 * cleanly and exits with code 1, so that its supervisor starts a new one.
 */
export function handleProcessErrors(log: Logger): { serve(service: RunningService): void } {
  let service: RunningService | null = null
  let isStopping = false

  const fail = (error: unknown): void => {
    if (service === null) {
      log.fatal({ err: error }, 'gateway could not start')
      process.exit(EXIT_FAILURE)
    }
    service.unexpected.report(error, 'process')
    if (isStopping || isConnectionError(error)) return
    isStopping = true
    log.error('closing after an unexpected error')
    process.exitCode = EXIT_FAILURE
    setTimeout(() => process.exit(EXIT_FAILURE), service.drainSeconds * 1_000 + STOP_MS).unref()
    service.stop().catch((failure: unknown) => log.error({ err: failure }, 'gateway could not stop cleanly'))
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

/** An error of the operating system, as sockets and files emit them. */
function isConnectionError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'errno' in error
}
