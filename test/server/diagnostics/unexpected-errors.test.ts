import { once } from 'node:events'
import { Registry } from 'prom-client'
import { describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createLog } from '../../../src/log.ts'
import {
  createUnexpectedErrors,
  type ErrorPlace,
  errorPlaces,
} from '../../../src/server/diagnostics/unexpected-errors.ts'
import { FairScheduler } from '../../../src/server/scheduling/fair-scheduler.ts'
import { KeepAlive } from '../../../src/server/scheduling/keep-alive.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { endpointUrl, parseAnswer, post, request } from '../../support/http.ts'
import { openRawSocket } from '../../support/raw-socket.ts'
import { INTERNAL_DETAIL, openBrokenServer } from '../broken-server.ts'

function openRecord() {
  const lines: Readonly<Record<string, unknown>>[] = []
  const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line)) })
  const registry = new Registry()
  const unexpected = createUnexpectedErrors(log, registry)
  const count = async (place: ErrorPlace) => {
    const metric = await registry.getSingleMetric('switchboard_unexpected_errors_total')?.get()
    return metric?.values.find(({ labels }) => labels['place'] === place)?.value
  }
  return { lines, unexpected, count }
}

function fail(): never {
  throw new Error(INTERNAL_DETAIL)
}

describe('an unexpected error', () => {
  it('is counted each time, and logged once with its place and stack, whatever its message', async () => {
    const { lines, unexpected, count } = openRecord()
    for (let at = 0; at < 100; at += 1) unexpected.report(new Error(`from client ${at}`), 'upgrade')
    expect(lines).toMatchObject([
      {
        msg: 'unexpected error',
        level: 50,
        place: 'upgrade',
        err: { stack: expect.any(String) },
        suppressed: 0,
      },
    ])
    expect(await count('upgrade')).toBe(100)
    unexpected.report(new Error('of another stack'), 'upgrade')
    expect(lines).toHaveLength(2)
  })

  it('is logged again a minute later, with the number of suppressed lines', () => {
    const now = vi.spyOn(performance, 'now')
    try {
      const { lines, unexpected } = openRecord()
      for (const at of [0, 59_999, 60_000, 60_001]) {
        now.mockReturnValue(at)
        unexpected.report('no error at all', 'webhook')
      }
      expect(lines).toMatchObject([{ suppressed: 0 }, { suppressed: 1 }])
    } finally {
      now.mockRestore()
    }
  })

  it('of a listener is caught, thrown or rejected, and so is one of its failure handler', async () => {
    const { lines, unexpected, count } = openRecord()
    const ended: string[][] = []
    const end = (id: string) => {
      ended.push([id])
      throw new Error('the end fails too')
    }
    const thrown: (id: string) => unknown = fail
    const rejected = (id: string) => Promise.reject(new Error(id))
    unexpected.guard('websocket', thrown, end)('1')
    unexpected.guard('websocket', rejected, end)('2')
    await waitUntil(() => lines.length >= 4)
    expect(ended).toEqual([['1'], ['2']])
    expect(await count('websocket')).toBe(4)
  })

  it('in one task or ping does not affect the others', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const { unexpected, count } = openRecord()
      const done: string[] = []
      const scheduler = new FairScheduler(unexpected)
      scheduler.schedule({ run: () => fail() })
      scheduler.schedule({ run: () => void done.push('task') })
      await waitUntil(() => done.length > 0)
      const keepAlive = new KeepAlive(unexpected)
      keepAlive.add({ ping: () => fail() })
      keepAlive.add({ ping: () => void done.push('ping') })
      vi.advanceTimersByTime(12_000)
      expect(done).toEqual(['task', 'ping'])
      expect(await count('scheduler')).toBe(1)
      expect(await count('keep_alive')).toBe(1)
    } finally {
      vi.useRealTimers()
    }
  })

  it('shows as zero for places without errors', async () => {
    const { count } = openRecord()
    for (const place of errorPlaces) expect(await count(place)).toBe(0)
  })
})

describe('a listener that fails', () => {
  it('for a request causes status 500', async () => {
    const { url, lines } = await openBrokenServer()
    for (const _ of [1, 2]) {
      const { status, text } = await request(endpointUrl(url, '/webhooks/any'), { method: 'POST' })
      expect({ status, text }).toEqual({ status: 500, text: 'unexpected error\n' })
    }
    expect(lines).toMatchObject([{ place: 'http_request', msg: 'unexpected error' }])
    expect((await request(endpointUrl(url, '/metrics'))).text).toContain(
      'switchboard_unexpected_errors_total{place="http_request"} 2',
    )
  })

  it('for a GraphQL request causes status 500 with a request id', async () => {
    const { url, lines } = await openBrokenServer({ identify: fail })
    const reply = await post(url, { query: '{ fine }' })
    expect(reply.status).toBe(500)
    expect(parseAnswer(reply)).toMatchObject({
      errors: [{ extensions: { requestId: lines[0]?.['requestId'] } }],
    })
    expect((await request(endpointUrl(url, '/metrics'))).text).toContain(
      'switchboard_unexpected_errors_total{place="graphql"} 1',
    )
  })

  it('for a message closes its socket with 4500', async () => {
    const { url, lines } = await openBrokenServer({ identify: fail })
    const socket = await openRawSocket(url)
    socket.send({ type: 'connection_init' })
    expect(await socket.closed).toEqual({ code: 4500, reason: 'Internal server error' })
    expect(lines).toMatchObject([{ place: 'websocket' }])
    expect((await request(endpointUrl(url, '/health'))).status).toBe(200)
  })

  it('for an upgrade cuts the connection', async () => {
    const { url, lines } = await openBrokenServer({ clientAddress: fail })
    const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws')
    await once(socket, 'error')
    expect(lines).toMatchObject([{ place: 'upgrade' }])
    expect((await request(endpointUrl(url, '/health'))).status).toBe(200)
  })
})
