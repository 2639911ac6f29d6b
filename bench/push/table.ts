import type { Measurement } from './measure.ts'
import type { CallResults } from './people.ts'
import type { Traffic } from './upstream-traffic.ts'

const HEADER = [
  'rooms',
  'source',
  'subscriptions started',
  'messages',
  'median, ms',
  '99 %, ms',
  'not arrived',
  'REST calls per minute',
  'refused',
  'gateway, % of a core',
  'sends answered, slowest ms',
  'reads answered, slowest ms',
]

/** Formats measurements as a Markdown table. */
export function formatTable(measurements: readonly Measurement[]): string {
  const rows = measurements.map((measurement) => formatRow(columnsOf(measurement)))
  return [formatRow(HEADER), formatRow(['---:', '---', ...HEADER.slice(2).map(() => '---:')]), ...rows].join(
    '\n',
  )
}

/** Formats the calls of each route, a line per measurement. */
export function formatRoutes(measurements: readonly Measurement[]): string {
  return measurements
    .map(({ scenario, start, traffic, durationMs, roomsBySource, errors }) => {
      const sources = Object.entries(roomsBySource)
        .filter(([, rooms]) => rooms > 0)
        .map(([source, rooms]) => `${rooms} ${source}`)
      const source = scenario.push ? 'push' : 'polls'
      const ended =
        errors.length > 0 ? `; ${errors.length} subscriptions ended, the first with ${errors[0]}` : ''
      return `- ${scenario.rooms} rooms, ${source} (at the end ${sources.join(', ')}): until the start ${routes(start.traffic, 60_000)}; then per minute ${routes(traffic, durationMs)}${ended}`
    })
    .join('\n')
}

function columnsOf(measurement: Measurement): readonly string[] {
  const { scenario, start, written, latenciesMs, durationMs, traffic, processorShare, people } = measurement
  const calls = Object.values(traffic.calls).reduce((sum, count) => sum + count, 0)
  const startSeconds = (start.ms / 1_000).toFixed(1)
  return [
    String(scenario.rooms),
    scenario.push ? 'push' : 'polls',
    start.started === scenario.rooms ? `all in ${startSeconds} s` : `${start.started} in ${startSeconds} s`,
    String(written),
    formatQuantile(latenciesMs, written, 0.5),
    formatQuantile(latenciesMs, written, 0.99),
    `${(100 * (1 - latenciesMs.length / Math.max(1, written))).toFixed(0)} %`,
    ((calls * 60_000) / durationMs).toFixed(0),
    String(start.traffic.refused + traffic.refused),
    (100 * processorShare).toFixed(1),
    people ? formatCalls(people.sends) : '',
    people ? formatCalls(people.reads) : '',
  ]
}

/** Of all written messages: one that has not arrived is later than any other. */
function formatQuantile(latenciesMs: readonly number[], written: number, quantile: number): string {
  const latency = latenciesMs[Math.max(0, Math.ceil(quantile * written) - 1)]
  return latency === undefined ? 'not arrived' : latency.toFixed(latency < 10 ? 1 : 0)
}

function formatCalls({ made, answered, slowestMs, codes }: CallResults): string {
  const refusals = codes.length > 0 ? ` (${[...new Set(codes)].join(', ')})` : ''
  return `${answered} of ${made}, ${slowestMs.toFixed(0)}${refusals}`
}

function routes({ calls }: Traffic, durationMs: number): string {
  const counts = Object.entries(calls).filter(([, count]) => count > 0)
  if (counts.length === 0) return 'no call'
  const perMinute = (count: number) => ((count * 60_000) / durationMs).toFixed(0)
  return counts
    .sort(([, a], [, b]) => b - a)
    .map(([route, count]) => `${perMinute(count)} × \`${route}\``)
    .join(', ')
}

function formatRow(columns: readonly string[]): string {
  return `| ${columns.join(' | ')} |`
}
