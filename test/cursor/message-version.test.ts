import { expect, it } from 'vitest'
import { messageVersion } from '../../src/cursor/message-version.ts'
import type { Message } from '../../src/domain/model.ts'
import { attachment, message } from '../live/message-builders.ts'

const original = message('one', 1)

it('keeps the serialized form that issued cursors contain a hash of', () => {
  const url = 'https://example.org/a.png'
  const content = { name: 'a.png', contentType: null, size: 3 }
  const fields: Partial<Message> = {
    text: 'hello',
    state: 'EDITED',
    kind: 'FILE',
    editedAt: new Date(5),
    attachments: [attachment({ ...content, providerUrl: url }), attachment({ ...content, externalUrl: url })],
    visibility: 'AGENTS',
  }
  expect(messageVersion(message('one', 1, fields))).toBe(
    JSON.stringify([
      'hello',
      'EDITED',
      'FILE',
      5,
      [
        { url, ...content },
        { url, ...content },
      ],
      'AGENTS',
    ]),
  )
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
