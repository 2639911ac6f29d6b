import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { startProcess } from './gateway-process.ts'

it('stops with code 2 and a line for every invalid setting, from any source', async () => {
  const faulty = startProcess(
    { PORT: '99999', ROCKETCHAT_USER_ID: 'u1', LOG_LEVEL: 'loud' },
    { OPERATOR_KEYS: 'ann:short', LIVECHAT_TOKN: 'abc123', LOG_LEVEL: 'info' },
  )
  onTestFinished(faulty.dispose)
  const { code, stdout, stderr } = await faulty.ended
  const lines = stderr.trimEnd().split('\n')
  const variables = [
    'LIVECHAT_TOKN',
    'LOG_LEVEL',
    'OPERATOR_KEYS',
    'PORT',
    'ROCKETCHAT_AUTH_TOKEN',
    'ROCKETCHAT_URL',
  ]
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(lines.map((line) => line.split(': ', 1)[0]).sort()).toEqual(variables)
  expect(lines).toContain('LIVECHAT_TOKN: is not a known setting; did you mean LIVECHAT_TOKEN?')
  expect(stderr).not.toMatch(/short|abc123/)
})

it('stops with code 2 if a trusted document is not valid for the schema', async () => {
  const directory = createTestDirectory()
  const path = join(directory, 'documents.json')
  const text = '{ viewer { nothing } }'
  const id = createHash('sha256').update(text).digest('hex')
  writeFileSync(path, JSON.stringify({ [id]: text }))
  const faulty = startProcess({ PORT: '0', TRUSTED_DOCUMENTS: 'public', TRUSTED_DOCUMENTS_FILE: path })
  onTestFinished(faulty.dispose)
  const { code, stdout, stderr } = await faulty.ended
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(
    new RegExp(`^TRUSTED_DOCUMENTS_FILE: document ${id} is not valid for the schema: .*\n$`),
  )
})

it('stops with code 2 and one line if its port is in use, although its sandbox is open', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const gateway = startProcess({ PORT: String(port), CONSOLE: 'off' })
  onTestFinished(gateway.dispose)
  expect(await gateway.ended).toEqual({
    code: 2,
    stdout: '',
    stderr: `PORT: ${port} is in use by another process (EADDRINUSE)\n`,
  })
})

it.each([
  ['no address of this machine', '203.0.113.7', 'EADDRNOTAVAIL'],
  ['no known name', 'nobody.invalid', '(?:ENOTFOUND|EAI_AGAIN)'],
])('stops with code 2 and one line if HOST is %s', async (_what, host, code) => {
  const gateway = startProcess({
    PORT: '0',
    HOST: host,
    ROCKETCHAT_URL: 'http://127.0.0.1:9',
    CONSOLE: 'off',
    OPERATOR_KEYS: 'ann:operator-key-of-ann',
  })
  onTestFinished(gateway.dispose)
  expect(await gateway.ended).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(new RegExp(`^HOST: is not an address of this machine \\(${code}\\)\n$`)),
  })
})

it('starts while its provider does not work, and logs the cause once', async () => {
  const gateway = startProcess({ PORT: '0', ROCKETCHAT_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'error' })
  onTestFinished(gateway.dispose)
  await gateway.url
  await gateway.stderrLine
  gateway.signal('SIGTERM')
  const { code, stderr } = await gateway.ended
  expect(code).toBe(0)
  expect(JSON.parse(stderr)).toMatchObject({
    provider: 'rocketchat',
    host: '127.0.0.1:9',
    cause: 'ECONNREFUSED',
    reason: 'The provider’s host refuses connections (ECONNREFUSED).',
    msg: 'provider is not available',
  })
})
