import { availableParallelism, loadavg } from 'node:os'
import { hasPostgres } from '../test/support/postgres.ts'
import { measureCalls } from './replicas/calls.ts'
import { measureDatabaseRestart } from './replicas/database-restart.ts'
import { measureEqualKeys } from './replicas/equal-keys.ts'
import { type Figure, formatFigures } from './replicas/figure.ts'
import { measureKilledHolder } from './replicas/killed-holder.ts'
import { measureFollowerLatency } from './replicas/latency.ts'
import { measureLimiter } from './replicas/limiter.ts'
import { measureRollingRestart } from './replicas/rolling-restart.ts'

// npm run bench:replicas: several gateway processes on one PostgreSQL.

/** Smaller scales are for trials: shorter measurements, fewer subscribers. */
const SCALE = Number(process.env['BENCH_SCALE'] ?? 1)

const parts: Readonly<Record<string, (scale: number) => Promise<readonly Figure[]>>> = {
  calls: measureCalls,
  restarts: measureRollingRestart,
  kill: measureKilledHolder,
  limiter: measureLimiter,
  keys: measureEqualKeys,
  database: measureDatabaseRestart,
  latency: measureFollowerLatency,
}

const print = (line: string) => void process.stdout.write(`${line}\n`)
const wanted = process.argv.slice(2)
if (!hasPostgres) throw new Error('this benchmark needs PostgreSQL')
print(
  `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, Node ${process.versions.node}`,
)
print(`load before: ${loadavg()[0]?.toFixed(1)}`)
const figures: Figure[] = []
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const measured = await measure(SCALE)
  for (const { what, measured: value } of measured) print(`${what}: ${value}`)
  figures.push(...measured)
}
print(`\n${formatFigures(figures)}`)
process.exit()
