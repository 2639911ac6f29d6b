import { isDeepStrictEqual } from 'node:util'
import type { Child } from '../live/child.ts'
import type { CandidateProcess } from './candidate-process.ts'
import type { LoadCommands, LoadPlan, LoadResult } from './load-process.ts'
import type { CandidateName, Shape } from './shapes.ts'
import type { UpstreamCommands } from './upstream-process.ts'

/** What is measured with: the double and the load share the second processor. */
export interface Stage {
  readonly upstream: Child<UpstreamCommands>
  readonly load: Child<LoadCommands>
  readonly candidates: ReadonlyMap<CandidateName, CandidateProcess>
}

/** How long is measured. */
export interface Rounds {
  readonly warmUpMs: number
  readonly count: number
  readonly durationMs: number
}

/** Figures of one candidate for one shape: medians over the rounds, CPU and calls over all of them. */
export interface Measurement {
  readonly candidate: CandidateName
  readonly requestsPerSecond: number
  /** Median over the rounds of the ratio to the baseline's round. */
  readonly ratio: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuMicros: number
  readonly residentMiB: number
  readonly upstreamCalls: number
  /** Share of the second processor that double and load used: near 1 they are the limit, not the candidate. */
  readonly driverShare: number
}

interface Round extends LoadResult {
  readonly usedMicros: number
  readonly upstreamCalls: number
  readonly driverMicros: number
}

/** Measures the candidates of a shape in turns. Throws if one responds with other data than the gateway. */
export async function measureShape(
  shape: Shape,
  stage: Stage,
  rounds: Rounds,
): Promise<readonly Measurement[]> {
  const { upstream } = stage
  await upstream.call('behave', { delayMs: 0, isChanging: false })
  await requireEqualData(shape, stage)
  await upstream.call('behave', shape.upstream)
  const measured = new Map<CandidateName, Round[]>(shape.candidates.map((name) => [name, []]))
  for (const name of shape.candidates) await runRound(name, shape, stage, rounds.warmUpMs)
  for (let round = 0; round < rounds.count; round += 1) {
    for (const [name, results] of measured) {
      results.push(await runRound(name, shape, stage, rounds.durationMs))
    }
  }
  const baseline = measured.get(shape.baseline) ?? []
  return Array.from(measured, ([name, results]) =>
    summarize(name, results, baseline, candidateOf(stage, name).residentMiB()),
  )
}

/** Compares each peer's data with the gateway's, once for each request of the shape. */
async function requireEqualData(shape: Shape, stage: Stage): Promise<void> {
  const [reference = 'gateway', ...peers] = shape.candidates
  for (const request of shape.requests) {
    const expected = await readData(reference, request, shape, stage)
    // The proxy passes the provider's document on.
    for (const peer of peers.filter((name) => name !== 'proxy')) {
      const data = await readData(peer, request, shape, stage)
      if (isDeepStrictEqual(data, expected)) continue
      const shown = [expected, data].map((each) => JSON.stringify(each).slice(0, 1_000))
      throw new Error(`${shape.title}: ${reference} and ${peer} differ:\n${shown.join('\n')}`)
    }
  }
}

async function readData(
  name: CandidateName,
  { body, headers }: Shape['requests'][number],
  shape: Shape,
  stage: Stage,
): Promise<unknown> {
  const response = await fetch(urlOf(name, shape, stage), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body,
  })
  const text = await response.text()
  const { data, errors } = JSON.parse(text) as { readonly data?: unknown; readonly errors?: unknown }
  if (!data || errors) throw new Error(`${shape.title}: ${name} responded ${text.slice(0, 1_000)}`)
  return data
}

async function runRound(name: CandidateName, shape: Shape, stage: Stage, durationMs: number): Promise<Round> {
  const { upstream, load } = stage
  const candidate = candidateOf(stage, name)
  const url = new URL(urlOf(name, shape, stage))
  const plan: LoadPlan = {
    origin: url.origin,
    connections: shape.connections,
    durationMs,
    requests: shape.requests.map((request) => ({ ...request, path: url.pathname })),
  }
  await upstream.call('takeCounts')
  const driverMicros = async () => (await upstream.call('usedMicros')) + (await load.call('usedMicros'))
  const [usedBefore, driverBefore] = [candidate.usedMicros(), await driverMicros()]
  const result = await load.call('run', plan)
  const usedMicros = candidate.usedMicros() - usedBefore
  const driverUsed = (await driverMicros()) - driverBefore
  const { calls } = await upstream.call('takeCounts')
  const upstreamCalls = Object.values(calls).reduce((sum, count) => sum + count, 0)
  return { ...result, usedMicros, upstreamCalls, driverMicros: driverUsed }
}

function summarize(
  candidate: CandidateName,
  rounds: readonly Round[],
  baseline: readonly Round[],
  residentMiB: number,
): Measurement {
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0)
  const responses = sum((round) => round.responses)
  const ratios = rounds.map((round, index) => rateOf(round) / rateOf(baseline[index] ?? round))
  return {
    candidate,
    requestsPerSecond: median(rounds.map(rateOf)),
    ratio: median(ratios),
    p50Ms: median(rounds.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(rounds.map(({ p99Ms }) => p99Ms)),
    cpuMicros: sum(({ usedMicros }) => usedMicros) / responses,
    residentMiB,
    upstreamCalls: sum(({ upstreamCalls }) => upstreamCalls) / responses,
    driverShare: sum(({ driverMicros }) => driverMicros) / 1e6 / sum(({ seconds }) => seconds),
  }
}

function rateOf({ responses, seconds }: LoadResult): number {
  return responses / seconds
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function candidateOf({ candidates }: Stage, name: CandidateName): CandidateProcess {
  const candidate = candidates.get(name)
  if (!candidate) throw new Error(`${name} was not started`)
  return candidate
}

function urlOf(name: CandidateName, { screen }: Shape, stage: Stage): string {
  const { url } = candidateOf(stage, name)
  return name === 'reshape' ? `${url}/${screen}` : url
}
