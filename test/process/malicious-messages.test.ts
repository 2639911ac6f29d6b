import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { endpointUrl, parseAnswer, post, request } from '../support/http.ts'
import { connectAs, openRawSocket } from '../support/raw-socket.ts'
import { type GatewayProcess, startProcess } from './gateway-process.ts'

/** Messages that once ended the process or kept it busy forever. */
describe('a gateway in a process of its own', () => {
  let gateway: GatewayProcess
  let url = ''
  beforeAll(async () => {
    gateway = startProcess({ PORT: '0', LOG_LEVEL: 'error' })
    url = await gateway.url
  })
  afterEach(async () => {
    expect((await request(endpointUrl(url, '/health'))).status).toBe(200)
  })
  afterAll(async () => {
    gateway.signal('SIGTERM')
    const { code, stderr } = await gateway.ended
    gateway.dispose()
    // None of this is an unexpected error.
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it.for([
    ['query', 'Query', 'viewer { role }'],
    ['mutation', 'Mutation', '__typename'],
    ['subscription', 'Subscription', 'messageAdded(roomId: "x") { id }'],
  ])('survives exponentially expanding fragments of a %s', async ([operation = '', type = '', leaf = '']) => {
    const spreads = Array.from(
      { length: 40 },
      (_, i) => `fragment F${i} on ${type} { ...F${i + 1} ...F${i + 1} }`,
    )
    const query = `${operation} { ...F0 } ${spreads.join(' ')} fragment F40 on ${type} { ${leaf} }`
    const refused = [{ extensions: { code: 'OPERATION_TOO_COMPLEX' } }]
    expect(parseAnswer(await post(url, { query }))).toMatchObject({ errors: refused })
    const socket = await connectAs(url)
    socket.subscribe('1', { query })
    expect(await socket.next()).toMatchObject({ type: 'error', id: '1', payload: refused })
  })

  it.for(['9-1', '0-18446744073709551615', '18446744073709551615-', '-5', '5-', 'x-y', '1-2,3-4', '-', ''])(
    'survives a range of bytes %j, and sends the full page',
    async (range) => {
      for (const path of ['/', '/index.html', '/widget/']) {
        const socket = connect(Number(new URL(url).port), '127.0.0.1')
        socket.write(
          `GET ${path} HTTP/1.1\r\nhost: localhost\r\nrange: bytes=${range}\r\nconnection: close\r\n\r\n`,
        )
        expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*<\/html>/)
      }
    },
  )

  it('survives JSON that is nested deeper than the call stack', async () => {
    const socket = await openRawSocket(url)
    socket.send(`{"type":"ping","payload":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}}`)
    expect(await socket.closed).toMatchObject({ code: 4400 })
  })
})
