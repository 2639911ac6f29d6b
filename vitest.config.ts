import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { SlowestFirst } from './test/support/slowest-first.ts'
import { findTemporaryRoot } from './test/support/temporary-root.ts'

const nodeVersion = Number.parseInt(process.versions.node, 10)

export default defineConfig({
  resolve: {
    // graphql has a second copy for bundlers, and objects of one copy are rejected by the other.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['test/**/*.test.ts', 'sandbox/test/**/*.test.ts'],
    setupFiles: ['test/support/freeze-shared-results.ts', 'test/support/random-seed.ts'],
    // Files share one module registry: no file leaves state behind, and reloading all modules costs more than the tests.
    isolate: false,
    // Tests run most functions a few times. V8 optimizes a function after seven times as much work as by default, which saves
    // a twelfth of the processor time. That of Node 24 has no such option.
    execArgv: nodeVersion < 24 ? ['--interrupt-budget=500000'] : [],
    // Half of the time tests wait, for other processes and for intervals, so there are more workers than cores. Two per core are
    // not faster: processes that the tests start need the cores too.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    env: { TMPDIR: findTemporaryRoot() },
    sequence: { sequencer: SlowestFirst },
    // Upper bound for a busy machine, including the start of a database server. Only what takes longer there has its own.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Vitest's second is less than a busy machine takes.
    expect: { poll: { timeout: 60_000 } },
  },
})
