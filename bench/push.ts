import { availableParallelism, loadavg } from 'node:os'
import { measurePushCpu } from './live/cpu.ts'
import { type Measurement, measureTogether } from './push/measure.ts'
import type { Scenario } from './push/scenario.ts'
import { formatRoutes, formatTable } from './push/table.ts'

/** Smaller scales are for trials: fewer rooms and subscribers, shorter measurements. */
const SCALE = Number(process.env['BENCH_SCALE'] ?? 1)
const DURATION_MS = Math.max(30_000, 80_000 * SCALE)
const SIZES = { visitors: [1, 10, 50, 200, 500], operators: [1, 10, 50, 200, 500], customers: [1, 50, 500] }
const WATCHERS = ['visitors', 'operators', 'customers'] as const satisfies readonly Scenario['watchers'][]
const TITLES = {
  visitors: 'Rocket.Chat, rooms watched by their visitors',
  operators: 'Rocket.Chat, rooms watched by operators, with a service account',
  customers: 'LiveChat, rooms watched by their customers',
} as const satisfies Record<Scenario['watchers'], string>

const scenarios: readonly Scenario[] = WATCHERS.flatMap((watchers) =>
  SIZES[watchers].flatMap((size) =>
    [true, false].map((push) => ({ watchers, rooms: Math.max(1, Math.round(size * SCALE)), push })),
  ),
)
const largest = (watchers: Scenario['watchers']) => Math.max(...SIZES[watchers]) * SCALE
const isLargest = ({ watchers, rooms }: Scenario) => rooms >= largest(watchers)

/** Polls wait for the limiter, not for the processor, so they are measured together; the largest pushed ones are alone. */
const rounds: Readonly<Record<string, readonly Scenario[]>> = {
  polls: scenarios.filter(({ push }) => !push),
  small: scenarios.filter((scenario) => scenario.push && !isLargest(scenario)),
  ...Object.fromEntries(
    WATCHERS.map((watchers) => [
      watchers,
      scenarios.filter((one) => one.push && isLargest(one) && one.watchers === watchers),
    ]),
  ),
}

const print = (line: string) => void process.stdout.write(`${line}\n`)
const wanted = process.argv.slice(2)
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name)
const today = new Date().toISOString().slice(0, 10)
print(`${today}, ${availableParallelism()} cores, Node ${process.versions.node}`)
print(`load before: ${loadavg()[0]?.toFixed(1)}`)

const measured: Measurement[] = []
for (const [name, round] of Object.entries(rounds))
  if (isWanted(name)) measured.push(...(await measureTogether(round, DURATION_MS)))
for (const watchers of WATCHERS) {
  const own = measured
    .filter(({ scenario }) => scenario.watchers === watchers)
    .sort((a, b) => a.scenario.rooms - b.scenario.rooms)
  if (own.length > 0) print(`\n### ${TITLES[watchers]}\n\n${formatTable(own)}\n\n${formatRoutes(own)}`)
}
if (isWanted('fanout')) {
  print('\n| what | measured | ratio | target | |\n|---|---:|---:|---:|---|')
  for (const { what, measured: value, ratio, target } of await measurePushCpu(10_000 * SCALE))
    print(`| ${what} | ${value} | ${ratio.toFixed(2)} | ${target} | ${ratio <= target ? 'held' : 'missed'} |`)
}
process.exit()
