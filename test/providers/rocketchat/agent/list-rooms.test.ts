import { describe, expect, it } from 'vitest'
import type { ProfileName, RocketChatSandboxOptions } from '../../../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import { Inbox, RoomIds } from '../support/operator-documents.ts'
import { type OperatorGateway, openOperatorGateway } from '../support/operator-gateway.ts'

const releases: readonly ProfileName[] = ['4.x', '6.3', '6.13', '7.13', '8.8', '9.0']
const START = Date.parse('2026-03-01T12:00:00.000Z')
type Filter = Parameters<typeof read>[1]

async function read(desk: OperatorGateway, filter: Parameters<typeof page>[3] = null) {
  return (await page(desk, 100, null, filter)).ids
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

/** So many rooms, `room-000` with the latest activity, a second apart. */
async function openMany(count: number, rocketChat: RocketChatSandboxOptions = {}) {
  let now = START
  const desk = await openOperatorGateway({ rocketChat: { ...rocketChat, now: () => now } })
  const ids = Array.from({ length: count }, (_, index) => `room-${String(index).padStart(3, '0')}`)
  for (const _id of [...ids].reverse()) {
    now += 1000
    desk.openRoomFor(_id, { _id })
  }
  const stir = (rid: string) => {
    now += 1000
    desk.workspace.visitorSends(rid, 'anybody there?')
  }
  return { desk, ids, stir }
}

describe('the list of rooms', () => {
  it('tells of each room what its document tells, and the agent by name', async () => {
    const desk = await openOperatorGateway()
    const { _id } = desk.workspace.createDepartment({ name: 'Orders' })
    const { token } = desk.workspace.createVisitor({ name: 'Vera Visitor' })
    const room = desk.workspace.openRoom({ token, agentId: desk.ada._id, departmentId: _id })
    desk.workspace.visitorSends(room._id, 'Where is my parcel?')
    const { data } = await desk.asOperator(Inbox, { first: 10, after: null, filter: null })
    expect(data?.rooms.nodes).toMatchObject([
      {
        nativeId: room._id,
        status: 'OPEN',
        closedAt: null,
        visitor: { nativeId: room.v._id, name: 'Vera Visitor', role: 'VISITOR' },
        agents: [{ nativeId: desk.ada._id, name: 'Ada Agent', role: 'AGENT' }],
        department: { name: 'Orders', online: null },
        lastMessage: { text: 'Where is my parcel?', author: { name: 'Vera Visitor', role: 'VISITOR' } },
      },
    ])
  })

  it('is in the order of latest activity', async () => {
    const { desk, ids, stir } = await openMany(3)
    expect(await read(desk)).toEqual(ids)
    stir('room-002')
    expect(await read(desk)).toEqual(['room-002', 'room-000', 'room-001'])
  })

  it.each(releases)(
    'is filtered by state, department and time of opening on Rocket.Chat %s',
    async (profile) => {
      const { desk } = await openMany(1, { profile })
      const department = desk.workspace.createDepartment({ name: 'Orders' })
      desk.openRoomFor('queued', { _id: 'queued', agentId: null, departmentId: department._id })
      desk.workspace.closeRoom(desk.openRoomFor('closed', { _id: 'closed' })._id)
      desk.workspace.holdRoom(desk.openRoomFor('held', { _id: 'held' })._id)
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
      for (const [filter, expected] of cases) expect((await read(desk, filter)).sort()).toEqual(expected)
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
    const { desk } = await openMany(1)
    desk.rocketChat.clearCalls()
    await desk.asOperator(RoomIds, {
      first: 10,
      after: null,
      filter: { ...filter, status: 'status' in filter ? [...filter.status] : null },
    })
    const asked = Object.fromEntries(new URLSearchParams(desk.rocketChat.calls[0]?.rawQuery))
    expect(asked).toMatchObject(expected)
  })

  it.each([
    ['6.3', 'refuses the filter'],
    ['4.x', 'does not read it'],
  ] as const)('finds who waits on Rocket.Chat %s, which %s', async (profile, _how) => {
    const { desk } = await openMany(2, { profile })
    desk.openRoomFor('queued', { _id: 'queued', agentId: null })
    desk.workspace.closeRoom(desk.openRoomFor('closed', { _id: 'closed' })._id)
    expect(await read(desk, { status: ['QUEUED'] })).toEqual(['queued'])
    desk.rocketChat.clearCalls()
    expect(await read(desk, { status: ['QUEUED'] })).toEqual(['queued'])
    expect(await read(desk, { status: ['OPEN', 'QUEUED'] })).toEqual(['queued', 'room-000', 'room-001'])
    expect(desk.rocketChat.calls.map(({ rawQuery }) => stateFiltersIn(rawQuery))).toEqual([
      { open: 'true' },
      { open: 'true' },
    ])
  })
})

/** Which states a list was asked for. */
function stateFiltersIn(rawQuery: string) {
  const asked = Object.entries(Object.fromEntries(new URLSearchParams(rawQuery)))
  return Object.fromEntries(asked.filter(([name]) => ['open', 'queued', 'onhold'].includes(name)))
}

describe('several states as one list', () => {
  const filter = { status: ['OPEN' as const, 'QUEUED' as const, 'ON_HOLD' as const] }

  /** Sixty rooms, half of them closed, the others in turn served, waiting and on hold. */
  async function openMixed(profile: ProfileName) {
    let now = START
    const desk = await openOperatorGateway({ rocketChat: { profile, now: () => now } })
    const ids = Array.from({ length: 60 }, (_, index) => `room-${String(index).padStart(3, '0')}`)
    for (const [index, _id] of [...ids.entries()].reverse()) {
      now += 1000
      desk.openRoomFor(_id, { _id, ...(index % 6 === 2 && { agentId: null }) })
    }
    for (const [index, _id] of ids.entries()) {
      if (index % 2 === 1) desk.workspace.closeRoom(_id)
      else if (index % 6 === 4) desk.workspace.holdRoom(_id)
    }
    return { desk, left: ids.filter((_id, index) => index % 2 === 0) }
  }

  it.each(releases)('is paged in order, each room once, on Rocket.Chat %s', async (profile) => {
    const { desk, left } = await openMixed(profile)
    const found: string[] = []
    for (let at = await page(desk, 7, null, filter); ; at = await page(desk, 7, at.end, filter)) {
      found.push(...at.ids)
      if (!at.more) break
    }
    expect(found).toEqual(left)
  })

  it('gives a room that an agent takes between two pages once', async () => {
    const { desk, left } = await openMixed('8.8')
    const first = await page(desk, 5, null, filter)
    const waiting = first.ids.filter((rid) => !desk.workspace.room(rid).servedBy)
    expect(waiting.length).toBeGreaterThan(0)
    for (const rid of waiting) desk.workspace.takeRoom(rid, desk.ada._id)
    const second = await page(desk, 100, first.end, filter)
    expect([...first.ids, ...second.ids]).toEqual(left)
  })
})

describe('paging through 200 rooms', () => {
  it('gives each once, in order', async () => {
    const { desk, ids } = await openMany(200)
    const found: string[] = []
    for (let at = await page(desk, 30, null); ; at = await page(desk, 30, at.end)) {
      found.push(...at.ids)
      if (!at.more) break
    }
    expect(found).toEqual(ids)
  })

  it('neither repeats nor loses rooms while others move to the top', async () => {
    const { desk, ids, stir } = await openMany(200)
    const found: string[] = []
    const moved = new Set<string>()
    let turn = 0
    for (let at = await page(desk, 30, null); ; at = await page(desk, 30, at.end)) {
      found.push(...at.ids)
      if (!at.more) break
      // One that was given, one that was not: the second shifts all that lie between.
      for (const rid of [ids[turn], ids[199 - turn]]) if (rid) moved.add(rid) && stir(rid)
      turn += 1
    }
    expect(new Set(found).size).toBe(found.length)
    expect(found.filter((rid) => !moved.has(rid))).toEqual(ids.filter((rid) => !moved.has(rid)))
    expect((await page(desk, 100, null)).ids.slice(0, moved.size).sort()).toEqual([...moved].sort())
  })

  it('loses no room while rooms before it leave the list, even the one given last', async () => {
    const { desk, ids } = await openMany(200)
    const filter = { status: ['OPEN' as const] }
    const found: string[] = []
    for (let at = await page(desk, 40, null, filter); ; at = await page(desk, 40, at.end, filter)) {
      found.push(...at.ids)
      if (!at.more) break
      for (const rid of found.slice(-25)) {
        if (desk.workspace.room(rid).open) desk.workspace.closeRoom(rid)
      }
    }
    expect(found).toEqual(ids)
  })

  it('keeps rooms of one millisecond apart', async () => {
    const desk = await openOperatorGateway({ rocketChat: { now: () => START } })
    const ids = Array.from({ length: 130 }, (_, index) => `room-${String(index).padStart(3, '0')}`)
    for (const _id of ids) desk.openRoomFor(_id, { _id })
    const first = await page(desk, 65, null)
    const second = await page(desk, 65, first.end)
    expect([...first.ids, ...second.ids]).toEqual(ids)
  })

  it('refuses a cursor that is none of this list', async () => {
    const { desk } = await openMany(1)
    const text = JSON.stringify([1, { rocketchat: 'nonsense' }])
    const after = Buffer.from(text).toString('base64url')
    const { errors } = await desk.asOperator(RoomIds, { first: 1, after, filter: null })
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
  })

  it('passes over a room that cannot be understood', async () => {
    const { desk, ids } = await openMany(3)
    const rooms = [{ _id: 7 }, ...ids.map((_id) => ({ _id, t: 'l', open: true, lm: new Date(START) }))]
    desk.rocketChat.injectFault({ kind: 'answer', status: 200, body: { success: true, rooms, total: 4 } })
    expect(await read(desk)).toEqual(ids)
  })
})

function departmentIdOf(departmentId: string): string {
  return encodeId({ type: 'Department', provider: 'rocketchat', departmentId })
}
