import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { startProcess } from './gateway-process.ts'

it.each([
  ['DATA_DIR', (file: string) => ({ DATA_DIR: join(file, 'data') }), 'ENOTDIR'],
  ['DATABASE_URL', () => ({ DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/x' }), 'ECONNREFUSED'],
] as const)('stops with code 2 and one line if %s cannot be opened', async (variable, at, code) => {
  const file = join(createTestDirectory(), 'file')
  writeFileSync(file, '')
  const gateway = startProcess({ PORT: '0', ROCKETCHAT_URL: 'http://127.0.0.1:1', ...at(file) })
  onTestFinished(gateway.dispose)
  expect(await gateway.ended).toMatchObject({
    code: 2,
    stdout: '',
    stderr: `${variable}: cannot be opened as a database (${code})\n`,
  })
})
