import { expect, it, onTestFinished } from 'vitest'
import { startWireServer } from '../../sandbox/wire-server.ts'
import { createHttpTransport } from '../../src/upstream/http-transport.ts'
import { waitUntil } from '../support/graphql-client.ts'

const patient = () => new AbortController().signal

/** A server of things, and a transport with one connection to it. */
async function open(timeoutMs = 5_000) {
  const handle = () => ({ status: 200, body: {} })
  const server = await startWireServer({
    routes: [{ method: 'GET', path: '/things/:id', handle }],
    notFound: () => ({ status: 404, body: {} }),
  })
  const reports: string[] = []
  const transport = createHttpTransport({
    url: server.url,
    timeoutMs,
    connections: 1,
    onRequest: ({ outcome }) => reports.push(outcome),
  })
  onTestFinished(async () => {
    await transport.close()
    await server.close()
  })
  const read = (id: string, signal: AbortSignal) => {
    const request = { method: 'GET', route: '/things/:id', path: `/things/${id}`, signal } as const
    return transport.send(request, null, signal)
  }
  return { server, read, reports }
}

it('a request whose caller has disconnected before is not sent', async () => {
  const { server, read } = await open()
  await expect(read('a', AbortSignal.abort())).rejects.toMatchObject({ failure: 'aborted' })
  expect(server.calls).toEqual([])
})

it('a request that is aborted while it waits for a connection fails at once, and is not sent', async () => {
  const { server, read, reports } = await open()
  const takeBack = server.injectFault({ kind: 'stall', times: 1 })
  const [first, second] = [new AbortController(), new AbortController()]
  const stalled = read('a', first.signal)
  await waitUntil(() => server.calls.length === 1)
  const waiting = read('b', second.signal)
  second.abort()
  await expect(waiting).rejects.toMatchObject({ failure: 'aborted' })
  first.abort()
  await expect(stalled).rejects.toMatchObject({ failure: 'aborted' })
  takeBack()
  expect(await read('c', patient())).toMatchObject({ status: 200 })
  expect(server.calls.map(({ path }) => path)).toEqual(['/things/a', '/things/c'])
  expect(reports).toEqual(['aborted', 'aborted', '200'])
})

it('a request that waits for a connection times out like one that was sent', async () => {
  const { server, read, reports } = await open(300)
  server.injectFault({ kind: 'stall', times: 1 })
  const both = [read('a', patient()), read('b', patient())]
  for (const each of both) await expect(each).rejects.toMatchObject({ failure: 'timeout' })
  expect(reports).toEqual(['timeout', 'timeout'])
})
