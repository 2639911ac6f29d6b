import { expect, it } from 'vitest'
import { message } from '../../live/message-builders.ts'
import { openEventStream } from '../../support/event-stream.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Events, Messages } from '../shared-subscriptions/documents.ts'
import { openTransportServer } from '../shared-subscriptions/transport-server.ts'

const soon = () => Date.now() + 1_000

it.for([
  ['roomEvents', Events.toString()],
  ['messageAdded', Messages.toString()],
])('carries the cursor of %s as the id, which resumes as Last-Event-ID', async ([, query = '']) => {
  const server = await openTransportServer()
  const variables = { room: server.roomId }
  const keeper = await openEventStream(server.url, { query, variables }, asOperator)
  await waitUntil(() => server.hub.counts.subscribers === 1)
  for (const [index, id] of ['a', 'b', 'c'].entries()) server.addMessages(message(id, soon() + index))
  const received = [await keeper.next(), await keeper.next(), await keeper.next()]
  expect(received.every(({ event, id }) => event === 'next' && id !== null)).toBe(true)
  const headers = { ...asOperator, 'last-event-id': received[0]?.id ?? '' }
  const back = await openEventStream(server.url, { query, variables }, headers)
  expect([await back.next(), await back.next()]).toEqual(received.slice(1))
  expect(server.subscriptions.shared.size).toBe(1)
})

it('prefers Last-Event-ID to the start in the operation, in a variable or a literal', async () => {
  const server = await openTransportServer()
  const room = server.roomId
  const query = Events.toString()
  const keeper = await openEventStream(server.url, { query, variables: { room } }, asOperator)
  await waitUntil(() => server.hub.counts.subscribers === 1)
  for (const [index, id] of ['a', 'b', 'c'].entries()) server.addMessages(message(id, soon() + index))
  const [a, b, c] = [await keeper.next(), await keeper.next(), await keeper.next()]
  const headers = { ...asOperator, 'last-event-id': b.id ?? '' }
  const byVariable = await openEventStream(server.url, { query, variables: { room, after: a.id } }, headers)
  expect(await byVariable.next()).toEqual(c)
  const written = `subscription { roomEvents(roomId: "${room}", after: "${a.id}") { cursor } }`
  const inText = await openEventStream(server.url, { query: written }, headers)
  expect(await inText.next()).toMatchObject({ id: c.id, data: { data: { roomEvents: { cursor: c.id } } } })
  const empty = await openEventStream(server.url, { query: written }, { ...asOperator, 'last-event-id': '' })
  expect(await empty.next()).toMatchObject({ id: b.id })
})

it('rejects an id that is not a cursor with an event without id, and completes', async () => {
  const server = await openTransportServer()
  const headers = { ...asOperator, 'last-event-id': 'not a cursor' }
  const body = { query: Events.toString(), variables: { room: server.roomId } }
  const stream = await openEventStream(server.url, body, headers)
  expect(await stream.next()).toMatchObject({
    event: 'next',
    id: null,
    data: { errors: [{ extensions: { code: 'INVALID_INPUT', field: 'after' } }] },
  })
  expect(await stream.next()).toEqual({ event: 'complete', id: null, data: null })
  expect(server.hub.counts.subscribers).toBe(0)
})

it('completes when the stream ends, after an error if it failed', async () => {
  const server = await openTransportServer()
  const body = { query: Events.toString(), variables: { room: server.roomId } }
  const stream = await openEventStream(server.url, body, asOperator)
  await waitUntil(() => server.hub.counts.subscribers === 1)
  server.room.revoked.add('operator')
  server.addMessages(message('a', soon()))
  expect(await stream.next()).toMatchObject({
    event: 'next',
    data: { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
  })
  expect(await stream.next()).toMatchObject({ event: 'complete' })
})
