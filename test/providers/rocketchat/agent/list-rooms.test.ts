import { describe, expect, it } from 'vitest'
import type { ProfileName, RocketChatSandboxOptions } from '../../../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import { Inbox, RoomIds } from '../support/operator-documents.ts'
import { type OperatorGateway, openOperatorGateway } from '../support/operator-gateway.ts'

const releases: readonly ProfileName[] = ['4.x', '6.3', '6.13', '7.13', '8.8', '9.0']
const START = Date.parse('2026-03-01T12:00:00.000Z')
type Filter = Parameters<typeof read>[1]

async function read(gateway: OperatorGateway, filter: Parameters<typeof page>[3] = null) {
  return (await page(gateway, 100, null, filter)).ids
}

async function page(
  { asOperator }: OperatorGateway,
  first: number,
  after: string | null,
  filter: {
    status?: ('OPEN' | 'QUEUED' | 'ON_HOLD' | 'CLOSED')[]
    departmentId?: string
    createdFrom?: string
    createdTo?: string
  } | null = null,
) {
  const { data, errors } = await asOperator(RoomIds, { first, after, filter })
  expect(errors).toBeUndefined()
  return {
    ids: data?.rooms.nodes.map(({ nativeId }) => nativeId) ?? [],
    more: data?.rooms.pageInfo.hasNextPage ?? false,
    end: data?.rooms.pageInfo.endCursor ?? null,
  }
}

/** Opens `count` rooms a second apart, `room-000` with the latest activity. */
async function openMany(count: number, rocketChat: RocketChatSandboxOptions = {}) {
  let now = START
  const gateway = await openOperatorGateway({ rocketChat: { ...rocketChat, now: () => now } })
  const ids = Array.from({ length: count }, (_, index) => `room-${String(index).padStart(3, '0')}`)
  for (const _id of [...ids].reverse()) {
    now += 1000
    gateway.openRoomFor(_id, { _id })
  }
  const addActivity = (rid: string) => {
    now += 1000
    gateway.workspace.visitorSends(rid, 'anybody there?')
  }
  return { gateway, ids, addActivity }
}

