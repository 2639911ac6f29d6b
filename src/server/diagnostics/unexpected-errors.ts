import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import { Counter, type Registry } from 'prom-client'

/** Where an unexpected error was caught: the label of its counter and the `place` of its log line. */
export const errorPlaces = [
  'graphql',
  'http_request',
  'http_connection',
  'static_file',
  'webhook',
  'upgrade',
  'websocket',
  'event_stream',
  'scheduler',
  'keep_alive',
  'promise',
  'process',
] as const
export type ErrorPlace = (typeof errorPlaces)[number]

/** Records errors that nothing handles, and keeps them from ending the process. */
export interface UnexpectedErrors {
  /** Counts an error, and logs it unless one with the same stack was logged within the last minute. */
  report(error: unknown, place: ErrorPlace): void
  /** Counts an error that is logged elsewhere, under the request id that its client was given. */
  count(place: ErrorPlace): void
  /**
   * Wraps an event listener. What it throws, or rejects with, is reported, and `onFailure` is called with the
   * listener's own arguments to end what the error left half done.
   */
  guard<Args extends readonly unknown[]>(
    place: ErrorPlace,
    listener: (...args: Args) => unknown,
    onFailure?: (...args: Args) => void,
  ): (...args: Args) => void
}

/** Milliseconds for which an error with the same stack is not logged again. */
const QUIET_MS = 60_000
/** Different stacks that are remembered. */
const MAX_STACKS = 500

/** Creates the record and registers its counter, `switchboard_unexpected_errors_total`. */
export function createUnexpectedErrors(log: Logger, registry: Registry): UnexpectedErrors {
  const counter = new Counter({
    name: 'switchboard_unexpected_errors_total',
    help: 'Errors that nothing handled, by the place where they were caught. Each is a fault of the gateway.',
    labelNames: ['place'],
    registers: [registry],
  })
  // A place without errors still shows as 0, so that an alarm on its increase works from the start.
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

/** The frames of an error's stack, without its message, which may hold what a client sent. */
function stackOf(error: unknown, place: ErrorPlace): string {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter(isFrame) : []
  return JSON.stringify([place, ...frames])
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line)
}
