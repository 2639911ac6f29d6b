import { once } from 'node:events'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { connectAs, openRawSocket, rejectedUpgradeStatus } from '../../support/raw-socket.ts'

it('uses graphql-transport-ws, even if a client offers other subprotocols too', async () => {
  const { url } = await openGatewayWithoutProviders()
  const { socket } = await connectAs(url, {}, { protocols: ['graphql-ws', 'graphql-transport-ws'] })
  expect(socket.protocol).toBe('graphql-transport-ws')
})

it('rejects a client that offers only another subprotocol', async () => {
  const { url } = await openGatewayWithoutProviders()
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-ws')
  const [error] = await once(socket, 'error')
  expect(error).toMatchObject({ message: 'Server sent no subprotocol' })
})

it('closes with 4406 a client that offers no subprotocol', async () => {
  const { url } = await openGatewayWithoutProviders()
  const { closed } = await openRawSocket(url, { protocols: [] })
  expect(await closed).toMatchObject({ code: 4406 })
})

it.for(['/', '/graphql/', '/graphqls', '/health'])('rejects an upgrade at %s', async (path) => {
  const { url } = await openGatewayWithoutProviders()
  expect(await rejectedUpgradeStatus(new URL(path, url).href)).toBe(404)
})

it('ignores the query string', async () => {
  const { url } = await openGatewayWithoutProviders()
  const { socket } = await connectAs(`${url}?from=dashboard`)
  expect(socket.readyState).toBe(WebSocket.OPEN)
})

it.for(['https://evil.example', 'null', 'not an origin', 'https://shop.example.evil.example'])(
  'rejects a page of the origin %j',
  async (origin) => {
    const { url } = await openGatewayWithoutProviders({ allowedOrigins: ['https://shop.example'] })
    expect(await rejectedUpgradeStatus(url, { headers: { origin } })).toBe(403)
  },
)

it('accepts pages of its own origin and of allowed ones', async () => {
  const { url } = await openGatewayWithoutProviders({ allowedOrigins: ['https://shop.example'] })
  for (const origin of [new URL(url).origin, 'https://shop.example']) {
    const { socket } = await connectAs(url, {}, { headers: { origin } })
    expect(socket.readyState).toBe(WebSocket.OPEN)
  }
})
