import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { endpointUrl, request } from '../support/http.ts'
import {
  jsonBody,
  type RawFrame,
  type RawRequest,
  rawFrame,
  rawRequest,
  socketMessage,
} from './arbitrary-traffic.ts'
import { type GatewayProcess, startProcess } from './gateway-process.ts'

const runs = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 300) }
const deep = `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`
const page = (range: string): RawRequest => ({
  method: 'GET',
  target: '/',
  headers: [['range', range]],
  body: '',
})

/** Random traffic to one process. Inputs that once ended it are kept as examples. A failure prints its seed. */
describe('the process survives any input and responds to the next request', () => {
  let gateway: GatewayProcess
  let url = ''
  beforeAll(async () => {
    gateway = startProcess({ PORT: '0', LOG_LEVEL: 'error', RATE_LIMIT_ANONYMOUS: '0' })
    url = await gateway.url
  })
  afterAll(async () => {
    gateway.signal('SIGTERM')
    const { code, stderr } = await gateway.ended
    gateway.dispose()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  const lives = async () => expect((await request(endpointUrl(url, '/health'))).status).toBe(200)
  /** Sends bytes and closes this half; resolves to what the gateway sends when it has closed its half. */
  const exchange = async (bytes: Buffer): Promise<string> => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.on('error', () => {})
    let received = ''
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      received += chunk
    })
    socket.end(bytes)
    await once(socket, 'close')
    return received
  }

  it('after a request of any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(rawRequest, async (raw) => {
        expect(await exchange(bytesOf(raw))).not.toMatch(/^HTTP\/1\.1 5(?!03|01)/)
        await lives()
      }),
      {
        ...runs,
        examples: [[page('bytes=9-1')], [page('bytes=0-18446744073709551615')], [page('bytes=1-,2-')]],
      },
    )
  })

  it('after a GraphQL request of any members', async () => {
    await fc.assert(
      fc.asyncProperty(jsonBody, async (body) => {
        const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' }
        const reply = await request(url, { method: 'POST', headers, body })
        expect(reply.status).toBeLessThan(500)
        expect(reply.text).not.toContain('INTERNAL_SERVER_ERROR')
        await lives()
      }),
      { ...runs, examples: [[`{"query":"{viewer{role}}","variables":${deep}}`]] },
    )
  })

  it('after a webhook of any body', async () => {
    const hook = fc.tuple(fc.constantFrom('rocketchat', 'livechat', 'nobody'), jsonBody)
    await fc.assert(
      fc.asyncProperty(hook, async ([name, body]) => {
        const headers = { 'x-rocketchat-livechat-token': 'guessed' }
        const init = { method: 'POST', headers, body }
        expect((await request(endpointUrl(url, `/webhooks/${name}`), init)).status).toBeLessThan(500)
        await lives()
      }),
      { ...runs, examples: [[['livechat', deep]]] },
    )
  })

  it('after WebSocket frames of any bytes', async () => {
    const upgrade =
      'GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n'
    await fc.assert(
      fc.asyncProperty(fc.array(rawFrame, { maxLength: 8 }), async (frames) => {
        const answer = await exchange(Buffer.concat([Buffer.from(upgrade), ...frames.map(frameOf)]))
        expect(answer).toMatch(/^HTTP\/1\.1 101 /)
        await lives()
      }),
      {
        ...runs,
        examples: [[[{ first: 0x81, isMasked: true, payload: `{"type":"ping","payload":${deep}}` }]]],
      },
    )
  })

  it('after messages of any kind, before and after connection_init', async () => {
    const init = { type: 'connection_init', payload: { visitorToken: 'invented' } }
    const messages = fc.tuple(fc.boolean(), fc.array(socketMessage, { maxLength: 8 }))
    await fc.assert(
      fc.asyncProperty(messages, async ([isIntroduced, texts]) => {
        const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws')
        socket.on('error', () => {})
        await once(socket, 'open')
        const closed = once(socket, 'close')
        for (const text of [...(isIntroduced ? [JSON.stringify(init)] : []), ...texts]) socket.send(text)
        socket.close()
        const [code]: unknown[] = await closed
        expect(code).not.toBe(4500)
        await lives()
      }),
      { ...runs, examples: [[[false, [`{"type":"ping","payload":${deep}}`]]]] },
    )
  })
})

function bytesOf({ method, target, headers, body }: RawRequest): Buffer {
  const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)]
  const length = headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name))
    ? []
    : [`content-length: ${Buffer.byteLength(body)}`]
  const host = headers.some(([name]) => /^host$/i.test(name)) ? [] : ['host: localhost']
  return Buffer.from(`${[...lines, ...host, ...length].join('\r\n')}\r\n\r\n${body}`)
}

/** Encodes a frame with a mask of zeros and the shortest length. */
function frameOf({ first, isMasked, payload }: RawFrame): Buffer {
  const bytes = Buffer.from(payload)
  const mask = isMasked ? 0x80 : 0
  const length =
    bytes.length <= 125 ? [mask | bytes.length] : [mask | 126, bytes.length >> 8, bytes.length & 0xff]
  return Buffer.concat([Buffer.from([first, ...length]), Buffer.alloc(isMasked ? 4 : 0), bytes])
}
