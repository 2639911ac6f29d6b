import { expect, it } from 'vitest'
import type { Permission } from '../../../src/domain/caller.ts'
import { openBothProviders, providerFixtures, rocketChatFixture } from '../../live/both-providers.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { parseAnswer, post } from '../../support/http.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { asOperator, OPERATOR_KEY } from '../../support/test-gateway.ts'
import { createObjects, firstResponse, globalIdsAt, operationsOn, rootFields } from './root-fields.ts'

/** Permission that each root field requires of an operator; null for fields that need no credential. */
const rules: Readonly<Record<string, Permission | null>> = {
  'Query.viewer': null,
  'Query.providers': null,
  'Query.node': 'READ',
  'Query.nodes': 'READ',
  'Query.room': 'READ',
  'Query.roomByNativeId': 'READ',
  'Query.rooms': 'READ',
  'Query.agents': 'READ',
  'Query.statistics': 'READ',
  'Query.offlineMessages': 'READ',
  'Mutation.startRoom': null,
  'Mutation.renewVisitor': null,
  'Mutation.sendOfflineMessage': null,
  'Mutation.sendMessage': 'WRITE',
  'Mutation.updateMessage': 'WRITE',
  'Mutation.deleteMessage': 'WRITE',
  'Mutation.closeRoom': 'WRITE',
  'Mutation.setAgentStatus': 'MANAGE',
  'Mutation.takeRoom': 'WRITE',
  'Mutation.assignRoom': 'WRITE',
  'Mutation.transferRoom': 'WRITE',
  'Mutation.requeueRoom': 'WRITE',
  'Mutation.setRoomTags': 'WRITE',
  'Mutation.rateRoom': 'WRITE',
  'Mutation.requestTranscript': 'WRITE',
  'Mutation.setTyping': 'WRITE',
  'Mutation.markSeen': 'WRITE',
  'Mutation.retryOfflineMessage': 'MANAGE',
  'Mutation.discardOfflineMessage': 'MANAGE',
  'Mutation.eraseOfflineMessages': 'MANAGE',
  'Subscription.messageAdded': 'READ',
  'Subscription.roomEvents': 'READ',
  'Subscription.roomSignals': 'READ',
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
const openTestGateway = () => openBothProviders({ config: { operators } })

it('the table has every root field of the schema', () => {
  expect(Object.keys(rules).toSorted()).toEqual(rootFields.toSorted())
})

const cases = providerFixtures.flatMap((fixture) =>
  (['READ', 'WRITE', 'MANAGE'] as const).map((permission) => [permission, fixture.name, fixture] as const),
)

it.for(cases)(
  'an operator with only %s can use exactly the fields of that permission at %s',
  async ([permission, name, fixture]) => {
    const setup = await openTestGateway()
    const operations = operationsOn(globalIdsAt(name, await createObjects(setup, fixture)))
    const denied: Record<string, boolean> = {}
    for (const field of rootFields) {
      const operation = operations[field]
      if (!operation) throw new Error(`no operation for ${field}`)
      const response = await firstResponse(setup.url, operation, as(permission))
      // A provider also returns FORBIDDEN; only the gateway’s error names a permission.
      denied[field] = response.includes('FORBIDDEN') && response.includes(`the permission ${rules[field]}.`)
    }
    const expected = rootFields.map((field) => [field, ![null, permission].includes(rules[field] ?? null)])
    expect(denied).toEqual(Object.fromEntries(expected))
  },
)

it('viewer returns the permissions', async () => {
  const { url } = await openTestGateway()
  const query = '{ viewer { role name permissions } }'
  const viewer = async (headers: Record<string, string>) =>
    parseAnswer(await post(url, { query }, headers)).data
  const all = ['READ', 'WRITE', 'MANAGE']
  expect(await viewer(asOperator)).toEqual({ viewer: { role: 'OPERATOR', name: 'tester', permissions: all } })
  expect(await viewer(as('READ'))).toMatchObject({ viewer: { name: 'read', permissions: ['READ'] } })
  expect(await viewer({ 'x-visitor-token': 'v' })).toMatchObject({ viewer: { permissions: [] } })
  expect(await viewer({})).toMatchObject({ viewer: { permissions: [] } })
})

it('room capabilities consider the permissions', async () => {
  const setup = await openTestGateway()
  const nativeId = rocketChatFixture.openRoom(setup)
  const query = `{ roomByNativeId(provider: "rocketchat", nativeId: "${nativeId}") {
    capabilities { capability allowed reason }
  } }`
  const reason = 'This operator does not have the permission WRITE.'
  expect(parseAnswer(await post(setup.url, { query }, as('READ')))).toMatchObject({
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

it('permissions apply to the fields of a mutation’s payload', async () => {
  const setup = await openTestGateway()
  const room = globalIdsAt('rocketchat', await createObjects(setup, rocketChatFixture)).room
  const query = `mutation { sendMessage(input: { roomId: "${room}", text: "Good day" }) {
    ... on SendMessagePayload { message { text room { tags } } }
  } }`
  const { data, errors } = parseAnswer(await post(setup.url, { query }, as('WRITE')))
  expect(data).toBeNull()
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
})

it('permissions apply after startRoom in the same request, although it continues as the new visitor', async () => {
  const setup = await openTestGateway()
  const { message } = globalIdsAt('rocketchat', await createObjects(setup, rocketChatFixture))
  const query = `mutation {
    startRoom(input: { provider: "rocketchat" }) { __typename }
    deleteMessage(input: { messageId: "${message}" }) { __typename ... on UserError { detail } }
  }`
  expect(parseAnswer(await post(setup.url, { query }, as('READ')))).toEqual({
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
  'subscribers of one room of $name with different permissions get different results',
  async (fixture) => {
    const setup = await openTestGateway()
    const roomId = fixture.openRoom(setup)
    const { room } = globalIdsAt(fixture.name, {
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
      [OPERATOR_KEY, keyOf('READ')].map((key) => connectAs(setup.url, { authorization: `Bearer ${key}` })),
    )
    for (const [index, socket] of sockets.entries()) {
      socket.subscribe('1', { query })
      await waitUntil(() => setup.gateway.liveCounts().subscribers > index)
    }
    fixture.sendAsVisitor(setup, roomId, 'hello')
    const maySend = await Promise.all(
      sockets.map(async (socket) => {
        const text = JSON.stringify(await socket.next())
        return /"SEND_MESSAGE","allowed":(\w+)/.exec(text)?.[1]
      }),
    )
    expect(maySend).toEqual(['true', 'false'])
  },
)
