import assert from 'node:assert/strict'
import { anonymousCaller } from '../../src/domain/caller.ts'
import type { Room } from '../../src/domain/model.ts'
import { EVERY_ROOM, matchesRoomQuery, type RoomQuery } from '../../src/domain/room-query.ts'
import { assertFailsWith, type ConformanceCheck, callAs, newestMessages } from './check.ts'

const UNKNOWN_ROOM = 'noSuchRoomAnywhere'

export const roomChecks: readonly ConformanceCheck[] = [
  {
    id: 'R01',
    name: 'MUST return rooms in the order and number of the requested ids, null for absent ones',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      const rooms = await adapter.getRooms([UNKNOWN_ROOM, roomId, UNKNOWN_ROOM, roomId], callAs(caller))
      assert.deepEqual(
        rooms.map((room) => (room && 'type' in room ? room.nativeId : room)),
        [null, roomId, null, roomId],
      )
    },
  },
  {
    id: 'R02',
    name: 'MUST name itself as the provider of what it returns',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const [room] = await subject.adapter.getRooms([await subject.openRoom()], callAs(subject.caller))
      assert.ok(room && 'type' in room)
      assert.equal(room.provider, subject.adapter.name)
      assert.ok(room.status === 'OPEN' || room.status === 'QUEUED')
    },
  },
  {
    id: 'R03',
    name: 'MUST treat a room as absent for a caller without access to it',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const { adapter, otherCaller } = subject
      if (!otherCaller) return
      const roomId = await subject.openRoom()
      assert.deepEqual(await adapter.getRooms([roomId, UNKNOWN_ROOM], callAs(otherCaller)), [null, null])
      await assertFailsWith(
        adapter.readRecentMessages(roomId, null, callAs(otherCaller)),
        ['NOT_FOUND'],
        adapter.name,
      )
    },
  },
  {
    id: 'R04',
    name: 'MUST show a closed room as CLOSED, with the capabilities it no longer allows',
    requiredCapabilities: ['READ_MESSAGES', 'SEND_MESSAGE'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      await subject.closeRoom(roomId)
      const [room] = await adapter.getRooms([roomId], callAs(caller))
      assert.ok(room && 'type' in room)
      assert.equal(room.status, 'CLOSED')
      const roomState = await adapter.getRoomCapabilities(room, callAs(caller))
      const closing = roomState.find(({ capability }) => capability === 'CLOSE_ROOM')
      assert.equal(closing?.allowed, false)
    },
  },
  {
    id: 'R05',
    name: 'MUST close a room once, and refuse to close it again',
    requiredCapabilities: ['CLOSE_ROOM'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      const closing = { comment: 'done', tags: [] }
      await adapter.closeRoom(roomId, closing, callAs(caller))
      const [room] = await adapter.getRooms([roomId], callAs(caller))
      assert.ok(room && 'type' in room)
      assert.equal(room.status, 'CLOSED')
      await assertFailsWith(adapter.closeRoom(roomId, closing, callAs(caller)), ['ROOM_CLOSED'], adapter.name)
    },
  },
  {
    id: 'R06',
    name: 'MUST list rooms by latest activity, and continue after a resume token without repeating or losing one',
    requiredCapabilities: ['LIST_ROOMS'],
    async run(subject) {
      const { adapter, caller } = subject
      const opened = [await subject.openRoom(), await subject.openRoom(), await subject.openRoom()]
      const walk = async (resume: string | null, most: number) => {
        const items = []
        for await (const item of adapter.listRooms(EVERY_ROOM, resume, callAs(caller))) {
          items.push(item)
          if (items.length === most) break
        }
        return items
      }
      const all = await walk(null, Number.POSITIVE_INFINITY)
      const ids = all.map(({ room }) => room.nativeId)
      assert.equal(new Set(ids).size, ids.length, 'a room came twice')
      for (const roomId of opened) assert.ok(ids.includes(roomId), 'a room is missing')
      const times = all.map(({ room }) => room.lastActivityAt?.getTime() ?? 0)
      assert.deepEqual(
        times,
        [...times].sort((a, b) => b - a),
      )
      const [first] = await walk(null, 1)
      const rest = await walk(first?.resumeToken ?? null, Number.POSITIVE_INFINITY)
      assert.deepEqual(
        rest.map(({ room }) => room.nativeId),
        ids.slice(1),
      )
    },
  },
  {
    id: 'R07',
    name: 'MUST report a caller as verified once its credential is accepted, and as unverified once its token is rejected',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      await adapter.readRecentMessages(await subject.openRoom(), null, callAs(caller))
      assert.equal(adapter.isVerified(caller), true)
      assert.equal(adapter.isVerified(anonymousCaller), true)
      if (caller.role !== 'VISITOR') return
      const nobody = { role: 'VISITOR', token: `${caller.token}-of-nobody` } as const
      assert.equal(adapter.isVerified(nobody), false)
      await assert.rejects(adapter.readRecentMessages(UNKNOWN_ROOM, null, callAs(nobody)))
      assert.equal(adapter.isVerified(nobody), false)
      assert.equal(adapter.isVerified(caller), true)
    },
  },
  {
    id: 'R08',
    name: 'MUST reject every page of messages of a room that is absent or not the caller’s, because a page proves access',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller, otherCaller } = subject
      const attempts = [
        { roomId: UNKNOWN_ROOM, call: callAs(caller) },
        ...(otherCaller ? [{ roomId: await subject.openRoom(), call: callAs(otherCaller) }] : []),
      ]
      const bounds = [{}, { until: new Date(0) }, { since: new Date() }, { take: 'oldest' }] as const
      for (const { roomId, call } of attempts) {
        for (const window of bounds.map((bound) => newestMessages(1, bound))) {
          await assertFailsWith(adapter.listMessages(roomId, window, call), ['NOT_FOUND'], adapter.name)
        }
      }
    },
  },
  {
    id: 'R09',
    name: 'MUST show a place in the queue only for a queued room, and a closer and a closing time only for a closed one',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      const readRoom = async () => {
        const [room] = await adapter.getRooms([roomId], callAs(caller))
        assert.ok(room && 'type' in room)
        return room
      }
      const open = await readRoom()
      assert.deepEqual([open.closedAt, open.closedBy], [null, null])
      assert.equal(open.queue !== null, open.status === 'QUEUED')
      await subject.closeRoom(roomId)
      assert.equal((await readRoom()).queue, null)
    },
  },
  {
    id: 'R10',
    name: 'MUST list exactly the rooms that match a query, and count them exactly or not at all',
    requiredCapabilities: ['LIST_ROOMS'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomIds = [await subject.openRoom(), await subject.openRoom(), await subject.openRoom()]
      await subject.closeRoom(roomIds[0] ?? '')
      const list = async (query: RoomQuery) => {
        const rooms: Room[] = []
        for await (const { room } of adapter.listRooms(query, null, callAs(caller))) {
          if (matchesRoomQuery(room, query)) rooms.push(room)
        }
        return rooms
      }
      const every = await list(EVERY_ROOM)
      const agentId = every.flatMap(({ agents }) => agents)[0]?.nativeId ?? 'nobody'
      const hourAgo = new Date(Date.now() - 3_600_000)
      const filters: readonly Partial<RoomQuery>[] = [
        {},
        { status: ['CLOSED'] },
        { status: ['OPEN', 'QUEUED'] },
        { isUnassigned: true },
        { agentId },
        { agentId, status: ['OPEN'] },
        { tags: ['no such tag'] },
        { closedFrom: hourAgo },
        { closedTo: hourAgo },
        { closedFrom: hourAgo, isUnassigned: true },
      ]
      for (const filter of filters) {
        const query = { ...EVERY_ROOM, ...filter }
        const expected = every.filter((room) => matchesRoomQuery(room, query)).map(({ nativeId }) => nativeId)
        const listed = (await list(query)).map(({ nativeId }) => nativeId)
        assert.deepEqual(listed.sort(), expected.sort(), `wrong rooms for ${JSON.stringify(filter)}`)
        const count = await adapter.countRooms(query, callAs(caller))
        assert.ok(count === null || count === expected.length, `wrong count for ${JSON.stringify(filter)}`)
      }
    },
  },
]
