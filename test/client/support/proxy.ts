import { createServer, request as forward, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** A request that the proxy has forwarded. */
export interface ProxiedRequest {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A proxy between a client and the gateway that knows no WebSockets, as many in companies. */
export interface Proxy {
  /** The gateway's address through the proxy. */
  readonly url: string
  readonly requests: readonly ProxiedRequest[]
  readonly refusedUpgrades: () => number
  /** Cuts the connection in place of the next response, which the gateway has sent. */
  loseNextResponse(): void
}

/** Starts a proxy in front of a gateway. It ends with the test. */
export async function startProxy(gateway: string): Promise<Proxy> {
  const target = new URL(gateway)
  const requests: ProxiedRequest[] = []
  let refusedUpgrades = 0
  let isLosing = false
  const server = createServer(async (req, res) => {
    const body = await buffer(req)
    requests.push({ headers: req.headers, body: String(body) })
    const isLost = isLosing
    isLosing = false
    const { host: _host, ...headers } = req.headers
    const upstream = forward(new URL(req.url ?? '', target), { method: req.method, headers })
    res.once('close', () => upstream.destroy())
    upstream.once('error', () => res.destroy())
    upstream.once('response', (response) => {
      if (isLost) return void response.resume().once('end', () => res.destroy())
      res.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(res)
    })
    upstream.end(body)
  })
  server.on('upgrade', (_req, socket) => {
    refusedUpgrades += 1
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // A server that listens on a port has an address with it.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${target.pathname}`,
    requests,
    refusedUpgrades: () => refusedUpgrades,
    loseNextResponse() {
      isLosing = true
    },
  }
}
