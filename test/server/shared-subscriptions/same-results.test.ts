import { expect, it } from 'vitest'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import { formatResult } from '../../../src/server/graphql/result-format.ts'
import { edited, message } from '../../live/message-builders.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { nextPayloads, openSubscribers } from './subscribers.ts'
import { openTransportServer, operatorCredentials } from './transport-server.ts'

const operator = createOperatorCaller('tester')

const documents: readonly [what: string, query: string, variables: Record<string, unknown>][] = [
  ['a plain one', 'subscription($r: ID!) { roomEvents(roomId: $r) { __typename cursor } }', {}],
  [
    'aliases',
    'subscription($r: ID!) { it: roomEvents(roomId: $r) { kind: __typename at: cursor ... on MessageAddedEvent { m: message { a: text b: text } } } }',
    {},
  ],
  [
    'fragments, at the root too',
    'subscription($r: ID!) { ...Root } fragment Root on Subscription { roomEvents(roomId: $r) { ...Said } } fragment Said on RoomEvent { cursor ... on MessageUpdatedEvent { message { ...Text } } ... on MessageAddedEvent { message { ...Text } } } fragment Text on Message { text createdAt state }',
    {},
  ],
  [
    'a field in two parts',
    'subscription($r: ID!) { roomEvents(roomId: $r) { cursor } ... { roomEvents(roomId: $r) { __typename } } }',
    {},
  ],
  [
    'a variable that skips',
    'subscription($r: ID!, $no: Boolean!) { roomEvents(roomId: $r) { cursor @skip(if: $no) __typename @include(if: $no) } }',
    { no: true },
  ],
  [
    'a variable that does not skip',
    'subscription($r: ID!, $no: Boolean = false) { roomEvents(roomId: $r) { cursor @skip(if: $no) __typename } }',
    {},
  ],
  [
    'what must be asked for',
    'subscription($r: ID!) { roomEvents(roomId: $r) { room { id status tags capabilities { capability allowed } } } }',
    {},
  ],
  [
    'a list with an argument from a variable',
    'subscription($r: ID!, $n: Int) { messageAdded(roomId: $r) { text room { messages(last: $n) { nodes { text } } } } }',
    { n: 2 },
  ],
]

it.for(documents)(
  'a shared subscription delivers the same results as a single one: %s',
  async ([, query, rest]) => {
    const server = await openTransportServer()
    const variables = { r: server.roomId, ...rest }
    const sockets = await openSubscribers(server, 3, operatorCredentials, query, variables)
    const alone = await server.subscribeAlone(operator, query, variables)
    expect(server.subscriptions.shared.size).toBe(1)
    const now = Date.now()
    const said = message('a', now + 1_000, { text: 'caffè 🎁 "quoted" \u2028' })
    server.addMessages(said)
    const first = formatResult((await alone.next()).value)
    for (const socket of sockets)
      expect(await nextPayloads(socket, 1)).toEqual([JSON.parse(JSON.stringify(first))])
    server.addMessages(edited(said, now + 2_000), message('b', now + 3_000))
    const seen = query.includes('roomEvents') ? 2 : 1
    const next: unknown[] = []
    while (next.length < seen) next.push(JSON.parse(JSON.stringify(formatResult((await alone.next()).value))))
    for (const socket of sockets) expect(await nextPayloads(socket, seen)).toEqual(next)
  },
)

it('chooses the operation by its name', async () => {
  const server = await openTransportServer()
  const query =
    'subscription A($r: ID!) { messageAdded(roomId: $r) { text } } subscription B($r: ID!) { messageAdded(roomId: $r) { nativeId } }'
  const [socket] = await openSubscribers(
    server,
    1,
    operatorCredentials,
    query.slice(0, query.indexOf('subscription B')),
    {
      r: server.roomId,
    },
  )
  socket?.send({
    type: 'subscribe',
    id: '2',
    payload: { query, operationName: 'B', variables: { r: server.roomId } },
  })
  await waitUntil(() => server.hub.counts.subscribers === 2)
  server.addMessages(message('a', Date.now() + 1_000, { text: 'hello' }))
  const received = [await socket?.next(), await socket?.next()]
  expect(received).toContainEqual({
    type: 'next',
    id: '1',
    payload: { data: { messageAdded: { text: 'hello' } } },
  })
  expect(received).toContainEqual({
    type: 'next',
    id: '2',
    payload: { data: { messageAdded: { nativeId: 'a' } } },
  })
})
