import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { bundle } from './support/bundle.ts'

const KB = 1024
const source = fileURLToPath(new URL('../../packages/client/src/', import.meta.url))

/** Bytes that a page loads for these exports of a module of the package, minified and compressed. */
async function sizeOf(exports: string, module = 'index.ts'): Promise<number> {
  const entry = join(createTestDirectory(), 'entry.ts')
  writeFileSync(entry, `export { ${exports} } from ${JSON.stringify(source + module)}\n`)
  const external = ['react', 'react/jsx-runtime']
  const script = await bundle({ entry, mode: 'production', external })
  return gzipSync(script, { level: constants.Z_BEST_COMPRESSION }).length
}

it.each([
  { name: 'a client', exports: 'createClient', most: 6.75 * KB },
  {
    name: 'a chat with documents of its own',
    exports: 'createSession, RoomTimeline, sendMutation, uploadFile, downloadFile',
    most: 5.55 * KB,
  },
  { name: 'a session that follows rooms', exports: 'createSession, followRoom', most: 3.75 * KB },
  { name: 'a session with requests alone', exports: 'createSession, sendOperation', most: 2.5 * KB },
])('a page that uses $name loads little else', async ({ exports, most }) => {
  expect(await sizeOf(exports)).toBeLessThanOrEqual(most)
})

it('the hooks are small', async () => {
  const hooks = 'useConnection, useMessages, useRoom, useSend, useSubscription'
  expect(await sizeOf(hooks, 'react/index.ts')).toBeLessThanOrEqual(KB)
})