describe('the list of rooms', () => {
  it('has each room with the data of its document and the agent’s name', async () => {
    const gateway = await openOperatorGateway()
    const { _id } = gateway.workspace.createDepartment({ name: 'Orders' })
    const { token } = gateway.workspace.createVisitor({ name: 'Vera Visitor' })
    const room = gateway.workspace.openRoom({ token, agentId: gateway.ada._id, departmentId: _id })
    gateway.workspace.visitorSends(room._id, 'Where is my parcel?')
    const { data } = await gateway.asOperator(Inbox, { first: 10, after: null, filter: null })
    expect(data?.rooms.nodes).toMatchObject([
      {
        nativeId: room._id,
        status: 'OPEN',
        closedAt: null,
        visitor: { nativeId: room.v._id, name: 'Vera Visitor', role: 'VISITOR' },
        agents: [{ nativeId: gateway.ada._id, name: 'Ada Agent', role: 'AGENT' }],
        department: { name: 'Orders', online: false },
        lastMessage: { text: 'Where is my parcel?', author: { name: 'Vera Visitor', role: 'VISITOR' } },
      },
    ])
  })

  it('is ordered by latest activity', async () => {
    const { gateway, ids, addActivity } = await openMany(3)
    expect(await read(gateway)).toEqual(ids)
    addActivity('room-002')
    expect(await read(gateway)).toEqual(['room-002', 'room-000', 'room-001'])
  })

  it.each(releases)(
    'is filtered by state, department and time of opening on Rocket.Chat %s',
    async (profile) => {
      const { gateway } = await openMany(1, { profile })
      const department = gateway.workspace.createDepartment({ name: 'Orders' })
      gateway.openRoomFor('queued', { _id: 'queued', agentId: null, departmentId: department._id })
      gateway.workspace.closeRoom(gateway.openRoomFor('closed', { _id: 'closed' })._id)
      gateway.workspace.holdRoom(gateway.openRoomFor('held', { _id: 'held' })._id)
      const cases: [Filter, string[]][] = [
        [{ status: ['OPEN'] }, ['room-000']],
        [{ status: ['QUEUED'] }, ['queued']],
        [{ status: ['ON_HOLD'] }, ['held']],
        [{ status: ['CLOSED'] }, ['closed']],
        [{ status: ['OPEN', 'QUEUED'] }, ['queued', 'room-000']],
        [{ status: ['OPEN', 'ON_HOLD'] }, ['held', 'room-000']],
        [{ status: ['QUEUED', 'ON_HOLD'] }, ['held', 'queued']],
        [{ status: ['OPEN', 'QUEUED', 'ON_HOLD'] }, ['held', 'queued', 'room-000']],
        [{ status: ['OPEN', 'CLOSED'] }, ['closed', 'room-000']],
        [{ status: ['OPEN', 'QUEUED', 'ON_HOLD', 'CLOSED'] }, ['closed', 'held', 'queued', 'room-000']],
        [{ status: ['OPEN', 'OPEN'] }, ['room-000']],
        [{ status: [] }, []],
        [{ status: ['OPEN', 'QUEUED'], departmentId: departmentIdOf(department._id) }, ['queued']],
        [{ departmentId: departmentIdOf(department._id) }, ['queued']],
        [{ createdTo: '2026-03-01T12:00:00.500Z' }, []],
        [{ createdFrom: '2026-03-01T12:00:00.500Z', status: ['CLOSED'] }, ['closed']],
      ]
      for (const [filter, expected] of cases) expect((await read(gateway, filter)).sort()).toEqual(expected)
    },
  )

  it.each([
    [{ status: ['QUEUED'] as const }, { queued: 'true' }],
    [{ status: ['ON_HOLD'] as const }, { onhold: 'true' }],
    [{ status: ['CLOSED'] as const }, { open: 'false' }],
    [{ status: ['OPEN'] as const }, { open: 'true' }],
    [{ departmentId: departmentIdOf('orders') }, { departmentId: 'orders' }],
    [
      { createdFrom: '2026-03-01T00:00:00.000Z' },
      { createdAt: JSON.stringify({ start: '2026-03-01T00:00:00.000Z' }) },
    ],
  ])('lets the server filter by %j', async (filter, expected) => {
    const { gateway } = await openMany(1)
    gateway.rocketChat.clearCalls()
    await gateway.asOperator(RoomIds, {
      first: 10,
      after: null,
      filter: { ...filter, status: 'status' in filter ? [...filter.status] : null },
    })
    const parameters = Object.fromEntries(new URLSearchParams(gateway.rocketChat.calls[0]?.rawQuery))
    expect(parameters).toMatchObject(expected)
  })

  it.each([
    ['6.3', 'rejects the filter'],
    ['4.x', 'ignores the filter'],
  ] as const)('finds queued rooms on Rocket.Chat %s, which %s', async (profile, _how) => {
    const { gateway } = await openMany(2, { profile })
    gateway.openRoomFor('queued', { _id: 'queued', agentId: null })
    gateway.workspace.closeRoom(gateway.openRoomFor('closed', { _id: 'closed' })._id)
    expect(await read(gateway, { status: ['QUEUED'] })).toEqual(['queued'])
    gateway.rocketChat.clearCalls()
    expect(await read(gateway, { status: ['QUEUED'] })).toEqual(['queued'])
    expect(await read(gateway, { status: ['OPEN', 'QUEUED'] })).toEqual(['queued', 'room-000', 'room-001'])
    expect(gateway.rocketChat.calls.map(({ rawQuery }) => stateFiltersIn(rawQuery))).toEqual([
      { open: 'true' },
      { open: 'true' },
    ])
  })
})

/** Extracts the state filters of a request. */
function stateFiltersIn(rawQuery: string) {
  const parameters = Object.entries(Object.fromEntries(new URLSearchParams(rawQuery)))
  return Object.fromEntries(parameters.filter(([name]) => ['open', 'queued', 'onhold'].includes(name)))
}

