import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CpuProfile } from '../../bench/requests/cpu-profile.ts'
import { formatProfile } from '../../bench/requests/profile-report.ts'

const root = 'file:///app/dist/src/server/http/checks'
const profile = {
  startTime: 1_000,
  nodes: [
    node(1, '(root)', '', [2, 5]),
    node(2, 'serve', `${root}/handler.js`, [3, 4]),
    node(3, 'parse', 'file:///app/node_modules/@scope/parser/lib/index.js'),
    // A function that calls itself.
    node(4, 'serve', `${root}/handler.js`),
    node(5, '(idle)', ''),
  ],
  // The first sample and the last are outside of the measured span.
  samples: [3, 2, 3, 4, 5, 2],
  timeDeltas: [0, 100, 100, 300, 400, 500],
}

it('sums self times within a span by package and folder, and counts a recursive function once', () => {
  const directory = mkdtempSync(join(tmpdir(), 'switchboard-profile-'))
  const file = join(directory, 'a.cpuprofile')
  writeFileSync(file, JSON.stringify(profile))
  const calls = new CpuProfile(file).callsWithin({ from: 1_100, to: 2_300 })
  rmSync(directory, { recursive: true })
  const report = formatProfile('Room', calls, { requests: 4, cpuMicros: 1_600 })
  const lines = report.split('\n').map((line) => line.trim().replaceAll(/ +/g, ' '))
  // Of 800 µs: 500 in the handler and 300 in the parser that it called; the idle 500 are left out.
  expect(lines).toContain('4 requests, 400 µs of CPU each, 38 % idle')
  expect(lines).toContain('250.0 62.5 % src/server/http')
  expect(lines).toContain('150.0 37.5 % @scope/parser')
  expect(lines).toContain('400.0 100.0 % src/server/http serve src/server/http/checks/handler.js:8')
})

function node(id: number, functionName: string, url: string, children: readonly number[] = []) {
  return { id, callFrame: { functionName, scriptId: url === '' ? '0' : '7', url, lineNumber: 7 }, children }
}
