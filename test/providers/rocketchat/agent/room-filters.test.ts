import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../../../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import type { RoomFilter } from '../../../generated/graphql.ts'
import { CountedRooms, RoomIds } from '../support/operator-documents.ts'
import { type OperatorGateway, openOperatorGateway } from '../support/operator-gateway.ts'

const releases: readonly ProfileName[] = ['4.x', '6.3', '6.13', '7.13', '8.8', '9.0']
const START = Date.parse('2026-03-01T12:00:00.000Z')
const at = (hours: number) => new Date(START + hours * 3_600_000).toISOString()
const agentId = (nativeId: string) => encodeId({ type: 'Agent', provider: 'rocketchat', agentId: nativeId })

/** Rooms of two agents, tagged and not, in each state; each opened at START, and closed an hour later or more. */
async function openDesk(profile: ProfileName = '7.13') {
  let now = START
  const gateway = await openOperatorGateway({ rocketChat: { profile, now: () => now } })
  const { workspace, ada, openRoomFor } = gateway
  const ben = workspace.createAgent({ name: 'Ben' })
  const ofBen = (name: string) => {
    const { token } = workspace.createVisitor({ name })
    return workspace.openRoom({ token, agentId: ben._id, _id: name })
  }
  for (const _id of ['ada-open', 'ada-held', 'ada-closed-1', 'ada-closed-2']) openRoomFor(_id, { _id })
  for (const name of ['ben-open', 'ben-closed']) ofBen(name)
  openRoomFor('queued', { _id: 'queued', agentId: null })
  workspace.holdRoom('ada-held')
  workspace.setTags('ada-open', ['vip'])
  workspace.setTags('ben-closed', ['refund', 'slow'])
  const closeAt = (hours: number, id: string) => {
    now = START + hours * 3_600_000
    workspace.closeRoom(id)
  }
  closeAt(1, 'ada-closed-1')
  closeAt(2, 'ben-closed')
  closeAt(3, 'ada-closed-2')
  return { ...gateway, adaId: agentId(ada._id), benId: agentId(ben._id) }
}

async function read({ asOperator }: OperatorGateway, filter: RoomFilter) {
  const { data, errors } = await asOperator(CountedRooms, { filter })
  expect(errors).toBeUndefined()
  const ids = data?.rooms.nodes.map(({ nativeId }) => nativeId).sort() ?? []
  return { ids, totalCount: data?.rooms.totalCount }
}

describe.each(releases)('the list of rooms on Rocket.Chat %s', (profile) => {
  it('is filtered by agent, unassigned rooms, tags and closing time', async () => {
    const desk = await openDesk(profile)
    const { adaId, benId } = desk
    const cases: readonly (readonly [RoomFilter, readonly string[]])[] = [
      [{ agentId: adaId }, ['ada-closed-1', 'ada-closed-2', 'ada-held', 'ada-open']],
      [{ agentId: benId, status: ['OPEN', 'QUEUED'] }, ['ben-open']],
      [{ unassigned: true }, ['queued']],
      [{ unassigned: true, status: ['OPEN'] }, []],
      [{ unassigned: false, status: ['QUEUED'] }, ['queued']],
      [{ tags: ['vip', 'slow'] }, ['ada-open', 'ben-closed']],
      [{ tags: ['slow'], agentId: adaId }, []],
      [{ closedFrom: at(2) }, ['ada-closed-2', 'ben-closed']],
      [{ closedTo: at(2) }, ['ada-closed-1']],
      [{ closedFrom: at(1), closedTo: at(3), status: ['CLOSED', 'OPEN'] }, ['ada-closed-1', 'ben-closed']],
      [{ closedFrom: at(1), status: ['OPEN'] }, []],
    ]
    for (const [filter, ids] of cases) {
      const { totalCount, ...listed } = await read(desk, filter)
      expect({ filter, ...listed }).toEqual({ filter, ids })
      expect([null, ids.length]).toContain(totalCount)
    }
  })

  it('is counted exactly', async () => {
    const desk = await openDesk(profile)
    expect(await read(desk, {})).toMatchObject({ totalCount: 7 })
    expect(await read(desk, { status: ['CLOSED'] })).toMatchObject({ totalCount: 3 })
    expect(await read(desk, { status: ['OPEN'] })).toMatchObject({ totalCount: 2 })
    expect(await read(desk, { status: ['ON_HOLD'] })).toMatchObject({ totalCount: 1 })
    expect(await read(desk, { agentId: desk.adaId })).toMatchObject({ totalCount: 4 })
    expect(await read(desk, { createdFrom: at(0), createdTo: at(0) })).toMatchObject({ totalCount: 0 })
    expect(await read(desk, { closedFrom: at(1), closedTo: at(3) })).toMatchObject({ totalCount: 2 })
    // More than one list of the server.
    expect(await read(desk, { status: ['OPEN', 'ON_HOLD'] })).toMatchObject({ totalCount: null })
    expect(await read(desk, { status: ['OPEN', 'CLOSED'] })).toMatchObject({ totalCount: null })
  })
})

describe('the number of rooms', () => {
  it.each([
    ['6.13', 1],
    ['6.3', null],
    ['4.x', null],
  ] as const)('in the queue on Rocket.Chat %s is %s', async (profile, totalCount) => {
    const desk = await openDesk(profile)
    // Enough for a page of other rooms, which a server without the filter lists.
    for (let index = 0; index < 100; index += 1) desk.openRoomFor(`open-${index}`)
    expect(await read(desk, { status: ['QUEUED'] })).toEqual({ ids: ['queued'], totalCount })
  })

  it('that are open is null if they are more than a page, since older servers list queued ones with them', async () => {
    const desk = await openDesk('7.13')
    for (let index = 0; index < 100; index += 1) desk.openRoomFor(`open-${index}`)
    expect(await read(desk, { status: ['OPEN'] })).toMatchObject({ totalCount: null })
    expect(await read(desk, {})).toMatchObject({ totalCount: 107 })
  })

  it('costs one call, and none if it is not selected', async () => {
    const { asOperator, countRequests, adaId } = await openDesk()
    const filter = { agentId: adaId }
    await asOperator(CountedRooms, { filter })
    expect(await countRequests(() => asOperator(CountedRooms, { filter }))).toEqual({ 'livechat/rooms': 2 })
    const ids = () => asOperator(RoomIds, { first: 10, after: null, filter })
    expect(await countRequests(ids)).toEqual({ 'livechat/rooms': 1 })
  })
})

it('a search is refused without a call', async () => {
  const { asOperator, countRequests } = await openDesk()
  const requests = await countRequests(async () => {
    const { data, errors } = await asOperator(RoomIds, { first: 10, after: null, filter: { text: 'parcel' } })
    expect(data?.rooms.nodes).toEqual([])
    expect(errors).toMatchObject([
      { path: ['rooms'], extensions: { code: 'UNSUPPORTED', provider: 'rocketchat' } },
    ])
  })
  expect(requests).toEqual({})
})
