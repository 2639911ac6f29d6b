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
  const rows = measurements.map(
    ({
      candidate,
      requestsPerSecond,
      ratio,
      p50Ms,
      p99Ms,
      cpuMicros,
      residentMiB,
      upstreamCalls,
      driverShare,
    }) => {
      const cells = [
        descriptions[candidate],
        format(requestsPerSecond),
        ratio.toFixed(2),
        `${format(p50Ms)} / ${format(p99Ms)}`,
        format(cpuMicros),
        residentMiB.toFixed(0),
        upstreamCalls.toFixed(2),
        `${(100 * driverShare).toFixed(0)} %${driverShare > SATURATED ? ' (limit)' : ''}`,
      ]
      return `| ${cells.join(' | ')} |`
    },
  )
  return [
    `${shape.title}; ${shape.connections} connections\n`,
    `| server | req/s | ${descriptions[shape.baseline]} = 1 | p50 / p99 ms | CPU µs/request | RSS MiB | upstream calls/query | load's core |`,
    '|---|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
    '',
  ].join('\n')
}

/** Three significant digits. */
function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
