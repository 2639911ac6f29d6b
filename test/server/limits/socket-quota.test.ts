import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Config } from '../../../src/config/index.ts'
import { createLog } from '../../../src/log.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { endpointUrl, parseAnswer, post, request } from '../../support/http.ts'
import { openRawSocket } from '../../support/raw-socket.ts'
import { asOperator } from '../../support/test-gateway.ts'

const LISTEN = { query: 'subscription { roomActivity { id } }' }
const EVENTS = { ...asOperator, accept: 'text/event-stream' }

async function openLimited(config: Partial<Config>) {
  const lines: Readonly<Record<string, unknown>>[] = []
  const log = createLog('warn', { write: (line) => void lines.push(JSON.parse(line)) })
  const { url } = await openGatewayWithoutProviders({ trustedProxies: ['127.0.0.1'], ...config }, { log })
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
  return { url, lines, from }
}

/** The status and text of a rejected upgrade. */
async function refusedUpgrade(url: string, headers: Readonly<Record<string, string>>) {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws', { headers })
  socket.on('error', () => {})
  const [, response] = await once(socket, 'unexpected-response')
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return { status: response.statusCode as unknown, text }
}

describe('WebSockets and event streams', () => {
  it('of one address are limited, those of another are not', async () => {
    const { url, lines, from } = await openLimited({ maxSocketsPerAddress: 2 })
    const [first] = await Promise.all([
      openRawSocket(url, from('198.51.100.7')),
      openRawSocket(url, from('198.51.100.7')),
    ])
    const expected = 'At most 2 WebSockets and event streams at a time for one address.'
    expect(await refusedUpgrade(url, from('198.51.100.7').headers)).toEqual({ status: 429, text: expected })
    const stream = await post(url, LISTEN, { ...EVENTS, ...from('198.51.100.7').headers })
    expect(stream.status).toBe(429)
    expect(parseAnswer(stream)).toMatchObject({
      errors: [{ message: expected, extensions: { code: 'TOO_MANY_SOCKETS' } }],
    })
    await openRawSocket(url, from('198.51.100.8'))
    first.socket.close()
    await first.closed
    await waitUntil(() =>
      openRawSocket(url, from('198.51.100.7')).then(
        () => true,
        () => false,
      ),
    )
    const hints = lines.filter(({ msg }) => String(msg).includes('TRUSTED_PROXIES'))
    expect(hints).toMatchObject([{ address: '198.51.100.7', maxSocketsPerAddress: 2 }])
  })

  it('are limited in total', async () => {
    const { url, from } = await openLimited({ maxSockets: 1 })
    await openRawSocket(url, from('198.51.100.7'))
    expect(await refusedUpgrade(url, from('198.51.100.8').headers)).toEqual({
      status: 503,
      text: 'At most 1 WebSockets and event streams at a time.',
    })
    const { text } = await request(endpointUrl(url, '/metrics'))
    expect(text).toContain('switchboard_refused_requests_total{reason="sockets"} 1')
  })
})

describe('an endless body', () => {
  it.for([
    ['that is too large', 413, ''],
    ['of a caller whose key is wrong', 401, 'authorization: Bearer wrong\r\n'],
    ['that nobody reads', 404, ''],
  ] as const)('%s is answered %d, read no further, and its connection is cut', async ([, status, header]) => {
    const { url } = await openGatewayWithoutProviders()
    const { port, pathname } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
    let received = ''
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      received += chunk
    })
    const path = status === 404 ? '/nowhere' : pathname
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${header}content-length: 100000000000\r\n\r\n`,
    )
    const chunk = Buffer.alloc(64 * 1024, 0x20)
    const pump = () => {
      while (!socket.destroyed && socket.write(chunk));
    }
    socket.on('drain', pump)
    pump()
    await new Promise((resolve) => socket.once('close', resolve))
    expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    // The bytes that the gateway drains, and the buffers at both ends of the connection.
    expect(socket.bytesWritten).toBeLessThan(64 * 1024 * 1024)
    expect((await request(endpointUrl(url, '/health'))).status).toBe(200)
  })
})
