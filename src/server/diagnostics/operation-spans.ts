import type { Tracing } from '../../tracing/tracing.ts'
import type { OperationNames } from './operation-names.ts'
import type { ObserveOperation } from './operation-report.ts'

/** Describes the active span by the operation that it is, and passes the report on. Names are shown as in metrics. */
export function describeSpans(
  tracing: Tracing,
  names: OperationNames,
  observe: ObserveOperation,
): ObserveOperation {
  return (report) => {
    observe(report)
    const span = tracing.active
    if (!span) return
    const { type, caller, code } = report
    const attributes = { 'switchboard.result.code': code, 'switchboard.caller.role': caller.role }
    if (code !== 'OK') span.fail(code)
    if (type === 'invalid') return void span.set(attributes)
    const name = names.shownName(report.name, caller)
    span.rename(report.name === null ? type : `${type} ${name}`)
    span.set({ ...attributes, 'graphql.operation.type': type, 'graphql.operation.name': name })
  }
}
