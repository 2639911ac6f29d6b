import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { createClient, GatewayError, NetworkError } from '../../packages/client/src/index.ts'
import { globalId, openBothProviders, rocketChatFixture } from '../live/both-providers.ts'
import { Rooms, Viewer } from '../server/documents.ts'
import { createTestGateway, OPERATOR_KEY } from '../support/test-gateway.ts'

const operator = { operatorKey: OPERATOR_KEY }

it('a typed document has a typed result', async () => {
  const { url } = await createTestGateway()
  const client = createClient({ url, credential: operator })
  const { viewer } = await client.request(Viewer, {})
  const role: 'OPERATOR' | 'VISITOR' | 'ANONYMOUS' = viewer.role
  expect(role).toBe('OPERATOR')
})

it('a text is a document, too', async () => {
  const { url } = await createTestGateway()
  const client = createClient({ url: new URL(url) })
  expect(await client.request('{ viewer { role } }', {})).toEqual({ viewer: { role: 'ANONYMOUS' } })
})

it('errors have their code, and a partial result keeps its data', async () => {
  const setup = await openBothProviders()
  const rid = rocketChatFixture.openRoom(setup)
  setup.liveChat.injectFault({ kind: 'reset' })
  const client = createClient({ url: setup.url, credential: operator })
  const { data, errors } = await client.execute(Rooms, { filter: null })
  expect(data).toEqual({ rooms: { nodes: [{ id: globalId(rocketChatFixture, rid) }] } })
  expect(errors).toEqual([expect.any(GatewayError)])
  expect(errors[0]).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', provider: 'livechat', isTransient: true })
  await expect(client.request(Rooms, { filter: null })).rejects.toMatchObject({
    code: 'PROVIDER_UNAVAILABLE',
  })
  await expect(client.request('{ nothing }', {})).rejects.toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' })
})

it('a page of a proxy, and a gateway that is away, are network errors', async () => {
  const server = createServer((_req, res) => res.writeHead(502).end('<h1>Bad Gateway</h1>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with it.
  const { port } = server.address() as AddressInfo
  const client = createClient({ url: `http://127.0.0.1:${port}/graphql` })
  await expect(client.request(Viewer, {})).rejects.toBeInstanceOf(NetworkError)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await expect(client.request(Viewer, {})).rejects.toBeInstanceOf(NetworkError)
  await expect(client.request(Viewer, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  })
})

it('a request is repeated with the credential that its source has after a refusal', async () => {
  const { url } = await createTestGateway()
  const keys = ['key-that-has-expired', OPERATOR_KEY]
  const credential = async () => ({ operatorKey: keys.shift() ?? OPERATOR_KEY })
  const client = createClient({ url, credential })
  expect(await client.request(Viewer, {})).toMatchObject({ viewer: { role: 'OPERATOR' } })
  const stranger = createClient({ url, credential: { operatorKey: 'not-a-key-of-anybody' } })
  await expect(stranger.request(Viewer, {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})
