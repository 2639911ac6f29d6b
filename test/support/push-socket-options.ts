import { type Logger, pino } from 'pino'
import type { PushSocketOptions, PushSocketTimes } from '../../src/upstream/push-socket.ts'

/** A timeout of a push socket for tests that wait for it: a busy machine does not exceed it where nothing is to end a connection. */
export const PUSH_TIMEOUT_MS = 600

/** Options of a push socket at which an unexpected error ends the test run. */
export function pushSocketOptions(times: Partial<PushSocketTimes> = {}): PushSocketOptions {
  return {
    times,
    onUnexpectedError(error) {
      throw error
    },
  }
}

/**
 * A silent log for a gateway at whose push sockets an unexpected error ends the test run. `onWarning` receives the messages of
 * warnings.
 */
export function createPushDefectLog(onWarning?: (message: string) => void): Logger {
  return pino(
    { level: onWarning ? 'warn' : 'error' },
    {
      write(line: string) {
        const { place, msg } = Object(JSON.parse(line))
        if (place === 'push') throw new Error(line)
        onWarning?.(String(msg))
      },
    },
  )
}

export const pushDefectLog = createPushDefectLog()
