import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a shop's page has besides the widget. */
export interface ShopPage {
  /** Attributes of the script element, without `src`. */
  readonly attributes?: string
  readonly css?: string
  readonly body?: string
  /** Its Content-Security-Policy; none by default. */
  readonly policy?: string
}

/** A shop on an origin of its own. */
export interface ShopSite {
  readonly origin: string
  /** Sets what its only page contains. */
  show(page: ShopPage): void
}

/** Starts a shop whose page loads the widget from this gateway, by its documented line. */
export async function startShopSite(gatewayOrigin: () => string): Promise<ShopSite> {
  let shown: ShopPage = {}
  const server = createServer((req, res) => {
    if (req.url === '/shop.css') {
      res.writeHead(200, { 'content-type': 'text/css' }).end(shown.css ?? '')
      return
    }
    const { policy, attributes = '', body = '' } = shown
    res.setHeader('content-type', 'text/html; charset=utf-8')
    if (policy) res.setHeader('content-security-policy', policy)
    res.end(`<!doctype html><html lang="en"><head><title>A shop</title>
      <link rel="icon" href="data:,"><link rel="stylesheet" href="/shop.css">
      <script src="${gatewayOrigin()}/widget.js" ${attributes} async></script></head>
      <body><main><h1>A shop</h1>${body}</main></body></html>`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    show: (page) => {
      shown = page
    },
  }
}
