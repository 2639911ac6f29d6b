import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import { Counter, type Registry } from 'prom-client'

/** Places where unexpected errors are caught: the label of the counter and the `place` in the log. */
export const errorPlaces = [
  'graphql',
  'http_request',
  'http_connection',
  'static_file',
  'file_transfer',
  'mcp',
  'webhook',
  'upgrade',
  'websocket',
  'event_stream',
  'scheduler',
  'keep_alive',
  'drain',
  'push',
  'promise',
  'process',
] as const
export type ErrorPlace = (typeof errorPlaces)[number]

/** Records unexpected errors, and prevents them from ending the process. */
export interface UnexpectedErrors {
  /** Counts an error, and logs it unless one with the same stack was logged within the last minute. */
  report(error: unknown, place: ErrorPlace): void
  /** Counts an error that is logged elsewhere, with the request id that the client receives. */
  count(place: ErrorPlace): void
  /**
   * Wraps an event listener. Errors that it throws or rejects with are reported. Then `onFailure` is called with the
   * listener's arguments, to clean up what the error interrupted.
   */
  guard<Args extends readonly unknown[]>(
    place: ErrorPlace,
    listener: (...args: Args) => unknown,
    onFailure?: (...args: Args) => void,
  ): (...args: Args) => void
}

/** Milliseconds for which an error with the same stack is not logged again. */
const QUIET_MS = 60_000
/** Number of different stacks that are remembered. */
const MAX_STACKS = 500

/** Creates the recorder and its counter. */
export function createUnexpectedErrors(log: Logger, registry: Registry): UnexpectedErrors {
  const counter = new Counter({
    name: 'switchboard_unexpected_errors_total',
    help: 'Unexpected errors, by the place where they were caught. Each one is a defect of the gateway.',
    labelNames: ['place'],
    registers: [registry],
  })
  // Places without errors show as 0, so that an alert on an increase works from the start.
  for (const place of errorPlaces) counter.inc({ place }, 0)
  const linesByStack = new LRUCache<string, { readonly loggedAt: number; suppressed: number }>({
    max: MAX_STACKS,
  })
  const count = (place: ErrorPlace): void => counter.inc({ place })

  const report = (error: unknown, place: ErrorPlace): void => {
    count(place)
    const stack = stackOf(error, place)
    const last = linesByStack.get(stack)
    if (last && performance.now() - last.loggedAt < QUIET_MS) {
      last.suppressed += 1
      return
    }
    linesByStack.set(stack, { loggedAt: performance.now(), suppressed: 0 })
    log.error({ err: error, place, suppressed: last?.suppressed ?? 0 }, 'unexpected error')
  }

  return {
    report,
    count,
    guard: (place, listener, onFailure) => {
      return (...args) => {
        const fail = (error: unknown): void => {
          report(error, place)
          try {
            onFailure?.(...args)
          } catch (failure) {
            report(failure, place)
          }
        }
        try {
          const result = listener(...args)
          if (result instanceof Promise) result.catch(fail)
        } catch (error) {
          fail(error)
        }
      }
    },
  }
}

/** The frames of an error's stack, without its message, which may contain text of a client. */
function stackOf(error: unknown, place: ErrorPlace): string {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter(isFrame) : []
  return JSON.stringify([place, ...frames])
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line)
}
