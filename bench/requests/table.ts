import type { Measurement } from './measure.ts'
import type { CandidateName, Shape } from './shapes.ts'

const descriptions: Readonly<Record<CandidateName, string>> = {
  gateway: '**this gateway**',
  reshape: 'hand-written reshape',
  yoga: 'stock yoga + Pothos + DataLoader',
  mercurius: 'mercurius + jit',
  proxy: 'byte-passing proxy',
}
/** Above this share of its core the load is the limit, and ratios are too close to 1. */
const SATURATED = 0.9

/** Formats the measurements of a shape as a Markdown table. */
export function formatTable(shape: Shape, measurements: readonly Measurement[]): string {
  const baseline = descriptions[shape.baseline]
  const unprepared = measurements.reduce((sum, { unpreparedCalls }) => sum + unpreparedCalls, 0)
  return [
    `${shape.title}; ${shape.connections} connections; ${baseline} = 1:\n`,
    '| server | req/s | ratio | CPU µs/request | CPU ratio | p50 / p99 ms | RSS MiB | upstream calls alone / under load | core of the load |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...measurements.map(formatRow),
    ...(unprepared > 0 ? [`\n${unprepared} upstream calls had no prepared response.`] : []),
    '',
  ].join('\n')
}

function formatRow(measurement: Measurement): string {
  const { candidate, requestsPerSecond, ratio, cpuMicros, cpuRatio, driverShare } = measurement
  const { p50Ms, p99Ms, residentMiB, callsAlone, callsUnderLoad } = measurement
  const cells = [
    descriptions[candidate],
    format(requestsPerSecond),
    ratio.toFixed(2),
    format(cpuMicros),
    cpuRatio.toFixed(2),
    `${format(p50Ms)} / ${format(p99Ms)}`,
    residentMiB.toFixed(0),
    `${callsAlone} / ${callsUnderLoad.toFixed(2)}`,
    `${(100 * driverShare).toFixed(0)} %${driverShare > SATURATED ? ' (limit)' : ''}`,
  ]
  return `| ${cells.join(' | ')} |`
}

/** Three significant digits. */
function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
