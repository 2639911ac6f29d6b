import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // graphql ships a second copy for bundlers; its types refuse to meet those of the copy that Node loads.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['test/**/*.test.ts', 'sandbox/test/**/*.test.ts'],
    // No file leaves anything behind for the next, and loading the modules anew for each costs more than the tests.
    isolate: false,
    // Half of the time tests wait for other processes, so there are more workers than cores.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    // No test waits for time, so this is only how long a busy machine may take, to start a database server in between.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
