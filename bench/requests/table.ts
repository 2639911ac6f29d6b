import { type Measurement, median } from './measure.ts'
import type { CandidateName, Shape } from './shapes.ts'

const descriptions: Readonly<Record<CandidateName, string>> = {
  gateway: '**this gateway**',
  reshape: 'hand-written reshape',
  yoga: 'stock yoga + Pothos + DataLoader',
  mercurius: 'mercurius + jit',
  proxy: 'byte-passing proxy',
}
const SUMMARY_PEERS = ['reshape', 'yoga', 'mercurius'] as const
/** Above this share of its core the load is the limit, and ratios are too close to 1. */
const SATURATED = 0.9

/** The measurements of one shape. */
export interface ShapeResult {
  readonly shape: Shape
  readonly measurements: readonly Measurement[]
}

/** Formats the measurements of one shape as a Markdown table, a row for each server. */
export function formatTable({ shape, measurements }: ShapeResult): string {
  const baseline = measurements.find(({ candidate }) => candidate === shape.baseline)
  const unprepared = measurements.reduce((sum, { unpreparedCalls }) => sum + unpreparedCalls, 0)
  return [
    `${shape.title}; ${shape.connections} connections; ${descriptions[shape.baseline]} = 1:\n`,
    '| server | req/s | ratio | CPU µs/request | CPU ratio | p50 / p99 ms | RSS MiB | upstream calls alone / under load | core of the load |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...measurements.map((measurement) => formatRow(measurement, baseline ?? measurement)),
    ...(unprepared > 0 ? [`\n${unprepared} upstream calls had no prepared response.`] : []),
    '',
  ].join('\n')
}

/** Formats a Markdown table of the gateway's figures, a row for each shape, with the ratios to its peers. */
export function formatSummary(results: readonly ShapeResult[]): string {
  const rows = results.flatMap(({ shape, measurements }) => {
    const gateway = measurements.find(({ candidate }) => candidate === 'gateway')
    if (!gateway) return []
    const ratios = SUMMARY_PEERS.map((name) => {
      const peer = measurements.find(({ candidate }) => candidate === name)
      return peer
        ? `${throughputRatio(gateway, peer).toFixed(2)} / ${cpuRatio(gateway, peer).toFixed(2)}`
        : ''
    })
    const { requestsPerSecond, cpuMicros, callsAlone, residentMiB } = gateway
    const figures = [
      format(requestsPerSecond),
      format(cpuMicros),
      ...ratios,
      callsAlone,
      residentMiB.toFixed(0),
    ]
    return [`| ${[shape.title, ...figures].join(' | ')} |`]
  })
  const peers = SUMMARY_PEERS.map((name) => `${descriptions[name]} = 1`).join(' | ')
  return [
    'This gateway; ratios are of throughput / of processor time per request:\n',
    `| query | req/s | CPU µs/request | ${peers} | upstream calls | RSS MiB |`,
    `|---|---:|---:|${'---:|'.repeat(SUMMARY_PEERS.length)}---:|---:|`,
    ...rows,
    '',
  ].join('\n')
}

function formatRow(measurement: Measurement, baseline: Measurement): string {
  const { candidate, requestsPerSecond, cpuMicros, driverShare } = measurement
  const { p50Ms, p99Ms, residentMiB, callsAlone, callsUnderLoad } = measurement
  const cells = [
    descriptions[candidate],
    format(requestsPerSecond),
    throughputRatio(measurement, baseline).toFixed(2),
    format(cpuMicros),
    cpuRatio(measurement, baseline).toFixed(2),
    `${format(p50Ms)} / ${format(p99Ms)}`,
    residentMiB.toFixed(0),
    `${callsAlone} / ${callsUnderLoad.toFixed(2)}`,
    `${(100 * driverShare).toFixed(0)} %${driverShare > SATURATED ? ' (limit)' : ''}`,
  ]
  return `| ${cells.join(' | ')} |`
}

/** Median over the rounds, because other load on the machine changes from round to round. */
function throughputRatio(one: Measurement, other: Measurement): number {
  return median(one.ratesByRound.map((rate, round) => rate / (other.ratesByRound[round] ?? Number.NaN)))
}

/** How often the other's processor time per request contains this one's: above 1 this one needs less. */
function cpuRatio(one: Measurement, other: Measurement): number {
  return other.cpuMicros / one.cpuMicros
}

/** Three significant digits. */
function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
