import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { randomScenarios } from './commands/random-scenarios.ts'
import type { Scenario } from './commands/scenario.ts'
import type { Outcome } from './driver/run-scenario.ts'
import { runScenario } from './driver/run-scenario.ts'

const DEFAULT_MINUTES = 10
const REPORT_MS = 30_000
/** Stops after this many failures. */
const MAX_FAILURES = 10
/** How often a failed scenario is tried again while it shrinks, because failures can depend on timing. */
const TRIES = 3

const setting = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)
const minutes = setting('SOAK_MINUTES', DEFAULT_MINUTES)
const concurrency = setting('SOAK_WORLDS', 3)
const only = process.env['SOAK_SEED']
/** The directory for the commits and histories of failed seeds, one file each. */
const evidenceIn = process.env['SOAK_EVIDENCE']
/** 1: all scenarios with push; 0: none. */
const wantsPush = process.env['SOAK_PUSH']
/** 1: all scenarios with replicas that share a PostgreSQL database; none otherwise. */
const replicas = process.env['SOAK_REPLICAS'] === '1'
const startedAt = performance.now()
const totals: Record<string, number> = {}
const failed: number[] = []

const arbitrary = randomScenarios({
  maxCommands: setting('SOAK_STEPS', 60),
  long: setting('SOAK_LONG', 1) === 1,
  replicas,
  push: wantsPush === undefined ? undefined : wantsPush === '1',
}).map((scenario) => ({
  ...scenario,
  provider: providerFrom(process.env['SOAK_PROVIDER'], scenario),
}))

/** The requested provider, or the scenario's own. */
function providerFrom(wanted: string | undefined, { provider }: Scenario): Scenario['provider'] {
  return wanted === 'rocketchat' || wanted === 'livechat' ? wanted : provider
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Runs the scenario of a seed. Shrinks and prints one that fails. */
async function run(seed: number): Promise<void> {
  let last: Outcome | null = null
  let isFirst = true
  const holds = async (scenario: Scenario): Promise<boolean> => {
    const tries = isFirst ? 1 : TRIES
    const isOriginal = isFirst
    isFirst = false
    for (let tried = 0; tried < tries; tried += 1) {
      const outcome = await runScenario(scenario)
      add(outcome)
      if (outcome.violations.length === 0) continue
      last = outcome
      if (isOriginal)
        print(`${seed} failed and is being shrunk: ${outcome.violations.slice(0, 3).join('; ')}`)
      return false
    }
    return true
  }
  const details = await fc.check(fc.asyncProperty(arbitrary, holds), {
    seed,
    numRuns: 1,
    interruptAfterTimeLimit: 200_000,
  })
  if (!details.failed || details.counterexample === null) return
  failed.push(seed)
  printFailure(seed, details.counterexample[0], last, details.errorInstance)
}

/** Prints a shrunk scenario; `error` is what it threw where it has no outcome. */
function printFailure(seed: number, scenario: Scenario, outcome: Outcome | null, error: unknown): void {
  print(`\nFAILED. Run again: SOAK_SEED=${seed} npm run soak`)
  print(JSON.stringify({ ...scenario, commands: undefined }))
  for (const command of scenario.commands) print(`  ${JSON.stringify(command)}`)
  for (const violation of outcome?.violations.slice(0, 10) ?? []) print(`  ! ${violation}`)
  if (outcome && evidenceIn !== undefined) {
    writeFileSync(join(evidenceIn, `${seed}.json`), JSON.stringify({ scenario, ...outcome }, null, 1))
  }
  if (outcome === null && error instanceof Error) print(`  ! ${error.stack}`)
}

function add({ counts, allowedGaps }: Outcome): void {
  totals['scenarios'] = (totals['scenarios'] ?? 0) + 1
  for (const [what, count] of Object.entries(counts)) totals[what] = (totals[what] ?? 0) + count
  for (const [what, count] of Object.entries(allowedGaps)) {
    totals[`allowed gap: ${what}`] = (totals[`allowed gap: ${what}`] ?? 0) + count
  }
}

function report(): void {
  const spent = Math.round((performance.now() - startedAt) / 1000)
  const counts = Object.entries(totals)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([what, count]) => `${what} ${count}`)
  print(`${spent} s, ${failed.length} failed; ${counts.join(', ')}`)
}

async function worker(): Promise<void> {
  while (performance.now() - startedAt < minutes * 60_000 && failed.length < MAX_FAILURES) {
    await run(Math.floor(Math.random() * 2 ** 31))
  }
}

const reporting = setInterval(report, REPORT_MS)
if (only === undefined) await Promise.all(Array.from({ length: concurrency }, worker))
else await run(Number(only))
clearInterval(reporting)
report()
if (failed.length > 0) {
  print(`failed seeds: ${failed.join(' ')}`)
  process.exitCode = 1
}
