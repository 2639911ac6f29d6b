import { constants, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { bundle } from './support/bundle.ts'

/** Bytes of everything that the package exports, minified and compressed. A page that imports less loads less. */
const MOST = 6.75 * 1024
/** Bytes that the hooks add. */
const MOST_OF_HOOKS = 2 * 1024

async function sizeOf(entry: string): Promise<number> {
  const external = ['react', 'react/jsx-runtime']
  const script = await bundle({ entry, mode: 'production', external })
  return gzipSync(script, { level: constants.Z_BEST_COMPRESSION }).length
}

it('the package is small', async () => {
  expect(await sizeOf('packages/client/src/index.ts')).toBeLessThanOrEqual(MOST)
})

it('the hooks are small', async () => {
  expect(await sizeOf('packages/client/src/react/index.ts')).toBeLessThanOrEqual(MOST_OF_HOOKS)
})
