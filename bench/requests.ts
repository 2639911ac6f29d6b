import { randomBytes } from 'node:crypto'
import { availableParallelism, loadavg } from 'node:os'
import { buildGateway } from './requests/built-gateway.ts'
import { CandidateProcess, peerArguments } from './requests/candidate-process.ts'
import { createSettings } from './requests/gateway-settings.ts'
import type { LoadCommands } from './requests/load-process.ts'
import { measureShape } from './requests/measure.ts'
import { profileGateway } from './requests/profile-gateway.ts'
import { type CandidateName, createShapes, type Shape } from './requests/shapes.ts'
import { formatSummary, formatTable, type ShapeResult } from './requests/table.ts'
import type { UpstreamCommands } from './requests/upstream-process.ts'
import { startChild } from './shared/child.ts'

// npm run bench:requests [-- [--profile] SHAPE ...]: throughput and CPU per request of the built gateway and its peers.

/** A whole run measures as long as the published tables; a smaller scale is for trying things. */
const SCALE = Number(process.env['BENCH_SCALE'] ?? 1)
const ROUNDS = {
  firstWarmUpMs: 1_500 * SCALE,
  warmUpMs: 1_000 * SCALE,
  count: 5,
  durationMs: 500 * SCALE,
}
const PROFILE = { warmUpMs: 3_000 * SCALE, durationMs: 5_000 * SCALE }

// Servers end with this process, whatever ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const words = process.argv.slice(2)
const isProfile = words.includes('--profile')
const main = buildGateway()
const upstream = startChild<UpstreamCommands>('requests/upstream-process.ts', 'client')
const load = startChild<LoadCommands>('requests/load-process.ts', 'client')
const { url, world } = await upstream.call('open')
const operatorKey = randomBytes(16).toString('hex')
const settings = createSettings(url, world, operatorKey)
const shapes = selectShapes(
  createShapes(world, operatorKey),
  words.filter((word) => word !== '--profile'),
)

print(
  `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, Node ${process.versions.node}`,
)
print(`load before: ${loadavg()[0]?.toFixed(1)}\n`)
if (isProfile) {
  const reports = await profileGateway(main, settings, { upstream, load }, shapes, PROFILE)
  for (const report of reports) print(report)
} else {
  const candidates = await startCandidates(new Set(shapes.flatMap((shape) => shape.candidates)))
  const processes = { upstream, load, candidates, warmed: new Set<CandidateName>() }
  const results: ShapeResult[] = []
  for (const shape of shapes) {
    const result = { shape, measurements: await measureShape(shape, processes, ROUNDS) }
    results.push(result)
    print(formatTable(result))
  }
  print(formatSummary(results))
}
process.exit()

/** Selects shapes by name, all without a name. `room` includes `room-changing`, and `rooms` includes `rooms-changing`. */
function selectShapes(
  shapesByName: Readonly<Record<string, Shape>>,
  names: readonly string[],
): readonly Shape[] {
  const unknown = names.filter((name) => !(name in shapesByName))
  if (unknown.length > 0) {
    throw new Error(`there is no shape ${unknown.join(', ')}, but ${Object.keys(shapesByName).join(', ')}`)
  }
  const isSelected = (name: string) =>
    names.length === 0 || names.some((word) => name === word || name === `${word}-changing`)
  return Object.entries(shapesByName).flatMap(([name, shape]) => (isSelected(name) ? [shape] : []))
}

async function startCandidates(names: ReadonlySet<CandidateName>) {
  const argumentsByName: Readonly<Record<CandidateName, readonly string[]>> = {
    gateway: [main],
    reshape: peerArguments('reshape.ts'),
    yoga: peerArguments('yoga.ts'),
    mercurius: peerArguments('mercurius.ts'),
    proxy: peerArguments('proxy.ts'),
  }
  const starting = Array.from(names, async (name): Promise<[CandidateName, CandidateProcess]> => {
    return [name, await CandidateProcess.start(name, argumentsByName[name], settings)]
  })
  return new Map(await Promise.all(starting))
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
