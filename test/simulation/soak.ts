import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { randomScenarios } from './commands/random-scenarios.ts'
import type { Scenario } from './commands/scenario.ts'
import type { Outcome } from './driver/run-scenario.ts'
import { runScenario } from './driver/run-scenario.ts'

const DEFAULT_MINUTES = 10
const REPORT_MS = 30_000
/** After so many there is enough to look at. */
const MOST_FAILURES = 10
/** How often a script that failed once is tried again while it is made smaller: chance has a part in it. */
const TRIES = 3

const setting = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)
const minutes = setting('SOAK_MINUTES', DEFAULT_MINUTES)
const atOnce = setting('SOAK_WORLDS', 3)
const only = process.env['SOAK_SEED']
/** The directory where the commits and histories of what failed go, one file a seed. */
const evidenceIn = process.env['SOAK_EVIDENCE']
const begun = performance.now()
const totals: Record<string, number> = {}
const failed: number[] = []

const arbitrary = randomScenarios({
  maxCommands: setting('SOAK_STEPS', 60),
  long: setting('SOAK_LONG', 1) === 1,
}).map((script) => ({ ...script, provider: providerFrom(process.env['SOAK_PROVIDER'], script) }))

/** The provider that is asked for, or the script's own. */
function providerFrom(wanted: string | undefined, { provider }: Scenario): Scenario['provider'] {
  return wanted === 'rocketchat' || wanted === 'livechat' ? wanted : provider
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Plays the script of a seed; where it fails, smaller ones, and says what is left. */
async function run(seed: number): Promise<void> {
  let last: Outcome | null = null
  let isFirst = true
  const holds = async (script: Scenario): Promise<boolean> => {
    const tries = isFirst ? 1 : TRIES
    const isWhole = isFirst
    isFirst = false
    for (let tried = 0; tried < tries; tried += 1) {
      const outcome = await runScenario(script)
      add(outcome)
      if (outcome.violations.length === 0) continue
      last = outcome
      if (isWhole) say(`${seed} failed and is made smaller: ${outcome.violations.slice(0, 3).join('; ')}`)
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
  tell(seed, details.counterexample[0], last, details.errorInstance)
}

/** Says what is left of a script that failed; `broken` is what it threw, where it did not come to an outcome. */
function tell(seed: number, script: Scenario, outcome: Outcome | null, broken: unknown): void {
  say(`\nFAILED; once more: SOAK_SEED=${seed} npm run soak`)
  say(JSON.stringify({ ...script, steps: undefined }))
  for (const step of script.commands) say(`  ${JSON.stringify(step)}`)
  for (const violation of outcome?.violations.slice(0, 10) ?? []) say(`  ! ${violation}`)
  if (outcome && evidenceIn !== undefined) {
    writeFileSync(join(evidenceIn, `${seed}.json`), JSON.stringify({ script, ...outcome }, null, 1))
  }
  if (outcome === null && broken instanceof Error) say(`  ! ${broken.stack}`)
}

function add({ counts, allowedGaps: excuses }: Outcome): void {
  totals['scripts'] = (totals['scripts'] ?? 0) + 1
  for (const [what, count] of Object.entries(counts)) totals[what] = (totals[what] ?? 0) + count
  for (const [what, count] of Object.entries(excuses)) {
    totals[`excused: ${what}`] = (totals[`excused: ${what}`] ?? 0) + count
  }
}

function report(): void {
  const spent = Math.round((performance.now() - begun) / 1000)
  const counts = Object.entries(totals)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([what, count]) => `${what} ${count}`)
  say(`${spent} s, ${failed.length} failed; ${counts.join(', ')}`)
}

async function worker(): Promise<void> {
  while (performance.now() - begun < minutes * 60_000 && failed.length < MOST_FAILURES) {
    await run(Math.floor(Math.random() * 2 ** 31))
  }
}

const reporting = setInterval(report, REPORT_MS)
if (only === undefined) await Promise.all(Array.from({ length: atOnce }, worker))
else await run(Number(only))
clearInterval(reporting)
report()
if (failed.length > 0) {
  say(`failed seeds: ${failed.join(' ')}`)
  process.exitCode = 1
}
