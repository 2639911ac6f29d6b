import { expect, it } from 'vitest'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { connectAs, openRawSocket } from '../../support/raw-socket.ts'
import { OPERATOR_KEY } from '../../support/test-gateway.ts'

const query = '{ viewer { role } }'
const MEBIBYTE = 1024 * 1024

it.for([
  ['no JSON', 'garbage'],
  ['JSON of no message', '[]'],
  ['a message of no known type', { type: 'start' }],
  ['a subscribe message without an id', { type: 'subscribe', payload: { query } }],
  ['a query that is no text', { type: 'subscribe', id: '1', payload: { query: 1 } }],
])('closes with 4400 on %s', async ([, message]) => {
  const { url } = await openGatewayWithoutProviders()
  const socket = await connectAs(url)
  socket.send(message)
  expect(await socket.closed).toEqual({ code: 4400, reason: 'Invalid message received' })
})

it('closes with 4401 a client that subscribes before connection_init', async () => {
  const { url } = await openGatewayWithoutProviders()
  const socket = await openRawSocket(url)
  socket.subscribe('1', { query })
  expect(await socket.closed).toMatchObject({ code: 4401 })
})

it.for([
  ['a wrong key', { authorization: 'Bearer of-no-operator-at-all' }],
  ['another scheme', { authorization: `Basic ${OPERATOR_KEY}` }],
  ['an empty bearer', { authorization: 'Bearer ' }],
  ['an empty credential', { authorization: '' }],
  ['a credential that is no text', { authorization: 4711 }],
  ['a list of credentials', { authorization: [`Bearer ${OPERATOR_KEY}`] }],
  ['an empty visitor token', { visitorToken: '' }],
  ['a visitor token that is no text', { visitorToken: { token: 'x' } }],
  ['a visitor token that no header could carry', { visitorToken: 'two\nlines' }],
])('closes with 4403 on %s', async ([, payload]) => {
  const { url } = await openGatewayWithoutProviders()
  const socket = await openRawSocket(url)
  socket.send({ type: 'connection_init', payload })
  expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' })
})

it('closes with 4408 a client that does not send connection_init in time', async () => {
  const { url } = await openGatewayWithoutProviders({}, { websocketInitTimeoutMs: 20 })
  const socket = await openRawSocket(url)
  expect(await socket.closed).toMatchObject({ code: 4408 })
})

it('closes with 4409 on an id that is in use', async () => {
  const { url } = await openGatewayWithoutProviders()
  const socket = await connectAs(url)
  socket.subscribe('1', { query })
  socket.subscribe('1', { query })
  expect(await socket.closed).toMatchObject({ code: 4409 })
})

it('closes with 4429 on a second connection_init', async () => {
  const { url } = await openGatewayWithoutProviders()
  const socket = await connectAs(url)
  socket.send({ type: 'connection_init' })
  expect(await socket.closed).toMatchObject({ code: 4429 })
})

it('accepts a frame of 1 MiB and closes with 1009 on a larger one', async () => {
  const { url } = await openGatewayWithoutProviders()
  const socket = await connectAs(url)
  const ping = JSON.stringify({ type: 'ping' })
  socket.send(ping.padEnd(MEBIBYTE))
  expect(await socket.next()).toEqual({ type: 'pong' })
  socket.send(ping.padEnd(MEBIBYTE + 1))
  expect(await socket.closed).toMatchObject({ code: 1009 })
})
