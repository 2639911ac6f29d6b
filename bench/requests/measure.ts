import { isDeepStrictEqual } from 'node:util'
import type { Child } from '../shared/child.ts'
import type { CandidateProcess } from './candidate-process.ts'
import type { LoadCommands, LoadPlan, LoadResult } from './load-process.ts'
import type { CandidateName, Shape, ShapeRequest } from './shapes.ts'
import type { UpstreamCalls, UpstreamCommands } from './upstream-process.ts'

/** The processes of a benchmark. The double and the load share the second processor. */
export interface BenchProcesses {
  readonly upstream: Child<UpstreamCommands>
  readonly load: Child<LoadCommands>
  readonly candidates: ReadonlyMap<CandidateName, CandidateProcess>
  /** The servers that have been under load. */
  readonly warmed: Set<CandidateName>
}

/** Number of measurements of a server, and their durations. */
export interface Rounds {
  /** Before the first shape of a server, and before each later one. */
  readonly firstWarmUpMs: number
  readonly warmUpMs: number
  readonly count: number
  readonly durationMs: number
}

/** Figures of one candidate for one shape: medians over the rounds, CPU and calls over all of them. */
export interface Measurement {
  readonly candidate: CandidateName
  readonly requestsPerSecond: number
  /** Requests per second of each round, in which the candidates took turns. */
  readonly ratesByRound: readonly number[]
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuMicros: number
  readonly residentMiB: number
  /** Upstream calls of one query alone, and of each query under load, where equal reads in flight can share calls. */
  readonly callsAlone: number
  readonly callsUnderLoad: number
  /** Upstream calls under load for which the double had no prepared response. */
  readonly unpreparedCalls: number
  /** Share of the second processor that double and load used: near 1 they are the limit, not the candidate. */
  readonly driverShare: number
}

interface Round extends LoadResult {
  readonly usedMicros: number
  readonly calls: UpstreamCalls
  readonly driverMicros: number
}

/** Measures the candidates of a shape in turns. Throws if one responds with other data than the gateway. */
export async function measureShape(
  shape: Shape,
  processes: BenchProcesses,
  rounds: Rounds,
): Promise<readonly Measurement[]> {
  const { upstream } = processes
  await upstream.call('behave', { delayMs: 0, isChanging: false })
  await requireEqualData(shape, processes)
  await upstream.call('behave', shape.upstream)
  if (shape.upstream.isChanging) await requireFreshData(shape, processes)
  const measured = new Map<CandidateName, Round[]>(shape.candidates.map((name) => [name, []]))
  const callsAlone = new Map<CandidateName, number>()
  for (const name of shape.candidates) {
    await warmUp(name, shape, processes, rounds)
    callsAlone.set(name, await countCallsOfOneQuery(name, shape, processes))
  }
  for (let round = 0; round < rounds.count; round += 1) {
    for (const [name, results] of measured) {
      results.push(await runRound(name, shape, processes, rounds.durationMs))
    }
  }
  return Array.from(measured, ([candidate, results]) => ({
    candidate,
    ...summarize(results),
    callsAlone: callsAlone.get(candidate) ?? Number.NaN,
    residentMiB: candidateOf(processes, candidate).residentMiB(),
  }))
}

/** Warms a server up, longer before its first shape. */
async function warmUp(
  name: CandidateName,
  shape: Shape,
  processes: BenchProcesses,
  rounds: Rounds,
): Promise<void> {
  const { warmed } = processes
  await runRound(name, shape, processes, warmed.has(name) ? rounds.warmUpMs : rounds.firstWarmUpMs)
  warmed.add(name)
}

/** Counts the upstream calls of one query that overlaps with no other. */
async function countCallsOfOneQuery(
  name: CandidateName,
  shape: Shape,
  processes: BenchProcesses,
): Promise<number> {
  const [request] = shape.requests
  if (!request) return Number.NaN
  await processes.upstream.call('takeCounts')
  await send(name, request, shape, processes)
  return (await processes.upstream.call('takeCounts')).total
}

