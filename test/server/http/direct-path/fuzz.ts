import { startVitest } from 'vitest/node'

/** Compares new random operations on two gateways: FUZZ_COUNT of them, 10 000 by default, or the one of FUZZ_SEED. */
process.env['FUZZ_COUNT'] ??= '10000'
process.env['RANDOM_SEED'] ??= 'new'
const vitest = await startVitest('test', ['test/server/http/direct-path/random-operations.test.ts'], {
  run: true,
})
await vitest.close()
