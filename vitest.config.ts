import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // graphql ships a second copy for bundlers; its types refuse to meet those of the copy that Node loads.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // No file leaves anything behind for the next, and loading the modules anew for each costs more than the tests.
    isolate: false,
    testTimeout: 15_000,
    hookTimeout: 15_000,
  },
})
