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
import { answerTo, createThings, operationsOn, rootFields, thingsAt } from './root-fields.ts'

/** An operator for each provider, which may use that one alone. */
const keyOf = (provider: string) => `key-of-the-operator-of-${provider}`
const asOf = ({ name }: ProviderFixture) => ({ authorization: `Bearer ${keyOf(name)}` })
const operators = [
  { name: 'tester', key: OPERATOR_KEY },
  ...['rocketchat', 'livechat'].map((name) => ({ name, key: keyOf(name), providers: [name] })),
]
const openOffice = () => openBothProviders({ config: { operators } })

interface Sides {
  /** The provider that the operator may use, and the one that it may not. */
  readonly own: ProviderFixture
  readonly other: ProviderFixture
}
const bothWays: Sides[] = [
  { own: rocketChatFixture, other: liveChatFixture },
  { own: liveChatFixture, other: rocketChatFixture },
]

const query = (fields: string): Operation => ({ query: `{ ${fields} }` })

describe.for(bothWays)('an operator of $own.name', ({ own, other }) => {
  it('is answered about the other provider as about one that does not exist', async () => {
    const house = await openOffice()
    const native = await createThings(house, other)
    const [hidden, absent] = [thingsAt(other.name, native), thingsAt('nowhere', native)]
    const real = operationsOn(hidden)
    const made = operationsOn(absent)
    expect(Object.keys(real).toSorted()).toEqual(rootFields.toSorted())
    for (const [field, operation] of Object.entries(real)) {
      const twin = made[field]
      if (!twin) throw new Error(`no operation for ${field}`)
      const answer = await answerTo(house.url, operation, asOf(own))
      expect.soft(answer, field).toBe(await answerTo(house.url, twin, asOf(own)))
      expect.soft(answer, field).not.toContain(native.roomId)
    }
    const seen = await answerTo(house.url, operationsOn(hidden)['Query.nodes'] ?? query(''), asOperator)
    expect(JSON.parse(seen)).toMatchObject({
      data: {
        nodes: ['Room', 'Message', 'OfflineMessage', 'Department', 'Provider'].map((__typename) => ({
          __typename,
        })),
      },
    })
  })

  it('is shown no other provider in lists, nor by a filter for its departments', async () => {
    const house = await openOffice()
    const mine = thingsAt(own.name, await createThings(house, own))
    const theirs = thingsAt(other.name, await createThings(house, other))
    const lists = `providers { name }
      rooms { nodes { provider { name } } }
      offlineMessages { nodes { provider { name } } }`
    const filtered = (id: string) => `rooms(filter: { departmentId: "${id}" }) { nodes { nativeId } }
      offlineMessages(filter: { departmentId: "${id}" }) { nodes { email } }`
    const names = (answer: unknown) => [...new Set(JSON.stringify(answer).match(/(?<="name":")\w+/g))].sort()
    expect(names(parseAnswer(await post(house.url, query(lists), asOf(own))))).toEqual([own.name])
    expect(names(parseAnswer(await post(house.url, query(lists), asOperator)))).toEqual([
      'livechat',
      'rocketchat',
    ])
    const empty = { data: { rooms: { nodes: [] }, offlineMessages: { nodes: [] } } }
    expect(parseAnswer(await post(house.url, query(filtered(theirs.department)), asOf(own)))).toEqual(empty)
    const { errors } = parseAnswer(await post(house.url, query(filtered(mine.department)), asOf(own)))
    expect(errors).toBeUndefined()
  })

  it('hears only of its own rooms, also next to an operator who hears of all', async () => {
    const house = await openOffice()
    const rooms = [own, other].map((place) => ({ place, roomId: place.openRoom(house) }))
    const operation = { query: 'subscription { roomActivity { nativeId } }' }
    const limited = await connectAs(house.url, { authorization: `Bearer ${keyOf(own.name)}` })
    const unlimited = await connectAs(house.url, { authorization: `Bearer ${OPERATOR_KEY}` })
    for (const socket of [unlimited, limited]) {
      socket.subscribe('1', operation)
      await takenIn(socket)
    }
    // An account that is looked at again has answered its first look.
    await waitUntil(() => [own, other].every((place) => countActivityPolls(house, place) > 1))
    const told = async (socket: RawSocket) => JSON.stringify(await socket.next())
    for (const { place, roomId } of rooms.toReversed()) place.sendAsVisitor(house, roomId, 'hello')
    const all = [await told(unlimited), await told(unlimited)].join()
    for (const { roomId } of rooms) expect(all).toContain(roomId)
    expect(await told(limited)).toContain(rooms[0]?.roomId)
    // Nothing else came before a query that was asked later.
    await takenIn(limited)
  })
})

it('offline messages of another provider are neither told, nor changed, nor erased', async () => {
  const house = await openOffice()
  const { url } = house
  const input = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text: 'Hello' }
  const send = () => fetchData(url, OfflineListSend, { input }, asAnonymous)
  const socket = await connectAs(url, { authorization: `Bearer ${keyOf('livechat')}` })
  socket.subscribe('1', { query: 'subscription { offlineMessageAdded { email } }' })
  const all = await connectAs(url, { authorization: `Bearer ${OPERATOR_KEY}` })
  all.subscribe('1', { query: 'subscription { offlineMessageAdded { email } }' })
  for (const each of [socket, all]) await takenIn(each)
  await send()
  expect(await all.next()).toMatchObject({
    payload: { data: { offlineMessageAdded: { email: input.email } } },
  })
  await takenIn(socket)
  const erase = async (headers: Record<string, string>) =>
    (await fetchData(url, OfflineListErase, { input: { email: input.email } }, headers)).eraseOfflineMessages
  expect(await erase(asOf(liveChatFixture))).toMatchObject({ count: 0 })
  expect(await erase(asOf(rocketChatFixture))).toMatchObject({ count: 1 })
})

/** Resolves when what was sent over the socket before has been taken in. */
async function takenIn(socket: RawSocket): Promise<void> {
  socket.subscribe('barrier', { query: '{ viewer { name } }' })
  expect(await socket.next()).toMatchObject({ id: 'barrier', type: 'next' })
  expect(await socket.next()).toMatchObject({ id: 'barrier', type: 'complete' })
}
