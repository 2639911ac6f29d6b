import { type Logger, pino } from 'pino'

/** A log that discards everything. */
export const silentLog = pino({ level: 'silent' })

/** A log that keeps its lines. */
export interface LogSink {
  readonly log: Logger
  /** Lines of JSON, as they were written. */
  readonly lines: readonly string[]
  /** The lines, parsed. */
  entries(): readonly Readonly<Record<string, unknown>>[]
}

export function createLogSink(level = 'trace'): LogSink {
  const lines: string[] = []
  return {
    log: pino({ level }, { write: (line: string) => void lines.push(line) }),
    lines,
    entries: () => lines.map((line) => JSON.parse(line)),
  }
}
