import { expect, it, onTestFinished } from 'vitest'
import { startWireServer } from '../../../sandbox/wire-server.ts'
import type { Priority } from '../../../src/domain/priority.ts'
import { createUpstreamClient, type UpstreamRequest } from '../../../src/upstream/client.ts'
import { waitUntil } from '../../support/graphql-client.ts'

/** A server that publishes a limit of three requests in the minute that begins now, and its client. */
async function open() {
  const resetAt = Date.now() + 60_000
  let calls = 0
  const server = await startWireServer({
    routes: (['GET', 'POST'] as const).map((method) => ({
      method,
      path: '/rooms/:id',
      handle: () => {
        calls += 1
        const remaining = String(3 - calls)
        const headers = {
          'x-ratelimit-limit': '3',
          'x-ratelimit-remaining': remaining,
          'x-ratelimit-reset': String(resetAt),
        }
        return { status: 200, body: {}, ...(method === 'GET' && { headers }) }
      },
    })),
    notFound: () => ({ status: 404, body: {} }),
  })
  const waiting: number[] = []
  const upstream = createUpstreamClient({
    url: server.url,
    timeoutMs: 5_000,
    onRateLimitEvent: (event) => event.type === 'queued' && waiting.push(event.by),
  })
  onTestFinished(async () => {
    await upstream.close()
    await server.close()
  })
  const { signal } = new AbortController()
  const read = (id: string, priority: Priority): UpstreamRequest => ({
    method: 'GET',
    route: '/rooms/:id',
    path: `/rooms/${id}`,
    priority,
    signal,
  })
  return { server, upstream, waiting, read, write: { ...read('a', 'interactive'), method: 'POST' as const } }
}

it('an interactive read that is identical to a queued poll shares its request, and is not queued behind polls', async () => {
  const { server, upstream, waiting, read } = await open()
  await upstream.send(read('a', 'background'))
  await upstream.send(read('a', 'interactive'))
  const polls = ['b', 'c'].map((id) => upstream.send(read(id, 'background')))
  await waitUntil(() => waiting.length === 2)
  expect(upstream.backgroundDelayMs()).toBeGreaterThan(0)
  const interactive = upstream.send(read('c', 'interactive'))
  expect(await interactive).toBe(await polls[1])
  expect(server.calls.map(({ path }) => path)).toEqual(['/rooms/a', '/rooms/a', '/rooms/c'])
  const stopped = expect(polls[0]).rejects.toMatchObject({ failure: 'not-sent' })
  await upstream.close()
  await stopped
})

it('a write is sent at once while polls are queued, and an exhausted window returns the retry time', async () => {
  const { server, upstream, waiting, read, write } = await open()
  await upstream.send(read('a', 'background'))
  await upstream.send(read('a', 'interactive'))
  const poll = upstream.send(read('b', 'background'))
  await waitUntil(() => waiting.length === 1)
  await upstream.send(write)
  expect(server.calls.at(-1)).toMatchObject({ method: 'POST' })
  await upstream.send(read('c', 'interactive'))
  await expect(upstream.send(read('d', 'interactive'))).rejects.toMatchObject({
    failure: 'limited',
    retryAfterMs: expect.any(Number),
  })
  const stopped = expect(poll).rejects.toMatchObject({ failure: 'not-sent' })
  await upstream.close()
  await stopped
})

it('a poll whose connection broke is retried as a poll, after interactive requests', async () => {
  const { server, upstream, waiting, read } = await open()
  await upstream.send(read('a', 'interactive'))
  server.injectFault({ kind: 'reset', times: 1 })
  const poll = upstream.send(read('b', 'background'))
  await waitUntil(() => server.calls.length === 2)
  await waitUntil(() => waiting.length > 0)
  await upstream.send(read('c', 'interactive'))
  expect(server.calls.map(({ path }) => path)).toEqual(['/rooms/a', '/rooms/b', '/rooms/c'])
  const stopped = expect(poll).rejects.toMatchObject({ failure: 'not-sent' })
  await upstream.close()
  await stopped
})
