import { expect, it } from 'vitest'
import { toHttpLink } from '../../../src/providers/shared/http-link.ts'

const SERVER = 'https://chat.example/base/'

it.each([
  ['an absolute address', 'https://files.example/a.png', 'https://files.example/a.png'],
  ['an address on the server', '/file-upload/1/a.png', 'https://chat.example/file-upload/1/a.png'],
  [
    'an address below the server’s path',
    'file-upload/1/a.png',
    'https://chat.example/base/file-upload/1/a.png',
  ],
])('%s is a link', (_what, link, address) => {
  expect(toHttpLink(link, SERVER)).toBe(address)
})

it.each([
  ['a script', 'javascript:alert(1)'],
  ['data', 'data:text/html,hello'],
  ['no address', 'https://'],
  ['an empty text', ''],
  ['nothing', null],
])('%s is none', (_what, link) => {
  expect(toHttpLink(link, SERVER)).toBeNull()
})

it('ignores a relative address without a base', () => {
  expect(toHttpLink('/file-upload/1/a.png')).toBeNull()
})
