import { expect, it } from 'vitest'
import { openEventStream } from '../../support/event-stream.ts'
import { openGatewayWithRoom } from '../../support/gateway-with-room.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { asVisitor } from '../../support/test-gateway.ts'
import { Added, Viewer } from '../documents.ts'

it('delivers subscription events in order', async () => {
  const { url, token, roomId, gateway, sendMessage } = await openGatewayWithRoom()
  const stream = await openEventStream(
    url,
    { query: Added.toString(), variables: { id: roomId } },
    asVisitor(token),
  )
  expect(stream.contentType).toMatch(/^text\/event-stream/)
  await waitUntil(() => gateway.liveCounts().subscribers === 1)
  for (const text of ['one', 'two', 'three 🎁']) {
    sendMessage(text)
    expect(await stream.next()).toMatchObject({ event: 'next', data: { data: { messageAdded: { text } } } })
  }
})

it('stops polling when the client disconnects', async () => {
  const { url, token, roomId, gateway } = await openGatewayWithRoom()
  const stream = await openEventStream(
    url,
    { query: Added.toString(), variables: { id: roomId } },
    asVisitor(token),
  )
  await waitUntil(() => gateway.liveCounts().rooms === 1)
  stream.leave()
  await waitUntil(() => gateway.liveCounts().rooms === 0)
  expect(gateway.liveCounts()).toEqual({ rooms: 0, subscribers: 0 })
})

it('responds to a rejected subscription, and to a query, with one event and the end', async () => {
  const { url } = await openGatewayWithRoom()
  const refused = await openEventStream(url, { query: Added.toString(), variables: { id: 'no id' } })
  expect(await refused.next()).toMatchObject({
    event: 'next',
    data: { errors: [{ extensions: { code: 'INVALID_INPUT' } }] },
  })
  expect(await refused.next()).toMatchObject({ event: 'complete' })
  const query = await openEventStream(url, { query: Viewer.toString() })
  expect(await query.next()).toMatchObject({ data: { data: { viewer: { role: 'ANONYMOUS' } } } })
  expect(await query.next()).toMatchObject({ event: 'complete' })
})

it('keeps other streams when one client disconnects', async () => {
  const { url, token, roomId, gateway, sendMessage } = await openGatewayWithRoom()
  const leaving = await openEventStream(
    url,
    { query: Added.toString(), variables: { id: roomId } },
    asVisitor(token),
  )
  const staying = await openEventStream(
    url,
    { query: Added.toString(), variables: { id: roomId } },
    asVisitor(token),
  )
  await waitUntil(() => gateway.liveCounts().subscribers === 2)
  leaving.leave()
  await waitUntil(() => gateway.liveCounts().subscribers === 1)
  sendMessage('hello')
  expect(await staying.next()).toMatchObject({ data: { data: { messageAdded: { text: 'hello' } } } })
})
