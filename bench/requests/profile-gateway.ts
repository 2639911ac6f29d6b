import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CandidateProcess } from './candidate-process.ts'
import { CpuProfile, type TimeSpan } from './cpu-profile.ts'
import { type BenchProcesses, planOf } from './measure.ts'
import { formatProfile } from './profile-report.ts'
import type { Shape } from './shapes.ts'

const SAMPLE_MICROS = '400'

interface ProfiledLoad extends TimeSpan {
  readonly shape: Shape
  readonly requests: number
  readonly cpuMicros: number
}

/** Durations of the load before the profile counts, and while it counts. */
export interface ProfileDurations {
  readonly warmUpMs: number
  readonly durationMs: number
}

/** Runs the shapes one after another at a gateway with `--cpu-prof`, and reports on the steady state of each. */
export async function profileGateway(
  main: string,
  settings: Readonly<Record<string, string>>,
  { upstream, load }: Pick<BenchProcesses, 'upstream' | 'load'>,
  shapes: readonly Shape[],
  { warmUpMs, durationMs }: ProfileDurations,
): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'switchboard-profile-'))
  const options = ['--cpu-prof', `--cpu-prof-dir=${directory}`, `--cpu-prof-interval=${SAMPLE_MICROS}`]
  const gateway = await CandidateProcess.start('gateway', [...options, main], settings)
  const loads: ProfiledLoad[] = []
  for (const shape of shapes) {
    await upstream.call('behave', shape.upstream)
    const warmUp = planOf(shape, gateway.url, warmUpMs)
    const plan = planOf(shape, gateway.url, durationMs)
    await load.call('connect', warmUp)
    await load.call('run', warmUp)
    await load.call('connect', plan)
    const [from, usedBefore] = [nowMicros(), gateway.usedMicros()]
    const { responses } = await load.call('run', plan)
    const cpuMicros = gateway.usedMicros() - usedBefore
    loads.push({ shape, requests: responses, cpuMicros, from, to: nowMicros() })
  }
  await gateway.stop('SIGTERM')
  const [file = ''] = readdirSync(directory)
  const profile = new CpuProfile(join(directory, file))
  rmSync(directory, { recursive: true })
  return loads.map(({ shape, requests, cpuMicros, ...span }) =>
    formatProfile(shape.title, profile.callsWithin(span), { requests, cpuMicros }),
  )
}

/** The clock of the profile, which all processes of the machine share. */
function nowMicros(): number {
  return Number(process.hrtime.bigint() / 1_000n)
}
