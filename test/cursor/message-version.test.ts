import { describe, expect, it } from 'vitest'
import { hashMessageVersion, messageVersion } from '../../src/cursor/message-version.ts'
import type { Message } from '../../src/domain/model.ts'
import { shortHash } from '../../src/domain/short-hash.ts'
import { attachment, message } from '../live/message-builders.ts'

const original = message('one', 1)

describe('the serialized form', () => {
  const url = 'https://example.org/a.png'
  const content = { name: 'a.png', contentType: null, size: 3 }
  const fields: Partial<Message> = {
    text: 'hello',
    state: 'EDITED',
    kind: 'FILE',
    editedAt: new Date(5),
    visibility: 'AGENTS',
  }
  const external = attachment({ ...content, externalUrl: url })
  const serialized = (...urls: readonly string[]) =>
    JSON.stringify([
      'hello',
      'EDITED',
      'FILE',
      5,
      urls.map((address) => ({ url: address, ...content })),
      'AGENTS',
    ])

  it('is the one that issued cursors contain a hash of', () => {
    const withLink = message('one', 1, { ...fields, attachments: [external] })
    expect(messageVersion(withLink)).toBe(serialized(url))
    expect(hashMessageVersion(withLink, 4)).toBe(shortHash(serialized(url), 4))
  })

  it('is hashed where it contains the address of a file that the provider keeps', () => {
    const file = attachment({ ...content, providerUrl: url })
    const withFile = message('one', 1, { ...fields, attachments: [file, external] })
    expect(messageVersion(withFile)).toBe(shortHash(serialized(url, url), 27))
    expect(hashMessageVersion(withFile, 4)).toBe(shortHash(serialized(url, url), 4))
  })
})

it('is known of a message that another process has read', () => {
  const versionHash = 'abcdefghijklmnopqrstuvwxyz0'
  const decoded = message('one', 1, { attachments: [attachment()], versionHash })
  expect(messageVersion(decoded)).toBe(versionHash)
  expect(hashMessageVersion(decoded, 4)).toBe('abcd')
})

it.each<Partial<Message>>([
  { text: 'other' },
  { state: 'DELETED' },
  { kind: 'RICH' },
  { editedAt: new Date(7) },
  { attachments: [attachment({ name: 'b' })] },
  { visibility: 'AGENTS' },
])('changes with %o', (fields) => {
  expect(messageVersion({ ...original, ...fields })).not.toBe(messageVersion(original))
})

it.each<Partial<Message>>([{ author: null }, { editedBy: null }, { reopens: true }])(
  'stays the same with %o',
  (fields) => {
    expect(messageVersion({ ...original, ...fields })).toBe(messageVersion(original))
  },
)
