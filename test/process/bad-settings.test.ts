import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { startProcess } from './gateway-process.ts'

const START_MS = 60_000

it('stops with code 2 and a line for every invalid setting, from any source', {
  timeout: START_MS,
}, async () => {
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

it('stops with code 2 if a trusted document is not valid for the schema', {
  timeout: START_MS,
}, async () => {
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

it('logs one line and stops if its port is in use, although its sandbox is open', {
  timeout: START_MS,
}, async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const gateway = startProcess({ PORT: String((other.address() as AddressInfo).port) })
  onTestFinished(gateway.dispose)
  const { code, stdout, stderr } = await gateway.ended
  expect(code).toBe(1)
  expect(stdout).toBe('')
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(JSON.parse(stderr)).toMatchObject({
    level: 60,
    msg: 'gateway could not start',
    err: { message: expect.stringContaining('EADDRINUSE') },
  })
})
