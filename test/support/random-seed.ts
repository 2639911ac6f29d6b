import fc from 'fast-check'

const FIXED_SEED = 20_261_130
const { RANDOM_SEED = String(FIXED_SEED) } = process.env

/**
 * Seed of all random tests. It is fixed, so that every change is judged by the same cases; `RANDOM_SEED=new npm test` searches with
 * other cases, and `RANDOM_SEED=<number>` repeats them.
 */
export const randomSeed = RANDOM_SEED === 'new' ? Math.floor(Math.random() * 2 ** 31) : Number(RANDOM_SEED)

fc.configureGlobal({ seed: randomSeed })
