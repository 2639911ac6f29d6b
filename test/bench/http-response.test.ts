import { expect, it } from 'vitest'
import { ResponseAssembler } from '../../bench/requests/http-response.ts'

const plain = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"data":1'
const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"da\r\n5\r\nta":1\r\n0\r\n\r\n'
/** Its content ends like a chunked body. */
const misleading =
  'HTTP/1.1 503 No\r\ntransfer-encoding: chunked\r\n\r\n5\r\n0\r\n\r\n\r\n4\r\nmore\r\n0\r\n\r\n'

it.each([
  ['with content-length', plain, 200, '{"data":1'],
  ['chunked', chunked, 200, '{"data":1'],
  ['chunked, with content that looks like its end', misleading, 503, '0\r\n\r\nmore'],
])('assembles a response %s wherever its bytes are split, one after another', (_, text, status, body) => {
  const assembler = new ResponseAssembler()
  for (let at = 1; at < text.length; at += 1) {
    expect(assembler.add(Buffer.from(text.slice(0, at)))).toBeNull()
    const response = assembler.add(Buffer.from(text.slice(at)))
    expect(response).toMatchObject({ status })
    expect(response?.body.toString()).toBe(body)
  }
})

it('refuses a body that is longer than announced, and what is no response', () => {
  expect(() => new ResponseAssembler().add(Buffer.from(`${plain}!`))).toThrow('longer')
  expect(() => new ResponseAssembler().add(Buffer.from('SSH-2.0\r\n\r\n'))).toThrow('not a response')
})
