import { expect, it } from 'vitest'
import type { Permission } from '../../../src/domain/caller.ts'
import { openBothProviders, providerFixtures, rocketChatFixture } from '../../live/both-providers.ts'
import { parseAnswer, post } from '../../support/http.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { asOperator, OPERATOR_KEY } from '../../support/test-gateway.ts'
import { answerTo, createThings, operationsOn, rootFields, thingsAt } from './root-fields.ts'

/** What each root field takes of an operator; null for what needs no credential. */
const rules: Readonly<Record<string, Permission | null>> = {
  'Query.viewer': null,
  'Query.providers': null,
  'Query.node': 'READ',
  'Query.nodes': 'READ',
  'Query.room': 'READ',
  'Query.roomByNativeId': 'READ',
  'Query.rooms': 'READ',
  'Query.offlineMessages': 'READ',
  'Mutation.startRoom': null,
  'Mutation.sendOfflineMessage': null,
  'Mutation.sendMessage': 'WRITE',
  'Mutation.updateMessage': 'WRITE',
  'Mutation.deleteMessage': 'WRITE',
  'Mutation.closeRoom': 'WRITE',
  'Mutation.retryOfflineMessage': 'MANAGE',
  'Mutation.discardOfflineMessage': 'MANAGE',
  'Mutation.eraseOfflineMessages': 'MANAGE',
  'Subscription.messageAdded': 'READ',
  'Subscription.roomEvents': 'READ',
  'Subscription.roomActivity': 'READ',
  'Subscription.offlineMessageAdded': 'READ',
}

const keyOf = (permission: string) => `key-of-the-operator-with-${permission}`
const as = (permission: string) => ({ authorization: `Bearer ${keyOf(permission)}` })
const operators = [
  { name: 'tester', key: OPERATOR_KEY },
  ...(['READ', 'WRITE', 'MANAGE'] as const).map((permission) => ({
    name: permission.toLowerCase(),
    key: keyOf(permission),
    permissions: [permission],
  })),
]
const openOffice = () => openBothProviders({ config: { operators } })

it('is a matter of every root field of the schema', () => {
  expect(Object.keys(rules).toSorted()).toEqual(rootFields.toSorted())
})

const cases = providerFixtures.flatMap((place) =>
  (['READ', 'WRITE', 'MANAGE'] as const).map((permission) => [permission, place.name, place] as const),
)

it.for(cases)('lets an operator with %s alone do just that at %s', async ([permission, name, place]) => {
  const house = await openOffice()
  const operations = operationsOn(thingsAt(name, await createThings(house, place)))
  const refused: Record<string, boolean> = {}
  for (const field of rootFields) {
    const operation = operations[field]
    if (!operation) throw new Error(`no operation for ${field}`)
    const answer = await answerTo(house.url, operation, as(permission))
    // A provider has its own reasons to forbid: only the gateway’s names a permission.
    refused[field] = answer.includes('FORBIDDEN') && answer.includes(`the permission ${rules[field]}.`)
  }
  const expected = rootFields.map((field) => [field, ![null, permission].includes(rules[field] ?? null)])
  expect(refused).toEqual(Object.fromEntries(expected))
})

it('is shown by the viewer', async () => {
  const { url } = await openOffice()
  const query = '{ viewer { role name permissions } }'
  const viewer = async (headers: Record<string, string>) =>
    parseAnswer(await post(url, { query }, headers)).data
  const all = ['READ', 'WRITE', 'MANAGE']
  expect(await viewer(asOperator)).toEqual({ viewer: { role: 'OPERATOR', name: 'tester', permissions: all } })
  expect(await viewer(as('READ'))).toMatchObject({ viewer: { name: 'read', permissions: ['READ'] } })
  expect(await viewer({ 'x-visitor-token': 'v' })).toMatchObject({ viewer: { permissions: [] } })
  expect(await viewer({})).toMatchObject({ viewer: { permissions: [] } })
})

it('shows in the capabilities of a room', async () => {
  const house = await openOffice()
  const nativeId = rocketChatFixture.openRoom(house)
  const query = `{ roomByNativeId(provider: "rocketchat", nativeId: "${nativeId}") {
    capabilities { capability allowed reason }
  } }`
  const reason = 'This operator does not have the permission WRITE.'
  expect(parseAnswer(await post(house.url, { query }, as('READ')))).toMatchObject({
    data: {
      roomByNativeId: {
        capabilities: expect.arrayContaining([
          { capability: 'READ_MESSAGES', allowed: true, reason: null },
          { capability: 'SEND_MESSAGE', allowed: false, reason },
          { capability: 'CLOSE_ROOM', allowed: false, reason },
        ]),
      },
    },
  })
})

it('holds for what a mutation’s payload leads to', async () => {
  const house = await openOffice()
  const room = thingsAt('rocketchat', await createThings(house, rocketChatFixture)).room
  const query = `mutation { sendMessage(input: { roomId: "${room}", text: "Good day" }) {
    ... on SendMessagePayload { message { text room { tags } } }
  } }`
  const { data, errors } = parseAnswer(await post(house.url, { query }, as('WRITE')))
  expect(data).toBeNull()
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
})

it('holds for an operator that has just become a visitor in the same request', async () => {
  const house = await openOffice()
  const { message } = thingsAt('rocketchat', await createThings(house, rocketChatFixture))
  const query = `mutation {
    startRoom(input: { provider: "rocketchat" }) { __typename }
    deleteMessage(input: { messageId: "${message}" }) { __typename ... on UserError { detail } }
  }`
  expect(parseAnswer(await post(house.url, { query }, as('READ')))).toEqual({
    data: {
      startRoom: { __typename: 'StartRoomPayload' },
      deleteMessage: {
        __typename: 'ForbiddenError',
        detail: 'This operator does not have the permission WRITE.',
      },
    },
  })
})

it.for(providerFixtures)(
  'keeps apart the subscribers of one room of $name by what they may do',
  async (place) => {
    const house = await openOffice()
    const roomId = place.openRoom(house)
    const { room } = thingsAt(place.name, {
      roomId,
      messageId: '',
      threadId: null,
      departmentId: '',
      offlineKey: '',
    })
    const query = `subscription { roomEvents(roomId: "${room}") {
    ... on MessageAddedEvent { room { capabilities { capability allowed } } }
  } }`
    const sockets = await Promise.all(
      [OPERATOR_KEY, keyOf('READ')].map((key) => connectAs(house.url, { authorization: `Bearer ${key}` })),
    )
    for (const [index, socket] of sockets.entries()) {
      socket.subscribe('1', { query })
      while (house.gateway.liveCounts().subscribers <= index)
        await new Promise((resolve) => setTimeout(resolve, 5))
    }
    place.sendAsVisitor(house, roomId, 'hello')
    const maySend = await Promise.all(
      sockets.map(async (socket) => {
        const text = JSON.stringify(await socket.next())
        return /"SEND_MESSAGE","allowed":(\w+)/.exec(text)?.[1]
      }),
    )
    expect(maySend).toEqual(['true', 'false'])
  },
)
