import { expect, it } from 'vitest'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { sendOperation } from '../../support/graphql-client.ts'
import { parseAnswer, request } from '../../support/http.ts'
import { connectAs, openRawSocket } from '../../support/raw-socket.ts'
import { asOperator, createTestGateway } from '../../support/test-gateway.ts'
import { Rooms } from '../documents.ts'

const deep = `{"a":${'['.repeat(100)}${']'.repeat(100)}}`
const fitting = `{"a":${'['.repeat(99)}${']'.repeat(99)}}`
const query = '{ viewer { role } }'
const refused = {
  errors: [{ message: 'Send JSON that is nested 100 deep at most.', extensions: { code: 'BAD_REQUEST' } }],
}

it.for(['variables', 'extensions'])('rejects a body whose %s are nested too deep', async (name) => {
  const { url } = await openGatewayWithoutProviders()
  const send = (value: string) =>
    request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":${JSON.stringify(query)},"${name}":${value}}`,
    })
  const reply = await send(deep)
  expect(reply.status).toBe(400)
  expect(parseAnswer(reply)).toEqual(refused)
  expect((await send(`{"a":${'['.repeat(98)}${']'.repeat(98)}}`)).status).toBe(200)
})

it.for(['variables', 'extensions'])('rejects %s in a query string that are nested too deep', async (name) => {
  const { url } = await openGatewayWithoutProviders()
  const send = (value: string) => request(`${url}?${new URLSearchParams({ query, [name]: value })}`)
  const reply = await send(deep)
  expect(reply.status).toBe(400)
  expect(parseAnswer(reply)).toMatchObject(refused)
  expect((await send(fitting)).status).toBe(200)
})

it('closes a socket whose message is nested too deep, before and after connection_init', async () => {
  const { url } = await openGatewayWithoutProviders()
  for (const socket of [await openRawSocket(url), await connectAs(url)]) {
    socket.send(`{"type":"ping","payload":{"a":${'['.repeat(98)}${']'.repeat(98)}}}`)
    expect(await socket.next()).toEqual({ type: 'pong' })
    socket.send(`{"type":"ping","payload":${deep}}`)
    expect(await socket.closed).toMatchObject({ code: 4400 })
  }
})

it('leaves out what it cannot read of a provider’s response, however deep that is nested', async () => {
  const { url, rocketChat, liveChat } = await createTestGateway({ as: 'agents' })
  const list = `${'['.repeat(2_000)}${']'.repeat(2_000)}`
  const body: unknown = JSON.parse(`{"rooms":${list},"chats_summary":${list}}`)
  for (const sandbox of [rocketChat, liveChat]) sandbox.injectFault({ kind: 'answer', status: 200, body })
  const { data, errors } = await sendOperation(url, Rooms, {}, asOperator)
  expect(data).toMatchObject({ rooms: { nodes: [] } })
  expect(errors).toBeUndefined()
})
