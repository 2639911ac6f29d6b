import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config/index.ts'
import { issueLines } from './support/config-lines.ts'

const TEXT = '{ viewer { role } }'
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const FILE = { TRUSTED_DOCUMENTS_FILE: 'documents.json' }

test.each(['off', 'public', 'all'])('the documents of the file are read by id: %s', (mode) => {
  const file = JSON.stringify({ [hashOf(TEXT)]: TEXT, [hashOf('{ ü }')]: '{ ü }' })
  const config = loadConfig({ ...FILE, TRUSTED_DOCUMENTS: mode }, { readText: () => file })
  expect(config.trustedDocuments).toBe(mode)
  expect([...config.documentsById.values()]).toEqual([TEXT, '{ ü }'])
  expect(config.documentsById.get(hashOf(TEXT))).toBe(TEXT)
})

test.each(['public', 'all'])('without a file no document could run: %s', (mode) => {
  expect(issueLines({ TRUSTED_DOCUMENTS: mode })).toEqual([
    'TRUSTED_DOCUMENTS_FILE: is missing, but TRUSTED_DOCUMENTS needs it',
  ])
})

test.each([
  ['no JSON', 'secret'],
  ['a list', '["secret"]'],
  ['nothing', 'null'],
  ['no document', '{}'],
  ['an id that is no hash', JSON.stringify({ secret: TEXT })],
  ['the hash of another text', JSON.stringify({ [hashOf('secret')]: TEXT })],
  ['a hash in upper case', JSON.stringify({ [hashOf(TEXT).toUpperCase()]: TEXT })],
  ['a value that is no text', JSON.stringify({ [hashOf('secret')]: { text: 'secret' } })],
])('a file with %s is refused without repeating its text', (_, file) => {
  const lines = issueLines(FILE, file)
  expect(lines).toEqual([expect.stringMatching(/^TRUSTED_DOCUMENTS_FILE: /)])
  expect(lines.join()).not.toContain('secret')
})

test('every invalid entry is reported by its position', () => {
  const file = JSON.stringify({ a: TEXT, [hashOf(TEXT)]: TEXT, b: TEXT })
  expect(issueLines(FILE, file)).toEqual([
    'TRUSTED_DOCUMENTS_FILE: must hold texts by their SHA-256 in lower-case hex: entry 1, 3 is not one',
  ])
})
