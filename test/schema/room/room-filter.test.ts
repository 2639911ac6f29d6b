import { describe, expect, it } from 'vitest'
import { encodeId } from '../../../src/domain/ids.ts'
import type { RoomFilter } from '../../generated/graphql.ts'
import { graphql } from '../../generated/index.ts'
import { sendOperation } from '../../support/graphql-client.ts'
import { asAnonymous, asOperator, asVisitor, createTestGateway } from '../../support/test-gateway.ts'

const Rooms = graphql(`query RoomFilterRooms($filter: RoomFilter) {
  rooms(filter: $filter) { totalCount nodes { provider { name } nativeId } }
}`)

const agentId = encodeId({ type: 'Agent', provider: 'livechat', agentId: 'agent@switchboard.test' })
const [early, late] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z']

/** A gateway with both providers, each with an open and a closed room. */
async function openGateway() {
  const gateway = await createTestGateway({ rocketChat: {}, liveChat: {}, as: 'agents' })
  const { workspace } = gateway.rocketChat
  const { chats } = gateway.liveChat
  const agent = workspace.createAgent({ name: 'Ada' })
  for (const token of ['one', 'two']) {
    workspace.createVisitor({ token })
    workspace.openRoom({ token, agentId: agent._id, _id: `room-${token}` })
  }
  workspace.closeRoom('room-two')
  chats.start({ say: 'my parcel' })
  chats.close(chats.start({ say: 'another parcel' }).id)
  return gateway
}

const refused: readonly (readonly [RoomFilter, string])[] = [
  [{ agentId: 'not an id' }, 'filter.agentId'],
  [{ agentId: encodeId({ type: 'Department', provider: 'livechat', departmentId: '1' }) }, 'filter.agentId'],
  [{ unassigned: true, agentId }, 'filter.unassigned'],
  [{ unassigned: true, closedFrom: early }, 'filter.unassigned'],
  [{ unassigned: true, closedTo: early }, 'filter.unassigned'],
  [{ tags: [] }, 'filter.tags'],
  [{ tags: ['  '] }, 'filter.tags'],
  [{ tags: ['one\ntwo'] }, 'filter.tags'],
  [{ closedFrom: late, closedTo: early }, 'filter.closedFrom'],
  [{ createdFrom: late, createdTo: early }, 'filter.createdFrom'],
  [{ text: 'one\ntwo' }, 'filter.text'],
]

describe('the filter of rooms', () => {
  it.each(refused)('%j is refused at %s', async (filter, field) => {
    const { url } = await openGateway()
    const { errors } = await sendOperation(url, Rooms, { filter }, asOperator)
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field } }])
  })

  it('by an agent selects its provider', async () => {
    const { url, rocketChat } = await openGateway()
    rocketChat.clearCalls()
    const filter = { agentId, status: ['OPEN'] } satisfies RoomFilter
    const { data, errors } = await sendOperation(url, Rooms, { filter }, asOperator)
    expect(errors).toBeUndefined()
    expect(data?.rooms.nodes).toMatchObject([{ provider: { name: 'livechat' } }])
    expect(rocketChat.counts()).toEqual({})
  })

  it('by text shows the rooms of the provider that can search, and an error of the other', async () => {
    const { url } = await openGateway()
    const filter = { text: 'parcel', status: ['CLOSED'] } satisfies RoomFilter
    const { data, errors } = await sendOperation(url, Rooms, { filter }, asOperator)
    expect(data?.rooms.nodes).toMatchObject([{ provider: { name: 'livechat' } }])
    expect(data?.rooms.totalCount).toBeNull()
    const unsupported = { extensions: { code: 'UNSUPPORTED', provider: 'rocketchat' } }
    expect(errors).toContainEqual(expect.objectContaining(unsupported))
  })

  it('counts the rooms of all providers together, or none', async () => {
    const { url } = await openGateway()
    const count = async (filter: RoomFilter) =>
      (await sendOperation(url, Rooms, { filter }, asOperator)).data?.rooms.totalCount
    expect(await count({ status: ['OPEN'] })).toBe(2)
    expect(await count({ status: ['OPEN'], providers: ['livechat'] })).toBe(1)
    expect(await count({ status: ['CLOSED'], providers: ['rocketchat'] })).toBe(1)
    expect(await count({ status: ['CLOSED'] })).toBeNull()
  })

  it.each([
    ['a visitor', asVisitor('one'), 'FORBIDDEN'],
    ['an anonymous caller', asAnonymous, 'UNAUTHENTICATED'],
  ])('is not for %s', async (_caller, headers, code) => {
    const { url, rocketChat } = await openGateway()
    rocketChat.clearCalls()
    const { data, errors } = await sendOperation(url, Rooms, { filter: { unassigned: true } }, headers)
    expect(data?.rooms ?? null).toBeNull()
    expect(errors).toMatchObject([{ extensions: { code } }])
    expect(rocketChat.counts()).toEqual({})
  })
})
