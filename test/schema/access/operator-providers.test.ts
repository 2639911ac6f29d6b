import { describe, expect, it } from 'vitest'
import {
  countActivityPolls,
  liveChatFixture,
  openBothProviders,
  type ProviderFixture,
  rocketChatFixture,
} from '../../live/both-providers.ts'
import { OfflineListErase, OfflineListSend } from '../../offline/list-documents.ts'
import { fetchData, waitUntil } from '../../support/graphql-client.ts'
import { type Operation, parseAnswer, post } from '../../support/http.ts'
import { connectAs, type RawSocket } from '../../support/raw-socket.ts'
import { asAnonymous, asOperator, OPERATOR_KEY } from '../../support/test-gateway.ts'
import { createObjects, firstResponse, globalIdsAt, operationsOn, rootFields } from './root-fields.ts'

/** Key of the operator that may use only this provider. */
const keyOf = (provider: string) => `key-of-the-operator-of-${provider}`
const asOf = ({ name }: ProviderFixture) => ({ authorization: `Bearer ${keyOf(name)}` })
const operators = [
  { name: 'tester', key: OPERATOR_KEY },
  ...['rocketchat', 'livechat'].map((name) => ({ name, key: keyOf(name), providers: [name] })),
]
const openTestGateway = () => openBothProviders({ config: { operators } })

interface ProviderPair {
  /** The provider that the operator may use, and the one that it may not. */
  readonly own: ProviderFixture
  readonly other: ProviderFixture
}
const pairs: ProviderPair[] = [
  { own: rocketChatFixture, other: liveChatFixture },
  { own: liveChatFixture, other: rocketChatFixture },
]

const query = (fields: string): Operation => ({ query: `{ ${fields} }` })

describe.for(pairs)('an operator of $own.name', ({ own, other }) => {
  it('gets the same responses for the other provider as for one that does not exist', async () => {
    const setup = await openTestGateway()
    const native = await createObjects(setup, other)
    const [hidden, absent] = [globalIdsAt(other.name, native), globalIdsAt('nowhere', native)]
    const operationsOnHidden = operationsOn(hidden)
    const operationsOnAbsent = operationsOn(absent)
    expect(Object.keys(operationsOnHidden).toSorted()).toEqual(rootFields.toSorted())
    for (const [field, operation] of Object.entries(operationsOnHidden)) {
      const counterpart = operationsOnAbsent[field]
      if (!counterpart) throw new Error(`no operation for ${field}`)
      const response = await firstResponse(setup.url, operation, asOf(own))
      expect.soft(response, field).toBe(await firstResponse(setup.url, counterpart, asOf(own)))
      expect.soft(response, field).not.toContain(native.roomId)
    }
    const seen = await firstResponse(setup.url, operationsOn(hidden)['Query.nodes'] ?? query(''), asOperator)
    expect(JSON.parse(seen)).toMatchObject({
      data: {
        nodes: ['Room', 'Message', 'OfflineMessage', 'Department', 'Provider'].map((__typename) => ({
          __typename,
        })),
      },
    })
  })

  it('sees no other provider in lists, even with a filter by its departments', async () => {
    const setup = await openTestGateway()
    const mine = globalIdsAt(own.name, await createObjects(setup, own))
    const theirs = globalIdsAt(other.name, await createObjects(setup, other))
    const lists = `providers { name }
      rooms { nodes { provider { name } } }
      offlineMessages { nodes { provider { name } } }`
    const filtered = (id: string) => `rooms(filter: { departmentId: "${id}" }) { nodes { nativeId } }
      offlineMessages(filter: { departmentId: "${id}" }) { nodes { email } }`
    const names = (response: unknown) =>
      [...new Set(JSON.stringify(response).match(/(?<="name":")\w+/g))].sort()
    expect(names(parseAnswer(await post(setup.url, query(lists), asOf(own))))).toEqual([own.name])
    expect(names(parseAnswer(await post(setup.url, query(lists), asOperator)))).toEqual([
      'livechat',
      'rocketchat',
    ])
    const empty = { data: { rooms: { nodes: [] }, offlineMessages: { nodes: [] } } }
    expect(parseAnswer(await post(setup.url, query(filtered(theirs.department)), asOf(own)))).toEqual(empty)
    const { errors } = parseAnswer(await post(setup.url, query(filtered(mine.department)), asOf(own)))
    expect(errors).toBeUndefined()
  })

  it('receives activity of its own rooms only, while another operator receives that of all', async () => {
    const setup = await openTestGateway()
    const rooms = [own, other].map((fixture) => ({ fixture, roomId: fixture.openRoom(setup) }))
    const operation = { query: 'subscription { roomActivity { nativeId } }' }
    const limited = await connectAs(setup.url, { authorization: `Bearer ${keyOf(own.name)}` })
    const unlimited = await connectAs(setup.url, { authorization: `Bearer ${OPERATOR_KEY}` })
    for (const socket of [unlimited, limited]) {
      socket.subscribe('1', operation)
      await processed(socket)
    }
    // A second poll of an account means that the first one has succeeded.
    await waitUntil(() => [own, other].every((fixture) => countActivityPolls(setup, fixture) > 1))
    const nextEvent = async (socket: RawSocket) => JSON.stringify(await socket.next())
    for (const { fixture, roomId } of rooms.toReversed()) fixture.sendAsVisitor(setup, roomId, 'hello')
    const all = [await nextEvent(unlimited), await nextEvent(unlimited)].join()
    for (const { roomId } of rooms) expect(all).toContain(roomId)
    expect(await nextEvent(limited)).toContain(rooms[0]?.roomId)
    // No other event arrived before the response to a later query.
    await processed(limited)
  })
})

it('offline messages of another provider are neither delivered to the operator nor erased by it', async () => {
  const setup = await openTestGateway()
  const { url } = setup
  const input = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text: 'Hello' }
  const send = () => fetchData(url, OfflineListSend, { input }, asAnonymous)
  const socket = await connectAs(url, { authorization: `Bearer ${keyOf('livechat')}` })
  socket.subscribe('1', { query: 'subscription { offlineMessageAdded { email } }' })
  const all = await connectAs(url, { authorization: `Bearer ${OPERATOR_KEY}` })
  all.subscribe('1', { query: 'subscription { offlineMessageAdded { email } }' })
  for (const each of [socket, all]) await processed(each)
  await send()
  expect(await all.next()).toMatchObject({
    payload: { data: { offlineMessageAdded: { email: input.email } } },
  })
  await processed(socket)
  const erase = async (headers: Record<string, string>) =>
    (await fetchData(url, OfflineListErase, { input: { email: input.email } }, headers)).eraseOfflineMessages
  expect(await erase(asOf(liveChatFixture))).toMatchObject({ count: 0 })
  expect(await erase(asOf(rocketChatFixture))).toMatchObject({ count: 1 })
})

/** Resolves when the server has processed everything that was sent over the socket before. */
async function processed(socket: RawSocket): Promise<void> {
  socket.subscribe('barrier', { query: '{ viewer { name } }' })
  expect(await socket.next()).toMatchObject({ id: 'barrier', type: 'next' })
  expect(await socket.next()).toMatchObject({ id: 'barrier', type: 'complete' })
}
