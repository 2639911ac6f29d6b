import { describe, expect, it, onTestFinished } from 'vitest'
import { startWireServer } from '../../sandbox/wire-server.ts'
import { CircuitBreaker } from '../../src/upstream/circuit-breaker.ts'
import { createUpstreamClient, type UpstreamRequest } from '../../src/upstream/client.ts'
import { UpstreamError, type UpstreamFailure } from '../../src/upstream/errors.ts'

/** A circuit breaker with a manual clock, in front of a server that responds or fails as requested. */
function open() {
  const clock = { ms: 0 }
  const breaker = new CircuitBreaker(() => clock.ms)
  const sent: string[] = []
  const call = (how: 'answer' | UpstreamFailure) =>
    breaker
      .run(async () => {
        sent.push(how)
        if (how !== 'answer') throw new UpstreamError(how, undefined)
      })
      .then(
        () => 'answered',
        (error: unknown) => (error instanceof UpstreamError ? error.failure : error),
      )
  const fail = async (times: number) => {
    for (let time = 0; time < times; time += 1) await call('timeout')
    sent.length = 0
  }
  return { breaker, clock, sent, call, fail }
}

describe('a server that does not respond', () => {
  it.each(['timeout', 'lost', 'not-sent'] as const)(
    'receives no more requests after five consecutive failures: %s',
    async (how) => {
      const { sent, call } = open()
      for (let time = 0; time < 5; time += 1) expect(await call(how)).toBe(how)
      expect(await call('answer')).toBe('not-sent')
      expect(sent).toHaveLength(5)
    },
  )

  it('receives one trial request after a second, and all requests after its response', async () => {
    const { clock, sent, call, fail } = open()
    await fail(5)
    clock.ms = 999
    expect(await call('answer')).toBe('not-sent')
    clock.ms = 1_000
    expect(await Promise.all([call('answer'), call('answer')])).toEqual(['answered', 'not-sent'])
    expect(await call('answer')).toBe('answered')
    expect(sent).toEqual(['answer', 'answer'])
  })

  it('receives no requests for twice as long after each failed trial, at most eight seconds', async () => {
    const { clock, call, fail } = open()
    await fail(5)
    for (const pauseMs of [1_000, 2_000, 4_000, 8_000, 8_000]) {
      clock.ms += pauseMs - 1
      expect(await call('answer')).toBe('not-sent')
      clock.ms += 1
      expect(await call('timeout')).toBe('timeout')
    }
  })

  it('receives no requests for one second again after it has responded', async () => {
    const { clock, call, fail } = open()
    await fail(5)
    clock.ms = 1_000
    expect(await call('timeout')).toBe('timeout')
    clock.ms = 3_000
    expect(await call('answer')).toBe('answered')
    await fail(5)
    clock.ms = 4_000
    expect(await call('answer')).toBe('answered')
  })

  it('receives a single trial request, whatever the outcome of requests in flight', async () => {
    const { breaker, clock, call, fail } = open()
    const endings: (() => void)[] = []
    const held = () => new Promise<void>((resolve) => endings.push(resolve))
    const old = breaker.run(() => held().then(() => Promise.reject(new UpstreamError('timeout', undefined))))
    await fail(5)
    clock.ms = 1_000
    const tried = breaker.run(held)
    const [endOld, endTrial] = endings
    endOld?.()
    await expect(old).rejects.toThrow(UpstreamError)
    expect(await call('answer')).toBe('not-sent')
    endTrial?.()
    await tried
    expect(await call('answer')).toBe('answered')
  })

  it('does not stay closed off for longer because of requests that were in flight when the circuit opened', async () => {
    const { clock, sent, call } = open()
    await Promise.all(Array.from({ length: 12 }, () => call('timeout')))
    expect(sent).toHaveLength(12)
    clock.ms = 1_000
    expect(await call('answer')).toBe('answered')
  })

  it('receives another trial request if the caller of the first has disconnected', async () => {
    const { clock, call, fail } = open()
    await fail(5)
    clock.ms = 1_000
    expect(await call('aborted')).toBe('aborted')
    expect(await call('answer')).toBe('answered')
  })
})

it('a response in between, and requests of callers that disconnect, interrupt a series of failures', async () => {
  const { call, fail } = open()
  await fail(4)
  expect(await call('answer')).toBe('answered')
  await fail(4)
  for (let time = 0; time < 9; time += 1) await call('aborted')
  expect(await call('answer')).toBe('answered')
})

it('a client whose server stalls fails reads and writes at once, without sending them', async () => {
  const server = await startWireServer({
    routes: [],
    notFound: () => ({ status: 404, body: 'nothing here' }),
  })
  const upstream = createUpstreamClient({ url: server.url, timeoutMs: 50 })
  onTestFinished(async () => {
    await upstream.close()
    await server.close()
  })
  const request = (method: 'GET' | 'POST', path: string): UpstreamRequest => {
    return { method, route: '/thing', path, signal: new AbortController().signal }
  }
  server.injectFault({ kind: 'stall' })
  const failures = async (method: 'GET' | 'POST', paths: readonly string[]) => {
    const settled = await Promise.allSettled(paths.map((path) => upstream.send(request(method, path))))
    return settled.map((one) => one.status === 'rejected' && one.reason.failure)
  }
  expect(await failures('GET', ['/1', '/2', '/3', '/4', '/5'])).toEqual(Array(5).fill('timeout'))
  expect(await failures('GET', ['/6'])).toEqual(['not-sent'])
  expect(await failures('POST', ['/7'])).toEqual(['not-sent'])
  expect(server.calls).toHaveLength(5)
})
