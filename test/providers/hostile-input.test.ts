import { describe, expect, it } from 'vitest'
import { encodeId } from '../../src/domain/ids.ts'
import { fetchData, sendOperation } from '../support/graphql-client.ts'
import { asOperator, createTestGateway } from '../support/test-gateway.ts'
import { ByCursor, Hostile, Sized } from './support/documents.ts'

/** A gateway with both providers, an operator, and a room of each. */
async function openBoth() {
  const { url, rocketChat, liveChat } = await createTestGateway({ as: 'agents' })
  const { workspace } = rocketChat
  const { _id: roomId } = workspace.openRoom({ token: workspace.createVisitor({ name: 'Vera' }).token })
  workspace.visitorSends(roomId, 'at Rocket.Chat')
  const chat = liveChat.chats.start({ say: 'at LiveChat' })
  return {
    url,
    calls: () => [...rocketChat.calls, ...liveChat.calls].length,
    rooms: {
      rocketchat: encodeId({ type: 'Room', provider: 'rocketchat', roomId }),
      livechat: encodeId({ type: 'Room', provider: 'livechat', roomId: chat.id }),
    },
  }
}

const providers = ['rocketchat', 'livechat'] as const

describe('an invalid page size', () => {
  it.each([
    { first: -1 },
    { first: 0 },
    { first: 101 },
    { first: 2_147_483_647 },
    { last: -2_147_483_648 },
    { last: 100_000 },
  ])('%j is told at its field by both', async (size) => {
    const { url, rooms } = await openBoth()
    for (const provider of providers) {
      const { errors } = await sendOperation(url, Sized, { id: rooms[provider], ...size }, asOperator)
      const field = Object.keys(size)[0]
      expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field } }])
    }
  })
})

describe('a cursor', () => {
  it('of another provider’s room is a point in time in this one', async () => {
    const { url, rooms } = await openBoth()
    const cursors = await Promise.all(
      providers.map(async (provider) => {
        const { room } = await fetchData(url, ByCursor, { id: rooms[provider] }, asOperator)
        return room?.messages.pageInfo.endCursor ?? ''
      }),
    )
    for (const [index, provider] of [...providers].toReversed().entries()) {
      for (const bound of ['after', 'before']) {
        const variables = { id: rooms[provider], [bound]: cursors[index] }
        const { data, errors } = await sendOperation(url, ByCursor, variables, asOperator)
        expect(errors).toBeUndefined()
        expect(data?.room?.messages.nodes.every(({ text }) => text !== `at ${provider}`)).toBe(true)
      }
    }
  })

  it.each(['', 'x', '\u0000', 'é'.repeat(600), 'a'.repeat(5_000), 'WzEsMSwiIiwtMV0'])(
    '%j is none, and asks nobody but for the room',
    async (cursor) => {
      const { url, rooms } = await openBoth()
      for (const provider of providers) {
        const { errors } = await sendOperation(
          url,
          ByCursor,
          { id: rooms[provider], after: cursor },
          asOperator,
        )
        expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'after' } }])
      }
    },
  )
})

describe('an id', () => {
  const hostile = [
    '../rooms',
    'a/b?c=d#e',
    '..',
    '.',
    '',
    '%2e%2e',
    '\u0000',
    '\ud800',
    '🏳️‍🌈',
    '{"$ne":1}',
    'R'.repeat(900),
  ]

  it.each(hostile)('%j is not found at either provider', async (native) => {
    const { url } = await openBoth()
    for (const provider of providers) {
      const ids = [
        encodeId({ type: 'Room', provider, roomId: native }),
        encodeId({ type: 'Message', provider, ref: { roomId: native, threadId: native, messageId: native } }),
        encodeId({ type: 'Department', provider, departmentId: native }),
      ]
      for (const id of ids) {
        const { data, errors = [] } = await sendOperation(url, Hostile, { id }, asOperator)
        expect(data?.node).toBeNull()
        for (const { extensions } of errors)
          expect(extensions?.['code']).toMatch(/^(INVALID_INPUT|NOT_FOUND)$/)
      }
    }
  })

  it('of an unknown provider causes no upstream request', async () => {
    const { url, calls } = await openBoth()
    const before = calls()
    const ids = ['ROCKETCHAT', 'rocketchat ', '__proto__', 'constructor'].map((provider) =>
      encodeId({ type: 'Room', provider, roomId: 'r' }),
    )
    for (const id of ids)
      expect((await sendOperation(url, Hostile, { id }, asOperator)).data?.node).toBeNull()
    expect(calls()).toBe(before)
  })
})
