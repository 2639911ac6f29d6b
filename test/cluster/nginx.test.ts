import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { hasNginx, startNginx } from './nginx.ts'

const REPLICAS = 3
const STREAMS = 5

/** A server that answers each request with a stream that does not end, and keeps its port over restarts. */
class Streamer {
  #server: Server | null = null
  #port = 0

  get url(): string {
    return `http://127.0.0.1:${this.#port}/graphql`
  }

  async start(): Promise<void> {
    const server = createServer((_req, res) =>
      res.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n'),
    )
    this.#server = server
    await once(server.listen(this.#port, '127.0.0.1'), 'listening')
    this.#port = (server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    const server = this.#server
    if (!server?.listening) return
    const closed = once(server.close(), 'close')
    server.closeAllConnections()
    await closed
  }
}

it.runIf(hasNginx)('the documented nginx serves streams while and after each replica restarts', async () => {
  const replicas = Array.from({ length: REPLICAS }, () => new Streamer())
  onTestFinished(async () => void (await Promise.all(replicas.map((replica) => replica.stop()))))
  await Promise.all(replicas.map((replica) => replica.start()))
  const balancer = await startNginx(replicas.map(({ url }) => url))
  const clients = new AbortController()
  onTestFinished(async () => {
    clients.abort()
    await balancer.close()
  })
  /** The statuses of new streams, which stay open. */
  const openStreams = () =>
    Promise.all(
      Array.from(
        { length: STREAMS },
        async () => (await fetch(balancer.url, { signal: clients.signal })).status,
      ),
    )
  const served = Array<number>(STREAMS).fill(200)
  for (const replica of replicas) {
    await replica.stop()
    expect(await openStreams()).toEqual(served)
    await replica.start()
  }
  expect(await openStreams()).toEqual(served)
})
