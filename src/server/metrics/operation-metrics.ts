import { Counter, Histogram, type Registry } from 'prom-client'
import type { OperationNames } from '../diagnostics/operation-names.ts'
import type { ObserveOperation } from '../diagnostics/operation-report.ts'

/** Registers the metrics of GraphQL operations. `names` bounds the values of the label `name`. */
export function createOperationMetrics(registry: Registry, names: OperationNames): ObserveOperation {
  const durations = new Histogram({
    name: 'switchboard_graphql_operation_seconds',
    help: 'Duration of queries and mutations, by type, name and code (OK, or the code of the first error). Names are those of trusted documents and of operators; others are "other".',
    labelNames: ['type', 'name', 'code'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  const others = new Counter({
    name: 'switchboard_graphql_operations_total',
    help: 'Operations without a duration, by type (subscription or invalid), name and code. Queries and mutations are counted by switchboard_graphql_operation_seconds_count.',
    labelNames: ['type', 'name', 'code'],
    registers: [registry],
  })
  return ({ type, name, caller, code, seconds }) => {
    const labels = { type, name: names.shownName(name, caller), code }
    if (seconds === null) others.inc(labels)
    else durations.observe(labels, seconds)
  }
}
