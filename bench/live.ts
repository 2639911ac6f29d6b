import { availableParallelism, loadavg } from 'node:os'
import { measureAccountPoller } from './live/account-poller.ts'
import { measureChurn } from './live/churn.ts'
import { measureCpu, measurePushCpu } from './live/cpu.ts'
import { measureFanOut } from './live/fan-out.ts'
import type { Row } from './live/setup.ts'

/** 1 is the number of subscribers that the targets name; smaller scales are for trials. */
const SCALE = Number(process.env['BENCH_SCALE'] ?? 1)
const parts: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  fanout: () => measureFanOut(10_000 * SCALE),
  'account-poller': async () => [await measureAccountPoller()],
  processor: () => measureCpu(5_000 * SCALE),
  push: () => measurePushCpu(10_000 * SCALE),
  churn: () => measureChurn(50_000 * SCALE),
}

const wanted = process.argv.slice(2)
const print = (line: string) => void process.stdout.write(`${line}\n`)
const load = loadavg()[0]?.toFixed(1)
print(
  `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, Node ${process.versions.node}`,
)
print(`load before: ${load}\n`)
print('| what | measured | ratio | target | |\n|---|---:|---:|---:|---|')
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const { what, measured, ratio, target } of await measure())
    print(
      `| ${what} | ${measured} | ${ratio.toFixed(2)} | ${target} | ${ratio <= target ? 'held' : 'missed'} |`,
    )
}
process.exit()
