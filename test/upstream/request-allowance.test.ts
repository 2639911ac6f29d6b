import { expect, it, onTestFinished } from 'vitest'
import { startWireServer } from '../../sandbox/wire-server.ts'
import {
  createUpstreamClient,
  type UpstreamClientOptions,
  type UpstreamRequest,
} from '../../src/upstream/client.ts'
import type { RequestAllowance } from '../../src/upstream/request-allowance.ts'
import { waitUntil } from '../support/graphql-client.ts'

const exhausted = new Error('no request is left')
const expired = new Error('the time is over')

/** An allowance of this many requests and milliseconds. */
function allow(calls: number, ms = 60_000): RequestAllowance & { readonly spent: () => number } {
  const end = performance.now() + ms
  let spent = 0
  return {
    spent: () => spent,
    spend() {
      if (spent === calls) return exhausted
      spent += 1
      return null
    },
    get remainingMs() {
      return end - performance.now()
    },
    recordResponse: () => {},
    timeoutError: () => expired,
  }
}

async function open(
  options: Partial<Pick<UpstreamClientOptions, 'connections' | 'onRateLimitEvent' | 'timeoutMs'>> = {},
) {
  const server = await startWireServer({
    routes: (['GET', 'POST'] as const).map((method) => ({
      method,
      path: '/things/:id',
      handle: () => ({ status: 200, body: {} }),
    })),
    notFound: () => ({ status: 404, body: {} }),
  })
  const upstream = createUpstreamClient({ url: server.url, timeoutMs: 5_000, ...options })
  onTestFinished(async () => {
    await upstream.close()
    await server.close()
  })
  const request = (
    id: string,
    allowance: RequestAllowance,
    method: 'GET' | 'POST' = 'GET',
  ): UpstreamRequest => ({
    method,
    route: '/things/:id',
    path: `/things/${id}`,
    allowance,
    signal: new AbortController().signal,
  })
  return { server, upstream, request }
}

it('each request spends one from the allowance, and none is sent when it is exhausted', async () => {
  const { server, upstream, request } = await open()
  const allowance = allow(2)
  await upstream.send(request('a', allowance))
  await upstream.send(request('b', allowance, 'POST'))
  await expect(upstream.send(request('c', allowance))).rejects.toBe(exhausted)
  await expect(upstream.send(request('d', allowance, 'POST'))).rejects.toBe(exhausted)
  expect(server.calls).toHaveLength(2)
})

it('joining a request in flight spends nothing, even with an exhausted allowance', async () => {
  const { server, upstream, request } = await open()
  server.injectFault({ kind: 'slow', ms: 50 })
  const first = allow(1)
  const joins = allow(0)
  await Promise.all([upstream.send(request('a', first)), upstream.send(request('a', joins))])
  expect([first.spent(), joins.spent(), server.calls.length]).toEqual([1, 0, 1])
})

it('a retried read spends a second request, or is not retried', async () => {
  const { server, upstream, request } = await open()
  server.injectFault({ kind: 'reset', times: 1 })
  const two = allow(2)
  await upstream.send(request('a', two))
  expect(two.spent()).toBe(2)
  server.injectFault({ kind: 'reset', times: 1 })
  await expect(upstream.send(request('b', allow(1)))).rejects.toMatchObject({ failure: 'lost' })
  expect(server.calls).toHaveLength(3)
})

it('an operation whose time is over stops waiting for reads, and sends nothing more', async () => {
  const { server, upstream, request } = await open()
  server.injectFault({ kind: 'stall' })
  const allowance = allow(9, 100)
  await expect(upstream.send(request('a', allowance))).rejects.toBe(expired)
  await waitUntil(() => server.calls[0]?.aborted === true)
  await expect(upstream.send(request('b', allowance))).rejects.toBe(expired)
  await expect(upstream.send(request('b', allowance, 'POST'))).rejects.toBe(expired)
  expect(server.calls).toHaveLength(1)
})

it('a read that was refused because the time is over leaves nothing behind: a poll of the same thing is a poll', async () => {
  const events: string[] = []
  const { server, upstream, request } = await open({
    connections: 2,
    onRateLimitEvent: ({ type }) => events.push(type),
  })
  await upstream.send(request('a', allow(1)))
  await expect(upstream.send(request('b', allow(1, 0)))).rejects.toBe(expired)
  server.injectFault({ kind: 'slow', ms: 200, times: 1 })
  const poll = (id: string) => upstream.send({ ...request(id, allow(1)), priority: 'background' })
  const polls = ['c', 'b'].map(poll)
  // Polls have one of the two connections, so the second one is queued.
  await waitUntil(() => events.includes('queued'))
  await Promise.all(polls)
  expect(server.calls.map(({ path }) => path)).toEqual(['/things/a', '/things/c', '/things/b'])
})

it('a write that was sent is awaited beyond the operation’s time, because its outcome matters', async () => {
  const impatient = await open({ timeoutMs: 400 })
  impatient.server.injectFault({ kind: 'stall', times: 1 })
  const stalled = impatient.upstream.send(impatient.request('a', allow(9, 100), 'POST'))
  await expect(stalled).rejects.toMatchObject({ failure: 'timeout' })
  const { server, upstream, request } = await open()
  server.injectFault({ kind: 'slow', ms: 200, times: 1 })
  expect(await upstream.send(request('b', allow(9, 100), 'POST'))).toMatchObject({ status: 200 })
})

it('a write that is still queued for a connection when the time is over is not sent', async () => {
  const { server, upstream, request } = await open({ connections: 1 })
  server.injectFault({ kind: 'slow', ms: 300, times: 1 })
  const under = upstream.send(request('a', allow(9), 'POST'))
  await waitUntil(() => server.calls.length === 1)
  await expect(upstream.send(request('b', allow(9, 50), 'POST'))).rejects.toBe(expired)
  await under
  expect(server.calls).toHaveLength(1)
})
