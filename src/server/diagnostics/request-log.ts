import type { Logger } from 'pino'
import type { OperationNames } from './operation-names.ts'
import type { ObserveOperation } from './operation-report.ts'

/** Logs each GraphQL operation. Names are shown as in metrics; variables and results are not. */
export function createOperationLog(log: Logger, names: OperationNames): ObserveOperation {
  return ({ type, name, caller, code, seconds }) => {
    const operator = caller.role === 'OPERATOR' ? { operator: caller.name } : null
    const duration = seconds === null ? null : { ms: toMs(seconds) }
    const shownName = names.shownName(name, caller)
    log.info(
      { type, name: shownName, code, ...duration, role: caller.role, ...operator },
      'graphql operation',
    )
  }
}

/** Logs each HTTP request, by the pattern of its path. */
export function createHttpLog(log: Logger) {
  return (request: {
    readonly method: string
    readonly path: string
    readonly status: number | null
    readonly seconds: number
  }): void => {
    const { method, path, status, seconds } = request
    log.info({ method, path, status: status ?? 'aborted', ms: toMs(seconds) }, 'http request')
  }
}

function toMs(seconds: number): number {
  return Math.round(seconds * 10_000) / 10
}