describe('several states as one list', () => {
  const filter = { status: ['OPEN' as const, 'QUEUED' as const, 'ON_HOLD' as const] }

  /** Sixty rooms, half of them closed, the others in turn open, queued and on hold. */
  async function openMixed(profile: ProfileName) {
    let now = START
    const gateway = await openOperatorGateway({ rocketChat: { profile, now: () => now } })
    const ids = Array.from({ length: 60 }, (_, index) => `room-${String(index).padStart(3, '0')}`)
    for (const [index, _id] of [...ids.entries()].reverse()) {
      now += 1000
      gateway.openRoomFor(_id, { _id, ...(index % 6 === 2 && { agentId: null }) })
    }
    for (const [index, _id] of ids.entries()) {
      if (index % 2 === 1) gateway.workspace.closeRoom(_id)
      else if (index % 6 === 4) gateway.workspace.holdRoom(_id)
    }
    return { gateway, left: ids.filter((_id, index) => index % 2 === 0) }
  }

  it.each(releases)('is paged in order, each room once, on Rocket.Chat %s', async (profile) => {
    const { gateway, left } = await openMixed(profile)
    const returnedIds: string[] = []
    for (let at = await page(gateway, 7, null, filter); ; at = await page(gateway, 7, at.end, filter)) {
      returnedIds.push(...at.ids)
      if (!at.more) break
    }
    expect(returnedIds).toEqual(left)
  })

  it('returns a room that an agent takes between two pages once', async () => {
    const { gateway, left } = await openMixed('8.8')
    const first = await page(gateway, 5, null, filter)
    const queued = first.ids.filter((rid) => !gateway.workspace.room(rid).servedBy)
    expect(queued.length).toBeGreaterThan(0)
    for (const rid of queued) gateway.workspace.takeRoom(rid, gateway.ada._id)
    const second = await page(gateway, 100, first.end, filter)
    expect([...first.ids, ...second.ids]).toEqual(left)
  })
})

describe('paging through 200 rooms', () => {
  it('returns each once, in order', async () => {
    const { gateway, ids } = await openMany(200)
    const returnedIds: string[] = []
    for (let at = await page(gateway, 30, null); ; at = await page(gateway, 30, at.end)) {
      returnedIds.push(...at.ids)
      if (!at.more) break
    }
    expect(returnedIds).toEqual(ids)
  })

  it('neither repeats nor loses rooms while others move to the top', async () => {
    const { gateway, ids, addActivity } = await openMany(200)
    const returnedIds: string[] = []
    const moved = new Set<string>()
    let turn = 0
    for (let at = await page(gateway, 30, null); ; at = await page(gateway, 30, at.end)) {
      returnedIds.push(...at.ids)
      if (!at.more) break
      // One room that was returned and one that was not: the second shifts all rooms between them.
      for (const rid of [ids[turn], ids[199 - turn]]) if (rid) moved.add(rid) && addActivity(rid)
      turn += 1
    }
    expect(new Set(returnedIds).size).toBe(returnedIds.length)
    expect(returnedIds.filter((rid) => !moved.has(rid))).toEqual(ids.filter((rid) => !moved.has(rid)))
    expect((await page(gateway, 100, null)).ids.slice(0, moved.size).sort()).toEqual([...moved].sort())
  })

  it('loses no room while earlier rooms leave the list, even the last one returned', async () => {
    const { gateway, ids } = await openMany(200)
    const filter = { status: ['OPEN' as const] }
    const returnedIds: string[] = []
    for (let at = await page(gateway, 40, null, filter); ; at = await page(gateway, 40, at.end, filter)) {
      returnedIds.push(...at.ids)
      if (!at.more) break
      for (const rid of returnedIds.slice(-25)) {
        if (gateway.workspace.room(rid).open) gateway.workspace.closeRoom(rid)
      }
    }
    expect(returnedIds).toEqual(ids)
  })

  it('returns rooms of one millisecond once each', async () => {
    const gateway = await openOperatorGateway({ rocketChat: { now: () => START } })
    const ids = Array.from({ length: 130 }, (_, index) => `room-${String(index).padStart(3, '0')}`)
    for (const _id of ids) gateway.openRoomFor(_id, { _id })
    const first = await page(gateway, 65, null)
    const second = await page(gateway, 65, first.end)
    expect([...first.ids, ...second.ids]).toEqual(ids)
  })

  it('rejects a cursor of another list', async () => {
    const { gateway } = await openMany(1)
    const text = JSON.stringify([1, { rocketchat: 'nonsense' }])
    const after = Buffer.from(text).toString('base64url')
    const { errors } = await gateway.asOperator(RoomIds, { first: 1, after, filter: null })
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
  })

  it('skips an unreadable room', async () => {
    const { gateway, ids } = await openMany(3)
    const rooms = [{ _id: 7 }, ...ids.map((_id) => ({ _id, t: 'l', open: true, lm: new Date(START) }))]
    gateway.rocketChat.injectFault({ kind: 'answer', status: 200, body: { success: true, rooms, total: 4 } })
    expect(await read(gateway)).toEqual(ids)
  })
})

function departmentIdOf(departmentId: string): string {
  return encodeId({ type: 'Department', provider: 'rocketchat', departmentId })
}
