import { describe, expect, it, onTestFinished } from 'vitest'
import { openEventStream } from '../support/event-stream.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { endpointUrl, request } from '../support/http.ts'
import { connectAs } from '../support/raw-socket.ts'
import { startProcess } from './gateway-process.ts'

/** Errors that no listener of the gateway handles, one for each signal: signals that nothing but the test sends. */
const faults = `
  import { Socket } from 'node:net'
  process.on('SIGUSR2', () => { throw new Error('a listener broke') })
  process.on('SIGHUP', () => { Promise.reject(new Error('nobody awaits this')) })
  process.on('SIGWINCH', () => {
    new Socket().destroy(Object.assign(new Error('read ECONNRESET'), { errno: -104, syscall: 'read' }))
  })
`

async function openFaulty() {
  const preload = `--import=data:text/javascript,${encodeURIComponent(faults)}`
  const gateway = startProcess({ PORT: '0', LOG_LEVEL: 'error', NODE_OPTIONS: preload })
  onTestFinished(() => gateway.dispose())
  const url = await gateway.url
  const count = async (place: string) => {
    const { text } = await request(endpointUrl(url, '/metrics'))
    return new RegExp(`^switchboard_unexpected_errors_total{place="${place}"} (\\d+)$`, 'm').exec(text)?.[1]
  }
  const linesOf = async () => {
    const { code, stderr } = await gateway.ended
    const lines = stderr.split('\n').filter((line) => line !== '')
    return { code, lines: lines.map((line): unknown => JSON.parse(line)) }
  }
  return { gateway, url, count, linesOf }
}

describe('an uncaught error', () => {
  it.for([
    ['a promise that nobody awaits', 'SIGHUP', 'promise', 'nobody awaits this'],
    ['a connection without a listener', 'SIGWINCH', 'process', 'read ECONNRESET'],
  ] as const)('of %s is recorded, and the process goes on', async ([, signal, place, message]) => {
    const { gateway, url, count, linesOf } = await openFaulty()
    const socket = await connectAs(url)
    for (const times of ['1', '2']) {
      gateway.signal(signal)
      await waitUntil(async () => (await count(place)) === times)
    }
    socket.subscribe('1', { query: '{ viewer { role } }' })
    expect(await socket.next()).toMatchObject({ type: 'next' })
    gateway.signal('SIGTERM')
    const { code, lines } = await linesOf()
    expect(code).toBe(0)
    expect(lines).toMatchObject([{ msg: 'unexpected error', place, err: { message } }])
  })

  it('in a listener stops the process cleanly, with code 1', async () => {
    const { gateway, url, linesOf } = await openFaulty()
    const socket = await connectAs(url)
    const query = 'subscription { roomActivity { id } }'
    const key = /^Operator key: +(\S+)$/m.exec(gateway.stdout())?.[1]
    const events = await openEventStream(url, { query }, { authorization: `Bearer ${key}` })
    gateway.signal('SIGUSR2')
    expect(await socket.closed).toMatchObject({ code: 1001 })
    expect(await events.end()).toMatchObject({ retryMs: expect.any(Number) })
    const { code, lines } = await linesOf()
    expect(code).toBe(1)
    expect(lines).toMatchObject([
      { msg: 'unexpected error', place: 'process', err: { message: 'a listener broke' } },
      { msg: 'closing after an unexpected error' },
    ])
  })
})
