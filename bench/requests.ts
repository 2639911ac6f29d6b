import { randomBytes } from 'node:crypto'
import { availableParallelism, loadavg } from 'node:os'
import { startChild } from './live/child.ts'
import { buildGateway } from './requests/built-gateway.ts'
import { CandidateProcess, peerArguments } from './requests/candidate-process.ts'
import { createSettings } from './requests/gateway-settings.ts'
import type { LoadCommands } from './requests/load-process.ts'
import { measureShape, type Rounds } from './requests/measure.ts'
import { type CandidateName, createShapes } from './requests/shapes.ts'
import { formatTable } from './requests/table.ts'
import type { UpstreamCommands } from './requests/upstream-process.ts'

// npm run bench:requests [SHAPE ...]: throughput and CPU per request of the built gateway and of its peers.

/** Durations of a whole run. A smaller scale is for trying things. */
const SCALE = Number(process.env['BENCH_SCALE'] ?? 1)
const ROUNDS: Rounds = { warmUpMs: 1_000 * SCALE, count: 5, durationMs: 700 * SCALE }

const main = buildGateway()
const upstream = startChild<UpstreamCommands>('../requests/upstream-process.ts', 'client')
const load = startChild<LoadCommands>('../requests/load-process.ts', 'client')
const { url, world } = await upstream.call('open')
const operatorKey = randomBytes(16).toString('hex')
const settings = createSettings(url, world, operatorKey)
const shapes = createShapes(world, operatorKey)
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in shapes))
if (unknown.length > 0)
  throw new Error(`no such shape: ${unknown}; there are ${Object.keys(shapes).join(', ')}`)

const argumentsByName: Readonly<Record<CandidateName, readonly string[]>> = {
  gateway: [main],
  reshape: peerArguments('reshape.ts'),
  yoga: peerArguments('yoga.ts'),
  mercurius: peerArguments('mercurius.ts'),
  proxy: peerArguments('proxy.ts'),
}

print(
  `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, Node ${process.versions.node}`,
)
print(`load before: ${loadavg()[0]?.toFixed(1)}\n`)
const selected = Object.entries(shapes).filter(([name]) => wanted.length === 0 || wanted.includes(name))
const names = new Set(selected.flatMap(([, { candidates }]) => candidates))
const candidates = new Map(
  await Promise.all(
    Array.from(names, async (name): Promise<[CandidateName, CandidateProcess]> => {
      return [name, await CandidateProcess.start(name, argumentsByName[name], settings)]
    }),
  ),
)
for (const [, shape] of selected) {
  print(formatTable(shape, await measureShape(shape, { upstream, load, candidates }, ROUNDS)))
}
process.exit()

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
