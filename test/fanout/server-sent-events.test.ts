import { expect, it } from 'vitest'
import { message } from '../live/messages.ts'
import { until } from '../util/client.ts'
import { asOperator } from '../util/gateway.ts'
import { Events, Messages } from './documents.ts'
import { openFanout } from './fanout-server.ts'
import { openEvents } from './listeners.ts'

const soon = () => Date.now() + 1_000

it.for([
  ['roomEvents', Events.toString()],
  ['messageAdded', Messages.toString()],
])('carries the cursor of %s as the id, which resumes as Last-Event-ID', async ([, query = '']) => {
  const server = await openFanout()
  const variables = { room: server.roomId }
  const keeper = await openEvents(server.url, { query, variables }, asOperator)
  await until(() => server.hub.counts.watchers === 1)
  for (const [index, id] of ['a', 'b', 'c'].entries()) server.say(message(id, soon() + index))
  const told = [await keeper.take(), await keeper.take(), await keeper.take()]
  expect(told.every(({ event, id }) => event === 'next' && id !== null)).toBe(true)
  const headers = { ...asOperator, 'last-event-id': told[0]?.id ?? '' }
  const back = await openEvents(server.url, { query, variables }, headers)
  expect([await back.take(), await back.take()]).toEqual(told.slice(1))
  expect(server.subscriptions.shared.size).toBe(1)
})

it('lets Last-Event-ID win over the start in the operation, be it a variable or written there', async () => {
  const server = await openFanout()
  const room = server.roomId
  const query = Events.toString()
  const keeper = await openEvents(server.url, { query, variables: { room } }, asOperator)
  await until(() => server.hub.counts.watchers === 1)
  for (const [index, id] of ['a', 'b', 'c'].entries()) server.say(message(id, soon() + index))
  const [a, b, c] = [await keeper.take(), await keeper.take(), await keeper.take()]
  const headers = { ...asOperator, 'last-event-id': b.id ?? '' }
  const byVariable = await openEvents(server.url, { query, variables: { room, after: a.id } }, headers)
  expect(await byVariable.take()).toEqual(c)
  const written = `subscription { roomEvents(roomId: "${room}", after: "${a.id}") { cursor } }`
  const inText = await openEvents(server.url, { query: written }, headers)
  expect(await inText.take()).toMatchObject({ id: c.id, data: { data: { roomEvents: { cursor: c.id } } } })
  const empty = await openEvents(server.url, { query: written }, { ...asOperator, 'last-event-id': '' })
  expect(await empty.take()).toMatchObject({ id: b.id })
})

it('refuses an id that is no cursor, without an id, and completes', async () => {
  const server = await openFanout()
  const headers = { ...asOperator, 'last-event-id': 'not a cursor' }
  const body = { query: Events.toString(), variables: { room: server.roomId } }
  const stream = await openEvents(server.url, body, headers)
  expect(await stream.take()).toMatchObject({
    event: 'next',
    id: null,
    data: { errors: [{ extensions: { code: 'INVALID_INPUT', field: 'after' } }] },
  })
  expect(await stream.take()).toEqual({ event: 'complete', id: null, data: null })
  expect(server.hub.counts.watchers).toBe(0)
})

it('completes when the stream ends, and tells why where it broke', async () => {
  const server = await openFanout()
  const body = { query: Events.toString(), variables: { room: server.roomId } }
  const stream = await openEvents(server.url, body, asOperator)
  await until(() => server.hub.counts.watchers === 1)
  server.room.revoked.add('operator')
  server.say(message('a', soon()))
  expect(await stream.take()).toMatchObject({
    event: 'next',
    data: { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
  })
  expect(await stream.take()).toMatchObject({ event: 'complete' })
})