/** Compares each peer's data with the gateway's, once for each request of the shape. */
async function requireEqualData(shape: Shape, processes: BenchProcesses): Promise<void> {
  const [reference = 'gateway', ...peers] = shape.candidates
  for (const request of shape.requests) {
    const expected = await readData(reference, request, shape, processes)
    // The proxy passes the provider's document on.
    for (const peer of peers.filter((name) => name !== 'proxy')) {
      const data = await readData(peer, request, shape, processes)
      if (isDeepStrictEqual(data, expected)) continue
      const shown = [expected, data].map((each) => JSON.stringify(each).slice(0, 1_000))
      throw new Error(`${shape.title}: ${reference} and ${peer} differ:\n${shown.join('\n')}`)
    }
  }
}

/** Throws if a server responds twice with the same data, although the upstream did not. */
async function requireFreshData(shape: Shape, processes: BenchProcesses): Promise<void> {
  for (const name of shape.candidates) {
    for (const request of shape.requests) {
      const first = await send(name, request, shape, processes)
      const second = await send(name, request, shape, processes)
      if (first === second) throw new Error(`${shape.title}: ${name} responded with stale data`)
    }
  }
}

async function send(
  name: CandidateName,
  { body, headers }: ShapeRequest,
  shape: Shape,
  processes: BenchProcesses,
): Promise<string> {
  const response = await fetch(urlOf(name, shape, processes), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body,
  })
  return response.text()
}

async function readData(
  name: CandidateName,
  request: ShapeRequest,
  shape: Shape,
  processes: BenchProcesses,
): Promise<unknown> {
  const text = await send(name, request, shape, processes)
  const { data, errors } = JSON.parse(text) as { readonly data?: unknown; readonly errors?: unknown }
  if (!data || errors) throw new Error(`${shape.title}: ${name} responded ${text.slice(0, 1_000)}`)
  return data
}

/** The load of one round at a server. */
export function planOf({ connections, requests }: Shape, address: string, durationMs: number): LoadPlan {
  const { origin, pathname } = new URL(address)
  return {
    origin,
    connections,
    durationMs,
    requests: requests.map((request) => ({ ...request, path: pathname })),
  }
}

async function runRound(
  name: CandidateName,
  shape: Shape,
  processes: BenchProcesses,
  durationMs: number,
): Promise<Round> {
  const { upstream, load } = processes
  const candidate = candidateOf(processes, name)
  const plan = planOf(shape, urlOf(name, shape, processes), durationMs)
  await load.call('connect', plan)
  await upstream.call('takeCounts')
  const driverMicros = async () => (await upstream.call('usedMicros')) + (await load.call('usedMicros'))
  const [usedBefore, driverBefore] = [candidate.usedMicros(), await driverMicros()]
  const result = await load.call('run', plan)
  const usedMicros = candidate.usedMicros() - usedBefore
  const driverUsed = (await driverMicros()) - driverBefore
  const calls = await upstream.call('takeCounts')
  return { ...result, usedMicros, calls, driverMicros: driverUsed }
}

function summarize(rounds: readonly Round[]): Omit<Measurement, 'candidate' | 'callsAlone' | 'residentMiB'> {
  const perResponse = (of: (round: Round) => number) =>
    sumOf(rounds, of) / sumOf(rounds, ({ responses }) => responses)
  const ratesByRound = rounds.map(({ responses, seconds }) => responses / seconds)
  return {
    requestsPerSecond: median(ratesByRound),
    ratesByRound,
    p50Ms: median(rounds.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(rounds.map(({ p99Ms }) => p99Ms)),
    cpuMicros: perResponse(({ usedMicros }) => usedMicros),
    callsUnderLoad: perResponse(({ calls }) => calls.total),
    unpreparedCalls: sumOf(rounds, ({ calls }) => calls.unprepared),
    driverShare:
      sumOf(rounds, ({ driverMicros }) => driverMicros) / 1e6 / sumOf(rounds, ({ seconds }) => seconds),
  }
}

function sumOf(rounds: readonly Round[], of: (round: Round) => number): number {
  return rounds.reduce((sum, round) => sum + of(round), 0)
}

/** The middle value; the upper one of two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function candidateOf({ candidates }: BenchProcesses, name: CandidateName): CandidateProcess {
  const candidate = candidates.get(name)
  if (!candidate) throw new Error(`${name} was not started`)
  return candidate
}

function urlOf(name: CandidateName, { screen }: Shape, processes: BenchProcesses): string {
  const { url } = candidateOf(processes, name)
  return name === 'reshape' ? `${url}/${screen}` : url
}
